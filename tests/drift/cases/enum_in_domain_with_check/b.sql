CREATE TYPE c AS ENUM ('g', 'r');
CREATE DOMAIN warm AS c CHECK (VALUE = 'r');
CREATE TABLE t (w warm NOT NULL, ws warm[]);
