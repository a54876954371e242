-- since 18
CREATE TABLE room (id int4range, valid daterange, n int, CONSTRAINT k PRIMARY KEY (id, valid WITHOUT OVERLAPS));
CREATE TABLE bk (room int4range, valid daterange, CONSTRAINT fk FOREIGN KEY (room, PERIOD valid) REFERENCES room (id, PERIOD valid));
CREATE VIEW v AS SELECT id, valid FROM room;
INSERT INTO room VALUES ('[1,2)', '[2020-01-01,2021-01-01)');
