CREATE TABLE a (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE b (id int PRIMARY KEY, note text);
CREATE VIEW v AS SELECT b.id, b.note FROM b;
