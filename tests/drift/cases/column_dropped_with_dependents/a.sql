CREATE TABLE t (id int PRIMARY KEY, c int, a int, b text, CHECK (c > a), UNIQUE (a, b));
CREATE INDEX t_ab ON t (a, b);
CREATE INDEX t_b ON t (id) WHERE b IS NOT NULL;
CREATE STATISTICS st ON a, c FROM t;
CREATE VIEW v AS SELECT id, a FROM t;
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE TRIGGER tr BEFORE UPDATE OF a, c ON t FOR EACH ROW EXECUTE FUNCTION tf();
CREATE POLICY p ON t USING (a > 0);
