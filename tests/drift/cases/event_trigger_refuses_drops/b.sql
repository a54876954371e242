CREATE FUNCTION guard() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no drops''; END';
CREATE TABLE u (a int);
CREATE EVENT TRIGGER guard ON sql_drop EXECUTE FUNCTION guard();
