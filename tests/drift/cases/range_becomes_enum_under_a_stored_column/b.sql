CREATE TYPE k AS ENUM ('blue', 'old');
CREATE TABLE t (a k, b k NOT NULL, c k);
ALTER TABLE t ALTER a SET (n_distinct = 5);
