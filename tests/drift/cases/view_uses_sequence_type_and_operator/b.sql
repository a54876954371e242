CREATE SEQUENCE s AS bigint;
CREATE TYPE e AS ENUM ('b', 'a', 'c');
CREATE VIEW v AS SELECT last_value, 'c'::e AS e FROM s;
