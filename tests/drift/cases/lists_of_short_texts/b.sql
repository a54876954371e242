CREATE TABLE t (a varchar(5) CHECK (a IN ('x','y')), b char(3) CHECK (b NOT IN ('q','w')), c text CHECK (c <> ALL ('{a,b}')), d date CHECK (d IN ('2020-01-01', '2021-01-01')), n numeric CHECK (n IN (1, 2.5)), i int CHECK (i = ANY ('{1,2}'::int[])), s smallint CHECK (s IN (1,2) AND s BETWEEN 0 AND 5));
CREATE INDEX ix ON t (a) WHERE a IN ('x','y') AND s = 1;
CREATE POLICY p ON t USING (a IN ('x','y'));
CREATE VIEW v AS SELECT a IN ('x','y') AS q, CASE a WHEN 'x' THEN 'y' ELSE b END AS z FROM t;
CREATE FUNCTION f(t) RETURNS bool LANGUAGE sql RETURN $1.a IN ('x', 'y');
ALTER TABLE t ADD g bool GENERATED ALWAYS AS (a IN ('x','z')) STORED;
CREATE DOMAIN dm AS varchar(4) CHECK (VALUE IN ('a','b'));
ALTER TABLE t ALTER c SET DEFAULT CASE WHEN 'a'::varchar IN ('a','b') THEN 'x' END;
