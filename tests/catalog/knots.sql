-- What needs each other in circles, and what is easily made in the wrong order. PostgreSQL 14 to 18, without contrib.

DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'knot_role') THEN CREATE ROLE knot_role; END IF; END $$;

CREATE SCHEMA knot;
CREATE SCHEMA zoo;

-- A function that takes a table's row, and the table's own default, check, index, trigger and policy that call it.
CREATE TABLE knot.rows (id integer PRIMARY KEY, label text, size integer);
CREATE FUNCTION knot.label_of(knot.rows) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1.label';
CREATE FUNCTION knot.count_rows(r knot.rows DEFAULT NULL) RETURNS integer LANGUAGE sql STABLE AS 'SELECT 1';
ALTER TABLE knot.rows ALTER size SET DEFAULT knot.count_rows(NULL);
ALTER TABLE knot.rows ADD CONSTRAINT labelled CHECK (knot.label_of(rows) <> '');
CREATE INDEX rows_labels ON knot.rows (knot.label_of(rows));
ALTER TABLE knot.rows ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON knot.rows USING (knot.label_of(rows) IS NOT NULL);

-- A domain whose check calls a function on the domain.
CREATE DOMAIN knot.code AS text;
CREATE FUNCTION knot.good(knot.code) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
ALTER DOMAIN knot.code ADD CONSTRAINT good CHECK (knot.good(VALUE));
CREATE TABLE knot.coded (c knot.code);

-- A view and a function that speak of each other; a view that groups by a primary key.
CREATE FUNCTION knot.total() RETURNS bigint LANGUAGE sql STABLE BEGIN ATOMIC SELECT 0::bigint; END;
CREATE VIEW knot.totals AS SELECT id, knot.total() AS total, label FROM knot.rows;
CREATE OR REPLACE FUNCTION knot.total() RETURNS bigint LANGUAGE sql STABLE BEGIN ATOMIC SELECT count(*) FROM knot.totals; END;
COMMENT ON COLUMN knot.totals.total IS 'of a view in a circle';
GRANT SELECT ON knot.totals TO PUBLIC;
CREATE VIEW knot.above_totals WITH (security_barrier = true) AS SELECT * FROM knot.totals;
CREATE VIEW knot.by_key AS SELECT id, label, count(*) AS n FROM knot.rows GROUP BY id;
CREATE FUNCTION knot.first_total(knot.totals) RETURNS bigint LANGUAGE sql AS 'SELECT $1.total';
CREATE VIEW knot.a_view_of_z AS SELECT 1 AS one;
CREATE VIEW knot.z_view AS SELECT one FROM knot.a_view_of_z;
CREATE OR REPLACE VIEW knot.a_view_of_z AS SELECT 1 AS one, (SELECT count(*) FROM knot.rows) AS n;

-- Names against the order: what is needed sorts last.
CREATE TYPE zoo.z AS ENUM ('one', 'two');
CREATE TYPE knot.a AS (z zoo.z[], inner_row zoo.z);
CREATE DOMAIN knot.b AS knot.a CHECK ((VALUE).inner_row <> 'two');
CREATE TABLE zoo.zz (b knot.b, "order" integer);
CREATE TABLE knot.aa (z zoo.zz, many zoo.zz[]);
CREATE FUNCTION zoo.default_of_aa() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(*) FROM knot.aa); END';
CREATE TABLE knot.defaulted (n integer DEFAULT zoo.default_of_aa(), e zoo.z DEFAULT 'one');
CREATE SEQUENCE zoo.shared START 7;
CREATE TABLE knot.counts (n bigint DEFAULT nextval('zoo.shared'), m bigint DEFAULT nextval('zoo.shared'));
CREATE TABLE zoo.counts (n bigint DEFAULT nextval('zoo.shared'));
ALTER SEQUENCE zoo.shared OWNED BY zoo.counts.n;
CREATE FUNCTION knot.enum_argument(zoo.z DEFAULT 'two', knot.b DEFAULT NULL) RETURNS zoo.z LANGUAGE sql AS 'SELECT $1';
CREATE MATERIALIZED VIEW knot.a_filled AS SELECT 1 AS n;
CREATE MATERIALIZED VIEW knot.z_source AS SELECT 2 AS n;
CREATE MATERIALIZED VIEW knot.b_filled AS SELECT s.n FROM knot.z_source s;
CREATE VIEW knot.y_between AS SELECT n FROM knot.z_source;
CREATE MATERIALIZED VIEW knot.c_filled AS SELECT n FROM knot.y_between;
CREATE INDEX a_filled_n ON knot.a_filled (n);
CREATE STATISTICS knot.of_filled ON (n + 1), (n * 2) FROM knot.a_filled;

