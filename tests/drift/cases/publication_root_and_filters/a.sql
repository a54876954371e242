-- since 15
CREATE TABLE p (a int NOT NULL, b text) PARTITION BY LIST (a);
CREATE TABLE t (a int);
CREATE PUBLICATION y FOR TABLE p WHERE (a > 0) WITH (publish = 'insert', publish_via_partition_root = true);
CREATE PUBLICATION z FOR TABLE p (a) WITH (publish = 'insert', publish_via_partition_root = true);
