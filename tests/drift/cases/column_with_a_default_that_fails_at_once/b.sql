CREATE FUNCTION refuses() RETURNS integer LANGUAGE plpgsql STABLE AS $$ BEGIN RAISE 'not now'; END $$;
CREATE DOMAIN short AS varchar(2);
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TABLE t (
    a char(3) DEFAULT CURRENT_USER,
    b varchar(4) COLLATE "C" DEFAULT SESSION_USER NOT NULL,
    c text DEFAULT current_setting('app.tenant'),
    d uuid DEFAULT current_setting('app.tenant')::uuid NOT NULL,
    e integer DEFAULT refuses(),
    f varchar(3) DEFAULT 'longer',
    g bit(3) DEFAULT B'1',
    h positive DEFAULT 0,
    i short DEFAULT 'long',
    j text[] DEFAULT ARRAY[CURRENT_USER::text],
    k numeric(2, 0) DEFAULT 1000,
    l numeric(4, 2) DEFAULT -99.5
);
CREATE TABLE filled (
    id integer,
    owner varchar(20) DEFAULT CURRENT_USER NOT NULL,
    at timestamptz DEFAULT now(),
    setting text DEFAULT current_setting('server_version')
);
INSERT INTO filled VALUES (1), (2);
CREATE TABLE below () INHERITS (t);
CREATE TABLE parted (a integer, b varchar(4) DEFAULT CURRENT_USER) PARTITION BY LIST (a);
CREATE TABLE parted_one PARTITION OF parted FOR VALUES IN (1);
CREATE TABLE pointed (a integer, b char(1) DEFAULT CURRENT_USER);
CREATE TABLE points (one pointed);
