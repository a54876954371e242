CREATE SCHEMA n;
CREATE TABLE r5_father (a integer);
CREATE TABLE r5_mother (a integer DEFAULT 1);
CREATE TABLE n.r5 (a integer) INHERITS (r5_father, r5_mother);
