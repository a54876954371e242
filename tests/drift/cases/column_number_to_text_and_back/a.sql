CREATE TABLE t (a int DEFAULT 5 NOT NULL, b boolean DEFAULT true, c date DEFAULT '2020-01-01', d uuid, e numeric(5,2));
CREATE INDEX t_a ON t (a);
