CREATE SEQUENCE s AS int;
CREATE TYPE e AS ENUM ('a', 'b');
CREATE VIEW v AS SELECT last_value, 'a'::e AS e FROM s;
