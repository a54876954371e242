-- since 17
CREATE COLLATION co (PROVIDER = libc, LOCALE = 'C');
CREATE TABLE t (a text COLLATE co);
