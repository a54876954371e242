CREATE TABLE t (a json, b text, c text, d int, e int[], f varchar(5)[]);
INSERT INTO t VALUES ('{}', '{"a":1}', '{x,y}', 3, '{1}', '{a}');