-- Keys in circles, towards partitioned tables, on partitions by other names.
CREATE TABLE knot.parents (id integer PRIMARY KEY, child integer);
CREATE TABLE knot.kids (id integer PRIMARY KEY, parent integer NOT NULL REFERENCES knot.parents);
ALTER TABLE knot.parents ADD CONSTRAINT eldest FOREIGN KEY (child) REFERENCES knot.kids DEFERRABLE;
CREATE TABLE knot.whole (id integer, part text, kid integer, note text, PRIMARY KEY (id, part)) PARTITION BY LIST (part);
CREATE TABLE knot.half (note text, part text NOT NULL, id integer NOT NULL, kid integer DEFAULT 3);
ALTER TABLE knot.half ADD CONSTRAINT own_primary PRIMARY KEY (id, part);
ALTER TABLE knot.half ADD CONSTRAINT own_kid FOREIGN KEY (kid) REFERENCES knot.kids (id);
CREATE INDEX own_index ON knot.half (note, kid);
CREATE INDEX twin_index ON knot.half (note, kid);
ALTER TABLE knot.whole ADD CONSTRAINT whole_kid FOREIGN KEY (kid) REFERENCES knot.kids (id);
CREATE INDEX whole_index ON knot.whole (note, kid);
ALTER TABLE knot.whole ATTACH PARTITION knot.half FOR VALUES IN ('half');
CREATE TABLE knot.quarter PARTITION OF knot.whole FOR VALUES IN ('quarter', NULL);
ALTER TABLE knot.quarter ADD CONSTRAINT only_here CHECK (id > 0);
ALTER TABLE knot.whole ADD CONSTRAINT everywhere UNIQUE (part, id);
CREATE TABLE knot.towards (id integer, part text, FOREIGN KEY (id, part) REFERENCES knot.whole);
CREATE UNIQUE INDEX by_index ON knot.kids (parent);
CREATE TABLE knot.towards_index (parent integer REFERENCES knot.kids (parent));
CREATE INDEX not_everywhere ON ONLY knot.whole (kid);
CREATE TRIGGER each_row AFTER INSERT ON knot.whole FOR EACH ROW EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger();
ALTER TABLE knot.quarter ENABLE ALWAYS TRIGGER each_row;
CREATE VIEW knot.by_whole_key AS SELECT id, part, note FROM knot.whole GROUP BY id, part;

-- Heirs: columns of their own order, defaults, storage and checks that differ from the parents'.
CREATE TABLE knot.top (a integer NOT NULL DEFAULT 1, b text, c text);
CREATE TABLE knot.side (d text DEFAULT 'side', b text);
CREATE TABLE knot.heir (e integer, b text DEFAULT 'own') INHERITS (knot.top, knot.side);
ALTER TABLE knot.heir ALTER a DROP DEFAULT, ALTER c SET DEFAULT 'c', ALTER c SET NOT NULL, ALTER c SET STORAGE EXTERNAL;
CREATE TABLE knot.joined (c text, a integer NOT NULL, b text);
ALTER TABLE knot.joined INHERIT knot.top;
ALTER TABLE knot.top ADD CONSTRAINT rising CHECK (a > 0) NOT VALID;
ALTER TABLE knot.heir VALIDATE CONSTRAINT rising;
ALTER TABLE knot.top ADD CONSTRAINT alone CHECK (a < 100) NO INHERIT;
ALTER TABLE knot.heir ADD CONSTRAINT of_its_own CHECK (e > 0);
CREATE TABLE knot.grandchild (CONSTRAINT of_its_own CHECK (e > 0)) INHERITS (knot.heir);
COMMENT ON COLUMN knot.grandchild.a IS 'inherited';
CREATE INDEX heir_index ON knot.heir (a);

CREATE TABLE knot.foster (a integer, b text);
CREATE TABLE knot.adopted (b text, c text, a integer);
ALTER TABLE knot.adopted INHERIT knot.foster;
ALTER TABLE knot.foster ADD CONSTRAINT later_on CHECK (a <> 7);
ALTER TABLE knot.adopted ALTER a SET DEFAULT 8;

-- Partitions that go and come with keys, indexes and triggers of their own names.
CREATE TABLE knot.parted (a integer, b text, PRIMARY KEY (a)) PARTITION BY RANGE (a);
CREATE TABLE knot.part_one (b text, a integer NOT NULL, CHECK (b <> ''));
ALTER TABLE knot.part_one ADD CONSTRAINT "Own Key" PRIMARY KEY (a), ADD CONSTRAINT own_reference FOREIGN KEY (a) REFERENCES knot.kids;
CREATE INDEX own_b ON knot.part_one (b);
CREATE INDEX beside ON knot.part_one (a, b);
ALTER TABLE knot.parted ATTACH PARTITION knot.part_one FOR VALUES FROM (MINVALUE) TO (10);
CREATE INDEX parted_b ON knot.parted (b);
CREATE TRIGGER on_parts BEFORE UPDATE ON knot.parted FOR EACH ROW EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger();
ALTER TABLE knot.part_one DISABLE TRIGGER on_parts;
CREATE TRIGGER own_trigger BEFORE UPDATE ON knot.part_one FOR EACH ROW EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger();
COMMENT ON CONSTRAINT "Own Key" ON knot.part_one IS 'with a comment';

