CREATE TYPE e AS ENUM ('first');
CREATE TYPE q AS ENUM ('it''s', '"', 'A b');
