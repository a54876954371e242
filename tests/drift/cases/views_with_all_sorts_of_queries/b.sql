CREATE TABLE a (id int, x int, at timestamptz, j jsonb);
CREATE TABLE b (id int, a int);
CREATE VIEW v1 AS SELECT a.id, array_agg(b.id ORDER BY b.id DESC) FILTER (WHERE b.id > 3) AS ids, percentile_cont(0.5) WITHIN GROUP (ORDER BY a.x) AS med FROM a LEFT JOIN b ON b.a = a.id GROUP BY GROUPING SETS ((a.id), ());
CREATE VIEW v2 AS SELECT * FROM a NATURAL JOIN b;
CREATE VIEW v3 AS SELECT a.id, (SELECT count(*) FROM b WHERE b.a = a.id) AS n, EXISTS (SELECT 1 FROM b) AS e, a.j #>> '{x,y}' AS xy, a.at AT TIME ZONE 'UTC' AS utc, row_number() OVER (PARTITION BY x ORDER BY at) AS rn, lag(x, 1, 0) OVER w AS lg FROM a WINDOW w AS (ORDER BY at);
CREATE VIEW v4 AS SELECT g, k.key, k.value FROM generate_series(1, 3) WITH ORDINALITY AS s(g, ord), LATERAL jsonb_each_text('{"a": "b"}') AS k;
CREATE VIEW v5 AS SELECT * FROM (VALUES (1, 'one'), (2, 'two')) AS t(n, w) UNION ALL SELECT id, x::text FROM a TABLESAMPLE SYSTEM (10);
CREATE VIEW v6 AS SELECT x FROM a FULL JOIN b USING (id) WHERE x BETWEEN 1 AND 2 OR x IN (3, 4) ORDER BY x FETCH FIRST 3 ROWS WITH TIES;
