CREATE TYPE person AS (name text, age bigint, mail text);
CREATE TABLE people OF person (name WITH OPTIONS NOT NULL DEFAULT 'y', PRIMARY KEY (name), UNIQUE (mail));
CREATE VIEW grown AS SELECT name FROM people WHERE age > 17;
