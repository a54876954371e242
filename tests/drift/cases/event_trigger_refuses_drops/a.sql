CREATE FUNCTION guard() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no drops''; END';
CREATE TABLE t (a int);
