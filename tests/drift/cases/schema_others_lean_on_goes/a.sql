CREATE SCHEMA ext;
CREATE FUNCTION ext.norm(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'select lower($1)';
CREATE DOMAIN ext.email AS text CHECK (ext.norm(VALUE) = VALUE);
CREATE TABLE u (e ext.email, n text GENERATED ALWAYS AS (ext.norm('X')) STORED);
CREATE INDEX ON u (ext.norm(e));
CREATE SEQUENCE ext.s;
ALTER TABLE u ADD i int DEFAULT nextval('ext.s');
