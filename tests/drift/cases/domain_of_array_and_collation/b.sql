CREATE DOMAIN tags AS varchar(10)[] CHECK (array_length(VALUE, 1) < 6);
CREATE DOMAIN name AS text;
CREATE TABLE t (a tags DEFAULT '{a}', b name);
