CREATE TYPE r AS ENUM ('a', 'b', 'c');
CREATE TABLE t (id int, r r, is_a boolean GENERATED ALWAYS AS (r = 'a') STORED);
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE TRIGGER tr BEFORE UPDATE OF r ON t FOR EACH ROW WHEN (NEW.r = 'a') EXECUTE FUNCTION tf();
