CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE t (a int4range, b mood, c uuid, d integer, e jsonb, f point);
