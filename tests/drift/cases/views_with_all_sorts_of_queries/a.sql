CREATE TABLE a (id int, x int, at timestamptz, j jsonb);
CREATE TABLE b (id int, a int);
