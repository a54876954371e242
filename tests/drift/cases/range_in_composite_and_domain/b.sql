CREATE TYPE r AS RANGE (subtype = bigint);
CREATE TYPE c AS (r r);
CREATE DOMAIN d AS r CHECK (NOT isempty(VALUE));
CREATE TABLE t (c c, d d, rs r[], m r_multirange);
