CREATE SCHEMA s1;
SET search_path = s1;
CREATE TABLE t (a int, b text, c jsonb, d date[]);
CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE t (a jsonb DEFAULT '{"a": [1, 2]}', b text DEFAULT 'it''s; "q" $$x$$', c bytea DEFAULT '\xdead', d inet DEFAULT '10.0.0.1', e tsrange DEFAULT '[2020-01-01,2021-01-01)', f float DEFAULT 'NaN', g bit(4) DEFAULT B'1010', h numeric DEFAULT 1e10, i text DEFAULT E'a\nb\t\\');
