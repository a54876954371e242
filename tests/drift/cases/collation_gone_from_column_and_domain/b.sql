CREATE DOMAIN d AS text;
CREATE TABLE t (a text, b d, c text);
CREATE INDEX i ON t (c);
