CREATE TABLE t (id int PRIMARY KEY, new_name text NOT NULL);
CREATE INDEX t_name ON t (new_name);
CREATE VIEW v AS SELECT new_name AS name FROM t;
