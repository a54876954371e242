CREATE AGGREGATE ag (int) (sfunc = int4pl, stype = int, initcond = '0');
CREATE VIEW v AS SELECT ag(x) FROM generate_series(1, 3) x;
