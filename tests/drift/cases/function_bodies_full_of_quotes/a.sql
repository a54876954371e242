CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $x$ BEGIN RETURN $function$a$function$ || '$$' || 'it''s %s \'; END $x$;
