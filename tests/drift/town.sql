-- A schema in which much depends on much, for comparing in part: one thing is changed, and most of it stays as it is.
CREATE SCHEMA town;
CREATE SCHEMA archive;
CREATE TYPE town.state AS ENUM ('planned', 'built', 'gone');
CREATE TYPE town.place AS (street text, number integer);
CREATE DOMAIN town.amount AS numeric(12, 2) CHECK (VALUE >= 0);
CREATE FUNCTION town.is_sane(value text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT value <> ''''';
CREATE FUNCTION town.doubled(value integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN value * 2;
CREATE FUNCTION town.touched() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE SEQUENCE town.numbers;
-- A row of foreign keys, each to the one before.
CREATE TABLE town.cities (id integer PRIMARY KEY, name text NOT NULL UNIQUE, state town.state DEFAULT 'planned');
CREATE TABLE town.streets (
    id integer PRIMARY KEY, city_id integer NOT NULL REFERENCES town.cities, name text CHECK (town.is_sane(name)));
CREATE TABLE town.houses (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, street_id integer REFERENCES town.streets ON DELETE CASCADE,
    number integer DEFAULT nextval('town.numbers'), twice integer GENERATED ALWAYS AS (number * 2) STORED);
CREATE TABLE town.flats (
    id serial PRIMARY KEY, house_id bigint REFERENCES town.houses, rent town.amount, at town.place, built town.state[]);
CREATE TABLE town.people (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), flat_id integer REFERENCES town.flats DEFERRABLE, name text,
    boss uuid REFERENCES town.people);
CREATE TABLE town.visits (person_id uuid REFERENCES town.people, flat_id integer REFERENCES town.flats, at timestamptz)
    WITH (fillfactor = 90);
CREATE INDEX ON town.visits (at);
CREATE INDEX lower_names ON town.people (lower(name)) WHERE name IS NOT NULL;
CREATE INDEX by_name ON town.streets (name DESC NULLS LAST) INCLUDE (city_id);
CREATE STATISTICS town.correlated ON person_id, flat_id FROM town.visits;
CREATE TRIGGER touch BEFORE UPDATE ON town.flats FOR EACH ROW EXECUTE FUNCTION town.touched();
CREATE TRIGGER touch BEFORE UPDATE ON town.people FOR EACH ROW EXECUTE FUNCTION town.touched();
ALTER TABLE town.people ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON town.people USING (EXISTS (SELECT FROM town.visits v WHERE v.person_id = people.id));
CREATE RULE no_delete AS ON DELETE TO town.cities DO INSTEAD NOTHING;
-- Views upon views.
CREATE VIEW town.addresses AS SELECT h.id, s.name, h.number FROM town.houses h JOIN town.streets s ON s.id = h.street_id;
CREATE VIEW town.near AS SELECT id, town.doubled(number) AS twice FROM town.addresses WHERE number < 10;
CREATE MATERIALIZED VIEW town.rents AS SELECT house_id, sum(rent) AS rent FROM town.flats GROUP BY house_id;
CREATE UNIQUE INDEX ON town.rents (house_id);
CREATE VIEW town.rich AS SELECT * FROM town.rents WHERE rent > 1000;
CREATE FUNCTION town.tenants(f town.flats) RETURNS bigint LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT count(*) FROM town.people WHERE flat_id = f.id; END;
CREATE VIEW town.crowds AS SELECT f.id, town.tenants(f) AS people FROM town.flats f;
-- Parts and heirs.
CREATE TABLE archive.events (id bigint, happened date NOT NULL, city_id integer REFERENCES town.cities, said text)
    PARTITION BY RANGE (happened);
CREATE TABLE archive.events_2024 PARTITION OF archive.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE archive.events_2025 PARTITION OF archive.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')
    PARTITION BY LIST (city_id);
CREATE TABLE archive.events_2025_1 PARTITION OF archive.events_2025 FOR VALUES IN (1);
CREATE TABLE archive.events_other PARTITION OF archive.events DEFAULT;
CREATE INDEX ON archive.events (happened);
CREATE TABLE archive.base (id integer NOT NULL, note text CHECK (note <> 'x'));
CREATE TABLE archive.first (more text) INHERITS (archive.base);
CREATE TABLE archive.second (other text) INHERITS (archive.base);
CREATE TABLE archive.third (last text) INHERITS (archive.first, archive.second);
CREATE TABLE archive.typed OF town.place;
-- What has nothing to do with the rest.
CREATE TABLE archive.apart (id integer PRIMARY KEY, note text);
CREATE TABLE archive.alone (id integer REFERENCES archive.apart);
CREATE VIEW archive.seen AS SELECT id FROM archive.apart;
CREATE SEQUENCE archive.counter;
-- Names that would be given to something else.
CREATE TABLE town.state__before (id integer);
CREATE TABLE town.kept (id integer CONSTRAINT cats_id_not_null CHECK (id > 0));
CREATE PUBLICATION told FOR TABLE town.cities, archive.apart;
COMMENT ON TABLE town.cities IS 'where it all is';
COMMENT ON COLUMN town.people.name IS 'as it is said';
GRANT SELECT ON town.cities TO PUBLIC;
GRANT UPDATE (name) ON town.people TO PUBLIC;
