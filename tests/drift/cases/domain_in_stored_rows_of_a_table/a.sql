CREATE DOMAIN d AS text CHECK (VALUE <> 'x');
CREATE TABLE t (a d, n int);
CREATE TABLE keeps (r t);
CREATE TABLE plain (a d);
INSERT INTO t VALUES ('a', 1);
INSERT INTO keeps VALUES (ROW('b', 2));
CREATE VIEW v AS SELECT r FROM keeps;
