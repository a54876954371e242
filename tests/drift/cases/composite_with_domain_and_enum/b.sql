CREATE TYPE e AS ENUM ('y', 'x');
CREATE DOMAIN d AS int CHECK (VALUE > 1);
CREATE TYPE c AS (e e, d d, n numeric(7,2));
CREATE TABLE t (c c, cs c[]);
