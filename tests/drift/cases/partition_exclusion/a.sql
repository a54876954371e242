-- since 17
CREATE TABLE p (a int4range, b int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('[1,2)');
CREATE TABLE p2 (a int4range, b int);
