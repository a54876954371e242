-- needs vector
CREATE SCHEMA x;
CREATE EXTENSION vector SCHEMA x;
CREATE TABLE t (a text DEFAULT '[1]'::x.vector::text, b x.vector(2));
