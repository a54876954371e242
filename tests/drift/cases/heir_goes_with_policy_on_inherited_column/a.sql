CREATE TABLE t (a int, d uuid, e int);
CREATE TABLE heir () INHERITS (t);
CREATE POLICY p ON heir USING (d::text <> 'x');
CREATE POLICY q ON heir USING (e > 0);
CREATE TABLE below () INHERITS (heir);
CREATE VIEW v AS SELECT d FROM below;
