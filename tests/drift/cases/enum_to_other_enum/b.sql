CREATE TYPE b AS ENUM ('x', 'y', 'z');
CREATE TABLE t (c b NOT NULL DEFAULT 'z', d b[]);
CREATE INDEX t_c ON t (c);
