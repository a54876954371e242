CREATE TABLE u (e text, n text, i int);
