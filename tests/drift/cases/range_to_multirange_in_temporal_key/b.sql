CREATE TABLE room (id int4range, valid datemultirange, n bigint, CONSTRAINT k UNIQUE (id, valid WITHOUT OVERLAPS));
CREATE TABLE bk (room int4range, valid datemultirange, CONSTRAINT fk FOREIGN KEY (room, PERIOD valid) REFERENCES room (id, PERIOD valid) NOT ENFORCED);
CREATE VIEW v AS SELECT id, valid FROM room;
