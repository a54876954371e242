-- What PostgreSQL 17 adds to torture.sql.
GRANT MAINTAIN ON app.orders TO torture_reader;
CREATE COLLATION app.builtin_order (PROVIDER = builtin, LOCALE = 'C.UTF-8');
CREATE TABLE app.am_of_partitioned (a integer) PARTITION BY LIST (a) USING torture_heap;
CREATE EVENT TRIGGER torture_login ON login EXECUTE FUNCTION app.on_ddl();
ALTER EVENT TRIGGER torture_login DISABLE;
CREATE DOMAIN app.named_not_null AS text CONSTRAINT must_be NOT NULL;
ALTER TABLE app.collated ALTER COLUMN a SET STATISTICS 0;
