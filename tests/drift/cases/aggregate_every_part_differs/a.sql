CREATE FUNCTION finish(bigint, bigint) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT $1::numeric';
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE AGGREGATE average(bigint) (
    SFUNC = int8_avg_accum, STYPE = internal, FINALFUNC = numeric_poly_avg, COMBINEFUNC = int8_avg_combine,
    SERIALFUNC = int8_avg_serialize, DESERIALFUNC = int8_avg_deserialize, PARALLEL = safe);
CREATE AGGREGATE moving(bigint) (
    SFUNC = int8_avg_accum, STYPE = internal, FINALFUNC = numeric_poly_avg,
    MSFUNC = int8_avg_accum, MINVFUNC = int8_avg_accum_inv, MSTYPE = internal, MFINALFUNC = numeric_poly_avg);
CREATE AGGREGATE sort(integer) (SFUNC = int4pl, STYPE = integer);
CREATE VIEW v AS SELECT total(1) AS a, average(1::bigint) AS b;
