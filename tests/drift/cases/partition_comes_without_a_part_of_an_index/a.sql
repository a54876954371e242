CREATE TABLE lone (a int, b text, c int);
CREATE TABLE second (a int, b text, c int);
CREATE TABLE later (a int, b text) PARTITION BY LIST (a);
