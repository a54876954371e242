CREATE TABLE words (w text);
CREATE FUNCTION wn(text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN (SELECT count(*) FROM words) + length($1); END';
CREATE TABLE t (id int, w text, n int GENERATED ALWAYS AS (wn(w)) STORED);
INSERT INTO t VALUES (1, 'x');
