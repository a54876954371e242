CREATE SCHEMA s;
CREATE FUNCTION s.f() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = s, "My Schema", pg_temp AS 'SELECT 1::text';
CREATE FUNCTION s.g() RETURNS text LANGUAGE sql SET "my.setting" = 'a b' SET datestyle = 'ISO, DMY' AS 'SELECT 1::text';
