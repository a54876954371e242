CREATE TABLE t (id bigint PRIMARY KEY, name varchar(9));
CREATE VIEW v AS SELECT t.*, count(*) AS n FROM t GROUP BY id;
CREATE TABLE u (t bigint REFERENCES t ON DELETE CASCADE);
