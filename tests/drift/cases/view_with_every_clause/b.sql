CREATE TABLE t (a int, b text, c timestamptz);
CREATE VIEW v AS WITH x AS MATERIALIZED (SELECT DISTINCT ON (a) a, b, row_number() OVER w AS n FROM t WINDOW w AS (PARTITION BY b ORDER BY c DESC ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)) SELECT a, b, n, CASE WHEN n > 1 THEN 'x' ELSE NULL END AS k, ARRAY[a, 1] AS arr, (SELECT max(c) FROM t) AS m FROM x WHERE b LIKE 'a%' AND a IN (1, 2) GROUP BY GROUPING SETS ((a, b, n), (a)) HAVING count(*) > 1 ORDER BY a NULLS FIRST LIMIT 5 OFFSET 1;
CREATE VIEW y AS VALUES (1, 'a'), (2, 'b');
CREATE VIEW z AS SELECT * FROM t TABLESAMPLE bernoulli (10) UNION SELECT 1, 'x', now() EXCEPT SELECT 2, 'y', now();
CREATE VIEW l AS SELECT t.a, s.x, s.ord FROM t LEFT JOIN LATERAL unnest(string_to_array(t.b, ',')) WITH ORDINALITY s(x, ord) ON true FULL JOIN t u USING (a) WHERE t.b IN ('a', 'b') OR t.c BETWEEN now() AND now();
