CREATE TABLE t (a int, b text COMPRESSION pglz, c text COMPRESSION pglz);
