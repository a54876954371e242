CREATE TABLE events (id bigserial, at timestamptz NOT NULL, kind text NOT NULL, payload jsonb DEFAULT '{}', source text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE events_2024 (id bigint NOT NULL, at timestamptz NOT NULL, kind text, payload json, CONSTRAINT events_2024_pkey PRIMARY KEY (id, at));
CREATE INDEX events_kind ON events (kind, at);
CREATE INDEX ON events USING gin (payload);
CREATE VIEW recent AS SELECT * FROM events WHERE at > now() - interval '1 hour';
