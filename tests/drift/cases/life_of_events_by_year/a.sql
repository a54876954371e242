CREATE TABLE events (id bigserial, at timestamptz NOT NULL, kind text, payload json, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX events_kind ON events (kind);
CREATE VIEW recent AS SELECT * FROM events WHERE at > now() - interval '1 day';
