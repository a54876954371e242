-- since 18
CREATE SCHEMA n;
CREATE TABLE r5_father (a integer);
CREATE TABLE r5_mother (a integer DEFAULT 1);
ALTER TABLE r5_father ADD CONSTRAINT heard CHECK (a IS NOT NULL) NOT VALID;
CREATE TABLE n.r5 (a integer) INHERITS (r5_mother, r5_father);
