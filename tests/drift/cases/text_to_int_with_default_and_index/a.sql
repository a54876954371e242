CREATE TABLE t (a text DEFAULT 'x', b text DEFAULT '3' NOT NULL, CHECK (b <> 'z'));
CREATE INDEX i ON t (b) WHERE b <> 'q';
