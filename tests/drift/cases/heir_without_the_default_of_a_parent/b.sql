CREATE TABLE other (a int);
CREATE TABLE father (a int, c int DEFAULT 3);
CREATE TABLE mother (a int DEFAULT 1, b text DEFAULT 'x');
CREATE TABLE own (a int) INHERITS (father, mother);
ALTER TABLE own ALTER a DROP DEFAULT;
CREATE TABLE given () INHERITS (father, mother);
ALTER TABLE given ALTER a DROP DEFAULT, ALTER b DROP DEFAULT;
CREATE TABLE kept (a int, c int DEFAULT 4) INHERITS (father, mother);
