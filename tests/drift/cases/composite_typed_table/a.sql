CREATE TYPE person AS (name text, age int);
CREATE TABLE people OF person (name WITH OPTIONS NOT NULL DEFAULT 'x', PRIMARY KEY (name));
CREATE VIEW grown AS SELECT name FROM people WHERE age > 17;
INSERT INTO people VALUES ('a', 1);
