CREATE FUNCTION h() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE LANGUAGE old HANDLER h;
CREATE FUNCTION f() RETURNS int LANGUAGE old AS 'BEGIN RETURN 1; END';
CREATE VIEW v AS SELECT f() AS f;
