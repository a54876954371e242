CREATE TYPE c AS ENUM ('r', 'g', 'b');
CREATE DOMAIN warm AS c CHECK (VALUE = 'r');
CREATE TABLE t (w warm NOT NULL, ws warm[]);
