-- What PostgreSQL 15 adds to torture.sql.
CREATE TABLE app.since_15 (a integer, b text, CONSTRAINT nulls_alike UNIQUE NULLS NOT DISTINCT (a));
CREATE UNIQUE INDEX since_15_nulls ON app.since_15 (b) NULLS NOT DISTINCT;
CREATE VIEW app.invoker WITH (security_invoker = true) AS SELECT a FROM app.since_15;
CREATE TABLE app.partial_null (
    a integer, b integer, PRIMARY KEY (a, b),
    c integer, CONSTRAINT only_one FOREIGN KEY (c, b) REFERENCES app.partial_null (a, b) ON DELETE SET NULL (c)
);
CREATE UNLOGGED SEQUENCE app.unlogged_numbers;
CREATE PUBLICATION torture_filtered FOR TABLE app.since_15 (a), TABLE app.partial_null WHERE (a > 3);
CREATE PUBLICATION torture_schema FOR TABLES IN SCHEMA empty;
