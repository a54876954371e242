"""A schema in which much depends on much, and what is changed in it, one thing at a time."""

from __future__ import annotations

from pathlib import Path

TOWN = Path(__file__).with_name("town.sql").read_text("utf-8")

# What is changed in the town, and of what nothing is to be read then: it is far from that.
CHANGES = {
    "nothing": ("SELECT", "town.cities archive.base archive.apart town.crowds"),
    "a column comes": ("ALTER TABLE town.visits ADD why text", "archive.apart archive.base"),
    "a column goes": ("ALTER TABLE town.visits DROP at", "archive.apart archive.base"),
    "a column's type": ("ALTER TABLE town.cities ALTER name TYPE varchar(80)", "archive.apart archive.base"),
    "a column of views": (
        "DROP VIEW town.near, town.addresses; ALTER TABLE town.houses DROP twice, ALTER number TYPE bigint;"
        "CREATE VIEW town.addresses AS SELECT h.id, s.name, h.number FROM town.houses h"
        "  JOIN town.streets s ON s.id = h.street_id;"
        "CREATE VIEW town.near AS SELECT id, number AS twice FROM town.addresses WHERE number < 10",
        "archive.apart archive.base archive.third",
    ),
    "a column's collation": ('ALTER TABLE town.people ALTER name TYPE text COLLATE "C"', "archive.apart"),
    "a default": ("ALTER TABLE town.people ALTER name SET DEFAULT 'nobody'", "archive.apart archive.base"),
    "not null": ("ALTER TABLE town.visits ALTER at SET NOT NULL", "archive.apart archive.base"),
    "statistics of a column": ("ALTER TABLE town.visits ALTER at SET STATISTICS 7", "archive.apart town.cities"),
    "storage of a column": ("ALTER TABLE town.people ALTER name SET STORAGE external", "archive.apart"),
    "options of a column": ("ALTER TABLE town.people ALTER name SET (n_distinct = 5)", "archive.apart"),
    "how an identity counts": ("ALTER TABLE town.houses ALTER id SET INCREMENT 5", "archive.apart archive.base"),
    "an identity goes": ("ALTER TABLE town.houses ALTER id DROP IDENTITY", "archive.apart"),
    "a sequence": ("ALTER SEQUENCE town.numbers MAXVALUE 500", "archive.apart archive.base"),
    "another sequence": ("ALTER SEQUENCE archive.counter CYCLE", "archive.apart town.cities town.houses"),
    "an enum's value": ("ALTER TYPE town.state ADD VALUE 'sold'", "archive.apart archive.base"),
    "an enum's values": (
        "ALTER TABLE town.cities ALTER state DROP DEFAULT, ALTER state TYPE text;"
        "ALTER TABLE town.flats ALTER built TYPE text[]; DROP TYPE town.state;"
        "CREATE TYPE town.state AS ENUM ('built', 'gone');"
        "ALTER TABLE town.cities ALTER state TYPE town.state USING 'built', ALTER state SET DEFAULT 'built';"
        "ALTER TABLE town.flats ALTER built TYPE town.state[] USING NULL",
        "archive.apart archive.base",
    ),
    "a composite": ("ALTER TYPE town.place ADD ATTRIBUTE floor integer CASCADE", "archive.apart archive.base"),
    "a domain": ("ALTER DOMAIN town.amount ADD CHECK (VALUE < 10000)", "archive.apart archive.base"),
    "a function's text": (
        "CREATE OR REPLACE FUNCTION town.touched() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
        "archive.apart archive.base",
    ),
    "a function of a check": (
        "ALTER TABLE town.streets DROP CONSTRAINT streets_name_check; DROP FUNCTION town.is_sane;"
        "CREATE FUNCTION town.is_sane(value text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';"
        "ALTER TABLE town.streets ADD CONSTRAINT streets_name_check CHECK (town.is_sane(name) = 1)",
        "archive.apart archive.base",
    ),
    "a function of a view": (
        "DROP VIEW town.near; DROP FUNCTION town.doubled",
        "archive.apart archive.base",
    ),
    "a check": ("ALTER TABLE archive.base ADD CHECK (id > 0)", "town.cities archive.apart"),
    "a check of an heir": ("ALTER TABLE archive.second ADD CHECK (id > 0)", "town.cities archive.apart"),
    "a column of heirs": ("ALTER TABLE archive.base ADD more text", "town.cities archive.apart"),
    "an heir leaves": ("ALTER TABLE archive.third NO INHERIT archive.second", "town.cities archive.apart"),
    "a primary key": ("ALTER TABLE town.cities DROP CONSTRAINT cities_pkey CASCADE", "archive.apart archive.base"),
    "a foreign key's action": (
        "ALTER TABLE town.flats DROP CONSTRAINT flats_house_id_fkey,"
        " ADD CONSTRAINT flats_house_id_fkey FOREIGN KEY (house_id) REFERENCES town.houses ON UPDATE CASCADE",
        "archive.apart archive.base",
    ),
    "a foreign key waits": (
        "ALTER TABLE town.people ALTER CONSTRAINT people_flat_id_fkey NOT DEFERRABLE",
        "archive.apart archive.base",
    ),
    "another name": ("ALTER TABLE town.flats RENAME CONSTRAINT flats_pkey TO flats_key", "archive.apart"),
    "an index's order": (
        "DROP INDEX town.by_name; CREATE INDEX by_name ON town.streets (name DESC) INCLUDE (city_id)",
        "archive.apart archive.base",
    ),
    "an index's included column": (
        "DROP INDEX town.by_name; CREATE INDEX by_name ON town.streets (name DESC NULLS LAST, city_id)",
        "archive.apart archive.base",
    ),
    "an index's class": (
        "DROP INDEX town.by_name;"
        "CREATE INDEX by_name ON town.streets (name text_pattern_ops DESC NULLS LAST) INCLUDE (city_id)",
        "archive.apart archive.base",
    ),
    "an index's predicate": (
        "DROP INDEX town.lower_names; CREATE INDEX lower_names ON town.people (lower(name))",
        "archive.apart archive.base",
    ),
    "an index's options": ("ALTER INDEX town.by_name SET (fillfactor = 50)", "archive.apart archive.base"),
    "an expression's statistics": ("ALTER INDEX town.lower_names ALTER COLUMN 1 SET STATISTICS 9", "archive.apart"),
    "a trigger": ("ALTER TABLE town.flats DISABLE TRIGGER touch", "archive.apart archive.base"),
    "a policy": ("ALTER POLICY own ON town.people USING (true)", "archive.apart archive.base"),
    "row security": ("ALTER TABLE town.people FORCE ROW LEVEL SECURITY", "archive.apart archive.base"),
    "a rule": ("ALTER TABLE town.cities DISABLE RULE no_delete", "archive.apart archive.base"),
    "a statistics object": ("ALTER STATISTICS town.correlated SET STATISTICS 9", "archive.apart archive.base"),
    "options of a table": ("ALTER TABLE town.visits RESET (fillfactor)", "archive.apart archive.base"),
    "unlogged": ("ALTER TABLE archive.alone SET UNLOGGED", "town.cities archive.base"),
    "a replica identity": ("ALTER TABLE town.flats REPLICA IDENTITY FULL", "archive.apart archive.base"),
    "a materialised view": ("REFRESH MATERIALIZED VIEW town.rents WITH NO DATA", "archive.apart archive.base"),
    "a view's option": ("ALTER VIEW town.near SET (security_barrier)", "archive.apart archive.base"),
    "a view in between": (
        "CREATE OR REPLACE VIEW town.addresses AS SELECT h.id, s.name, h.number FROM town.houses h"
        " LEFT JOIN town.streets s ON s.id = h.street_id",
        "archive.apart archive.base",
    ),
    "a view becomes a table": ("DROP VIEW archive.seen; CREATE TABLE archive.seen (id integer)", "town.cities"),
    "a partition leaves": ("ALTER TABLE archive.events DETACH PARTITION archive.events_2024", "archive.apart"),
    "a partition's bounds": (
        "ALTER TABLE archive.events DETACH PARTITION archive.events_2024;"
        "ALTER TABLE archive.events ATTACH PARTITION archive.events_2024"
        " FOR VALUES FROM ('2023-01-01') TO ('2025-01-01')",
        "archive.apart archive.base",
    ),
    "an index of partitions": ("CREATE INDEX ON archive.events (said)", "archive.apart archive.base"),
    "a column of partitions": ("ALTER TABLE archive.events ALTER said TYPE varchar(9)", "archive.apart archive.base"),
    "a table goes": ("DROP TABLE town.visits CASCADE", "archive.apart archive.base"),
    "many go": ("DROP TABLE town.flats CASCADE", "archive.apart archive.base"),
    "a schema goes": ("DROP SCHEMA archive CASCADE", "town.houses town.flats"),
    "another schema": ("ALTER TABLE archive.apart SET SCHEMA town", "archive.base"),
    "a table comes": ("CREATE TABLE town.cats (id bigint NOT NULL REFERENCES town.houses)", "archive.base"),
    "a comment": ("COMMENT ON TABLE town.cities IS 'elsewhere'", "archive.apart archive.base"),
    "a column's comment": ("COMMENT ON COLUMN town.people.name IS NULL", "archive.apart archive.base"),
    "an index's comment": ("COMMENT ON INDEX town.by_name IS 'used'", "archive.apart archive.base"),
    "a constraint's comment": ("COMMENT ON CONSTRAINT flats_pkey ON town.flats IS 'key'", "archive.apart"),
    "a trigger's comment": ("COMMENT ON TRIGGER touch ON town.flats IS 'seen'", "archive.apart archive.base"),
    "a policy's comment": ("COMMENT ON POLICY own ON town.people IS 'seen'", "archive.apart archive.base"),
    "a rule's comment": ("COMMENT ON RULE no_delete ON town.cities IS 'seen'", "archive.apart archive.base"),
    "a grant": ("REVOKE SELECT ON town.cities FROM PUBLIC", "archive.apart archive.base"),
    "a column's grant": ("GRANT SELECT (name) ON town.people TO PUBLIC", "archive.apart archive.base"),
    "an index goes with an extension": ("ALTER INDEX town.by_name DEPENDS ON EXTENSION plpgsql", "archive.apart"),
    "a trigger goes with one": ("ALTER TRIGGER touch ON town.flats DEPENDS ON EXTENSION plpgsql", "archive.apart"),
    "a view goes with one": ("ALTER MATERIALIZED VIEW town.rents DEPENDS ON EXTENSION plpgsql", "archive.apart"),
    "a publication": ("ALTER PUBLICATION told SET TABLE town.cities (name)", "archive.base town.visits"),
    "a published row": ("ALTER PUBLICATION told SET TABLE town.cities WHERE (id > 5)", "archive.base town.visits"),
    "an event trigger": (
        "CREATE FUNCTION town.look() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
        "CREATE EVENT TRIGGER looking ON ddl_command_end EXECUTE FUNCTION town.look()",
        "archive.apart town.cities",
    ),
}  # fmt: skip

# What is told by more than the changes and the statements: the proof, what is not handled, notes.
TOLD = {
    "two tables": "ALTER TABLE town.houses ADD roof text; DROP TABLE archive.alone",
    "a partition": "ALTER TABLE archive.events ADD more text; ALTER TABLE archive.events_2024 ADD CHECK (id > 0)",
    "a function": "CREATE OR REPLACE FUNCTION town.doubled(value integer) RETURNS integer LANGUAGE sql RETURN 7",
    "unchecked rows": "ALTER TABLE town.visits DISABLE TRIGGER ALL",
    "another order": "ALTER TABLE town.visits DROP flat_id CASCADE, ADD flat_id integer REFERENCES town.flats",
    "an invalid index": "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'town.by_name'::regclass",
    "a ledger": "CREATE TABLE public.schema_migrations (version varchar(128) PRIMARY KEY)",
    "a ledger's schema": "CREATE SCHEMA drizzle CREATE TABLE t (a integer); COMMENT ON SCHEMA drizzle IS 'x'",
}
