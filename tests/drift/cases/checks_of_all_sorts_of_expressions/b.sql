CREATE SCHEMA s1;
SET search_path = s1;
CREATE TABLE t (a int, b text, c jsonb, d date[], CHECK (a IS DISTINCT FROM 4), CHECK (b SIMILAR TO 'a%' OR b IS NULL), CHECK (c ? 'x' AND c->>'y' <> ''), CHECK (d[1] > '2000-01-01' AND array_length(d, 1) <= 3), CHECK (CASE WHEN a > 0 THEN b IS NOT NULL ELSE true END), CHECK ((a, b) <> (1, 'x')), CHECK (a = ANY (ARRAY[1,2,3]) IS NOT FALSE), CHECK (length(b COLLATE "C") < 10), CHECK (EXTRACT(year FROM d[1]) > 1990), CHECK (b ~ $$^\d+$$));
CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE t (a jsonb DEFAULT jsonb_build_object('k', now()), b text DEFAULT concat('x', 1), c bytea DEFAULT decode('ff','hex'), d inet DEFAULT inet_client_addr(), e tsrange DEFAULT tsrange(NULL, NULL), f float DEFAULT random(), g bit(4) DEFAULT 5::bit(4), h numeric DEFAULT pi(), i text DEFAULT current_setting('TimeZone'));
