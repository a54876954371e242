CREATE TABLE father (a integer, b integer NOT NULL DEFAULT 4);
