CREATE TYPE a_name_that_is_as_long_as_a_name_can_be_in_this_server_which_is AS ENUM ('a', 'b');
CREATE FUNCTION another_name_that_is_as_long_as_a_name_can_be_in_this_server_wh(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (a a_name_that_is_as_long_as_a_name_can_be_in_this_server_which_is);
CREATE VIEW v AS SELECT another_name_that_is_as_long_as_a_name_can_be_in_this_server_wh(1) AS x, a FROM t;
