CREATE TYPE p AS (age int, mail text);
CREATE TABLE t OF p (PRIMARY KEY (mail));
CREATE VIEW v AS SELECT mail FROM t;
