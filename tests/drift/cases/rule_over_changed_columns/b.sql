CREATE TABLE log (a text, b text);
CREATE TABLE t (a bigint, c int);
CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.a::text, NEW.c::text);
ALTER TABLE t DISABLE RULE r;
