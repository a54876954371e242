CREATE TABLE t (a text, b varchar, c char(5), d text, e text DEFAULT '3');
INSERT INTO t VALUES ('1', '2', '3', 'true', '7');
