CREATE FUNCTION h() RETURNS language_handler LANGUAGE c COST 10 AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION i(internal) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE LANGUAGE mine HANDLER h INLINE i;
