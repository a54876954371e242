CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE TABLE e (k int, v text) PARTITION BY LIST (k);
CREATE TABLE e1 PARTITION OF e FOR VALUES IN (1);
