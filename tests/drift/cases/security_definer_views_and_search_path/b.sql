CREATE SCHEMA s;
CREATE FUNCTION s.f() RETURNS text LANGUAGE sql SET search_path = 's' AS 'SELECT 1::text';
CREATE FUNCTION s.g() RETURNS text LANGUAGE sql SET "my.setting" = 'it''s' SET datestyle = 'ISO, MDY' SET enable_seqscan = off AS 'SELECT 1::text';
