CREATE TABLE a (id int PRIMARY KEY, n serial);
CREATE SEQUENCE a_id_seq AS bigint;
CREATE TABLE b (id int PRIMARY KEY DEFAULT nextval('a_id_seq'));
ALTER SEQUENCE a_id_seq OWNED BY b.id;
CREATE SEQUENCE free AS smallint;
CREATE TABLE c (x int DEFAULT nextval('free'), y int DEFAULT nextval('free'));
ALTER SEQUENCE free OWNED BY c.y;
