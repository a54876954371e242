CREATE TABLE src (a int);
CREATE TABLE holder (one src, many src[]);
