CREATE TABLE t (a text DEFAULT '5' NOT NULL, b text DEFAULT 'true', c text DEFAULT '2020-01-01', d text, e text);
CREATE INDEX t_a ON t (a);
