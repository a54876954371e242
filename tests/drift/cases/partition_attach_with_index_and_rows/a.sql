CREATE TABLE p (id int NOT NULL, d date NOT NULL, v text DEFAULT 'x', CONSTRAINT p_v CHECK (v <> '')) PARTITION BY RANGE (d);
CREATE INDEX p_id ON p (id);
CREATE TABLE p1 (id int, d date, v text);
CREATE INDEX own ON p1 (id);
COMMENT ON TABLE p1 IS 'alone';
