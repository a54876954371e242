CREATE TABLE src (a text, b int);
CREATE TABLE holder (one src, many src[]);
