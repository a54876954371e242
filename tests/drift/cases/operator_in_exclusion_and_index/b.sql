CREATE FUNCTION same2(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
CREATE OPERATOR ~~= (LEFTARG = int, RIGHTARG = int, FUNCTION = same2, COMMUTATOR = ~~=);
CREATE TABLE t (a int, CHECK (a ~~= a), b boolean DEFAULT (1 ~~= 2));
CREATE INDEX t_i ON t (a) WHERE a ~~= 5;
CREATE POLICY p ON t USING (a ~~= 1);
