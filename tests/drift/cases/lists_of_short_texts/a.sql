CREATE TABLE t (a varchar(5), b char(3), c text, d date, n numeric, i int, s smallint);
