CREATE FUNCTION ef() RETURNS event_trigger LANGUAGE plpgsql AS 'begin end';
CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION ef();
