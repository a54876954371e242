CREATE TABLE p (id int, code text);
CREATE TABLE c (id int, p text);
