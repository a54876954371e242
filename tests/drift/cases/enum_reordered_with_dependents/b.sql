CREATE TYPE level AS ENUM ('high', 'mid', 'low');
CREATE TABLE t (id int, l level DEFAULT 'low', CHECK (l >= 'low'));
CREATE INDEX t_l ON t (l);
CREATE VIEW v AS SELECT id FROM t WHERE l = 'high';
CREATE MATERIALIZED VIEW mv AS SELECT l, count(*) AS n FROM t GROUP BY l;
CREATE UNIQUE INDEX mv_l ON mv (l);
CREATE FUNCTION f(l level) RETURNS level LANGUAGE plpgsql AS $$BEGIN RETURN l; END$$;
COMMENT ON FUNCTION f(level) IS 'the level itself';
