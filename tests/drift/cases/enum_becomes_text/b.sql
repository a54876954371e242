CREATE TABLE t (id int PRIMARY KEY, c text NOT NULL DEFAULT 'r' CHECK (c IN ('r', 'g', 'b')));
CREATE INDEX t_c ON t (c) WHERE c = 'g';
