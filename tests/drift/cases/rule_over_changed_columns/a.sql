CREATE TABLE log (a text, b text);
CREATE TABLE t (a int, b int);
CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.a::text, NEW.b::text);
