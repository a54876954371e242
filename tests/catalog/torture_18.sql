-- What PostgreSQL 18 adds to torture.sql.
CREATE TABLE app.since_18 (
    a integer CONSTRAINT a_is_there NOT NULL,
    b integer GENERATED ALWAYS AS (a * 3) VIRTUAL,
    c integer,
    d integer NOT NULL NO INHERIT,
    e integer,
    during tsrange,
    scope int4range,
    CONSTRAINT c_not_enforced CHECK (c > 0) NOT ENFORCED,
    CONSTRAINT temporal UNIQUE (scope, during WITHOUT OVERLAPS)
);
ALTER TABLE app.since_18 ADD CONSTRAINT e_later NOT NULL e NOT VALID;
COMMENT ON CONSTRAINT a_is_there ON app.since_18 IS 'even NOT NULL can have one';
CREATE TABLE app.inherits_18 (a integer, CONSTRAINT own_name NOT NULL a) INHERITS (app.since_18);
CREATE TABLE app.refers_18 (
    scope int4range, during tsrange, u bigint,
    CONSTRAINT over_time FOREIGN KEY (scope, PERIOD during) REFERENCES app.since_18 (scope, PERIOD during),
    CONSTRAINT loose FOREIGN KEY (u) REFERENCES app.users (id) NOT ENFORCED
);
CREATE PUBLICATION torture_generated FOR TABLE app.users WITH (publish_generated_columns = stored);
