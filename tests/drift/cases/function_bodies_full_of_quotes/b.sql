CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $x$ BEGIN /* ; */ RETURN $procedure$b$procedure$ || '$$' || E'\\n' || $function$a$function$; END $x$;
COMMENT ON FUNCTION f() IS $x$'; DROP TABLE t; --$x$;
