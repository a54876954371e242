CREATE FUNCTION finish(bigint, bigint) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT $1::numeric';
CREATE AGGREGATE total(integer) (SFUNC = int4_sum, STYPE = bigint);
CREATE AGGREGATE average(bigint) (SFUNC = int8_avg_accum, STYPE = internal, FINALFUNC = numeric_poly_avg);
CREATE AGGREGATE moving(bigint) (
    SFUNC = int8_avg_accum, STYPE = internal, FINALFUNC = numeric_poly_avg,
    MSFUNC = int8pl, MINVFUNC = int8mi, MSTYPE = bigint, MFINALFUNC = finish, MFINALFUNC_EXTRA);
CREATE AGGREGATE sort(ORDER BY integer) (
    SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = mode_final, FINALFUNC_EXTRA);
CREATE VIEW v AS SELECT total(1) AS a, average(1::bigint) AS b;
