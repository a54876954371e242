-- What the statements of honest_reads_vector.sql read from.
CREATE EXTENSION vector;
CREATE TABLE points (id int PRIMARY KEY, place vector(3));
INSERT INTO points VALUES (1, '[1,2,3]');
