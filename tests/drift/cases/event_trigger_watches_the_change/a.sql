CREATE TABLE watched (what text);
CREATE FUNCTION ef() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM count(*) FROM public.watched; END';
CREATE EVENT TRIGGER e1 ON ddl_command_end EXECUTE FUNCTION ef();
CREATE TABLE t (a int);
