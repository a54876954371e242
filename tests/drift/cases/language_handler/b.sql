CREATE FUNCTION handles_too() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE LANGUAGE speech HANDLER handles_too;
CREATE FUNCTION f() RETURNS integer LANGUAGE speech AS 'BEGIN RETURN 1; END';
