CREATE TYPE region AS ENUM ('eu', 'us', 'as');
CREATE TABLE t (id int, r region NOT NULL) PARTITION BY LIST (r);
CREATE TABLE t_eu PARTITION OF t FOR VALUES IN ('eu');
CREATE TABLE t_us PARTITION OF t FOR VALUES IN ('us', 'as');
INSERT INTO t VALUES (1, 'eu'), (2, 'us');
