-- Makes the function that refuses to change or delete what the history says.
CREATE OR REPLACE FUNCTION dbconsole.keep_history() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    RAISE EXCEPTION 'the history of migrations is only added to' USING ERRCODE = 'insufficient_privilege';
END
$$
