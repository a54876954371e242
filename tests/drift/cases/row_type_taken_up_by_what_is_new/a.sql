CREATE TABLE r (a integer, b text);
INSERT INTO r VALUES (1, 'x');
CREATE TABLE gets (id integer);
CREATE TABLE turns (id integer, was text);
CREATE TABLE leaves (id integer, one r);
CREATE TABLE s (a integer);
