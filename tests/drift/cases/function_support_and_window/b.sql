CREATE FUNCTION gs(int, int) RETURNS SETOF int LANGUAGE internal IMMUTABLE STRICT ROWS 5 SUPPORT generate_series_int4_support AS 'generate_series_int4';
CREATE FUNCTION rn() RETURNS bigint LANGUAGE internal IMMUTABLE WINDOW AS 'window_rank';
CREATE VIEW v AS SELECT x, rn() OVER (ORDER BY x) AS n FROM gs(1, 3) x;
