CREATE SEQUENCE s AS bigint;
CREATE SEQUENCE d AS bigint INCREMENT -1;
SELECT nextval('s'), nextval('d');
