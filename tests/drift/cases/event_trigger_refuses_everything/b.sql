CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'no ddl'; END$$;
CREATE TABLE t (a int, b int);
CREATE EVENT TRIGGER no ON ddl_command_start EXECUTE FUNCTION no();
