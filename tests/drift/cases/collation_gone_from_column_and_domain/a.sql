CREATE COLLATION low (PROVIDER = libc, LOCALE = 'C');
CREATE DOMAIN d AS text COLLATE low;
CREATE TABLE t (a text COLLATE low, b d, c text);
CREATE INDEX i ON t (c COLLATE low);
