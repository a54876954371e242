CREATE TYPE r AS RANGE (subtype = int);
CREATE TYPE c AS (r r);
CREATE DOMAIN d AS r CHECK (NOT isempty(VALUE));
CREATE TABLE t (c c, d d, rs r[], m r_multirange);
INSERT INTO t VALUES (ROW('[1,2)'), '[1,3)', '{"[1,2)"}', '{[1,2)}');
