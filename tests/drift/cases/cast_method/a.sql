CREATE TYPE mood AS ENUM ('sad');
CREATE FUNCTION number(mood) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE CAST (mood AS integer) WITH FUNCTION number(mood);
