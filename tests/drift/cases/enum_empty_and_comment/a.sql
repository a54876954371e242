CREATE TYPE e AS ENUM ();
CREATE TYPE q AS ENUM ('it''s', 'A b');
COMMENT ON TYPE q IS 'with a quote';