-- Expressions that PostgreSQL writes in another way than it reads them.
CREATE TABLE knot.listed (
    v varchar(9) CHECK (v IN ('a', 'it''s ANY ((ARRAY[1])::text[])', ']')),
    n numeric DEFAULT 1 CHECK (n = ANY (ARRAY[1, 2])), w varchar, CHECK (w <> ALL (ARRAY['x'::varchar, w]))
);
CREATE INDEX listed_some ON knot.listed (n) WHERE v IN ('a', 'b') AND w NOT IN ('c', 'd');
CREATE VIEW knot.listing AS SELECT v, w IN ('q', 'r') AS found FROM knot.listed WHERE w IN ('y', 'z', upper(w));
CREATE POLICY listed_ones ON knot.listed USING (v IN ('a', 'b')) WITH CHECK (w = ANY ('{e,f}'::varchar[]));
CREATE FUNCTION knot.is_listed(x varchar) RETURNS boolean LANGUAGE sql RETURN x IN ('a', 'b');
CREATE FUNCTION knot.says_listed() RETURNS text LANGUAGE sql AS $$SELECT 'a' WHERE 'a' = ANY ((ARRAY['a'::varchar])::text[])$$;

-- Identity in a partitioned table, generated columns, rules against each other, a table with a rule in a circle.
CREATE TABLE knot.numbered (id integer GENERATED BY DEFAULT AS IDENTITY, k integer NOT NULL) PARTITION BY HASH (k);
CREATE TABLE knot.numbered_0 PARTITION OF knot.numbered FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE knot.ping (a integer, twice integer GENERATED ALWAYS AS (a * 2) STORED);
CREATE TABLE knot.pong (a integer);
CREATE RULE to_pong AS ON INSERT TO knot.ping DO ALSO INSERT INTO knot.pong VALUES (new.a);
CREATE RULE to_ping AS ON UPDATE TO knot.pong DO ALSO UPDATE knot.ping SET a = new.a WHERE false;
CREATE TABLE knot.down (n integer GENERATED ALWAYS AS IDENTITY (INCREMENT BY -2 MINVALUE -9 START WITH -3), t smallint GENERATED BY DEFAULT AS IDENTITY);
ALTER SEQUENCE knot.down_n_seq RENAME TO renamed;
COMMENT ON SEQUENCE knot.renamed IS 'an identity''s';
GRANT SELECT ON SEQUENCE knot.renamed TO PUBLIC;

-- Publications, statistics, operators that need each other.
CREATE PUBLICATION knot_tables FOR TABLE knot.whole, ONLY knot.top;
CREATE FUNCTION knot.near(point, point) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE OPERATOR knot.<~> (FUNCTION = knot.near, LEFTARG = point, RIGHTARG = point, COMMUTATOR = OPERATOR(knot.<~>), NEGATOR = OPERATOR(knot.!<~>));
CREATE OPERATOR knot.!<~> (FUNCTION = knot.near, LEFTARG = point, RIGHTARG = point, NEGATOR = OPERATOR(knot.<~>));
CREATE TABLE knot.near (p point, CHECK (p OPERATOR(knot.<~>) point '(0,0)'));
CREATE VIEW knot.uses_operator AS SELECT p OPERATOR(knot.<~>) p AS near FROM knot.near;
CREATE TYPE knot.version;
CREATE FUNCTION knot.canonical(knot.version) RETURNS knot.version LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
CREATE TYPE knot.version AS RANGE (SUBTYPE = integer, CANONICAL = knot.canonical);
CREATE TABLE knot.versions (v knot.version, many knot.version[], EXCLUDE USING gist (v WITH &&));

-- Settings and comments of the database and of roles in it.
DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET search_path TO knot, "$user", public', current_database());
    EXECUTE format('ALTER DATABASE %I SET work_mem = ''7MB''', current_database());
    EXECUTE format('COMMENT ON DATABASE %I IS ''100 %% knots''', current_database());
    EXECUTE format('GRANT CREATE ON DATABASE %I TO knot_role', current_database());
    EXECUTE format('ALTER ROLE knot_role IN DATABASE %I SET application_name = ''it''''s %% a'' ', current_database());
END $$;
