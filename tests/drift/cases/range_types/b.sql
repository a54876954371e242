CREATE TYPE fr AS RANGE (subtype = float8, multirange_type_name = fm);
CREATE TABLE t (r fr, m fm, EXCLUDE USING gist (r WITH &&));
