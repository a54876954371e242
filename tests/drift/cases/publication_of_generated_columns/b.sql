CREATE TABLE t (a int PRIMARY KEY, b int GENERATED ALWAYS AS (a + 1) STORED);
CREATE PUBLICATION p1 FOR TABLE t;
CREATE PUBLICATION p2 FOR TABLE t WITH (publish_generated_columns = stored, publish = 'insert');
