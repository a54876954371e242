CREATE TABLE a (id int PRIMARY KEY, name text NOT NULL, note text);
CREATE TABLE b (id int PRIMARY KEY);
CREATE VIEW v AS SELECT a.id, a.note FROM a;
