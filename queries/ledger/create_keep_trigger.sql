-- Makes the trigger that keeps the history as it was written.
CREATE OR REPLACE TRIGGER keep_history BEFORE UPDATE OR DELETE OR TRUNCATE ON dbconsole.history
FOR EACH STATEMENT EXECUTE FUNCTION dbconsole.keep_history()
