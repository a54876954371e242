CREATE TABLE keep (n int);
