CREATE TABLE p (a int, b int, PRIMARY KEY (a)) PARTITION BY RANGE (a);
CREATE TABLE o (a int);
CREATE PUBLICATION pub FOR TABLE p WHERE (a > 1), o WITH (publish_via_partition_root);
CREATE VIEW v AS SELECT a FROM p;
