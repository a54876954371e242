CREATE FUNCTION fin(internal, float8) RETURNS float8 LANGUAGE internal IMMUTABLE AS 'percentile_disc_final';
CREATE AGGREGATE pd (float8 ORDER BY anyelement) (sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_disc_final, finalfunc_extra);
CREATE AGGREGATE rk (VARIADIC "any" ORDER BY VARIADIC "any") (sfunc = ordered_set_transition_multi, stype = internal, finalfunc = rank_final, finalfunc_extra, hypothetical);
