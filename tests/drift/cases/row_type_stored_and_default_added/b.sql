CREATE TABLE a (x int, y int DEFAULT 3, z text);
CREATE TABLE h (a a);
