CREATE DOMAIN tags AS text[] CHECK (array_length(VALUE, 1) < 5);
CREATE DOMAIN name AS text COLLATE "C";
CREATE TABLE t (a tags DEFAULT '{}', b name);
INSERT INTO t VALUES ('{x}', 'y');
