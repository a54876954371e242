CREATE TABLE t (a int, b text);
CREATE TABLE keyed (PRIMARY KEY (a)) INHERITS (t);
CREATE TABLE loose () INHERITS (t);
CREATE TABLE lower () INHERITS (loose);
