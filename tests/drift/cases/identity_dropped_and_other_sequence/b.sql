CREATE SEQUENCE own;
CREATE TABLE t (id int NOT NULL, v int DEFAULT nextval('own'));
