CREATE TABLE bookings (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, room int4range NOT NULL, during tstzrange NOT NULL, CONSTRAINT no_overlap EXCLUDE USING gist (room WITH &&, during WITH &&));
CREATE TABLE prices (item int NOT NULL, valid daterange NOT NULL DEFAULT daterange(CURRENT_DATE, NULL), amount numeric(10,2) CHECK (amount >= 0), CHECK (NOT isempty(valid)));
CREATE INDEX ON prices USING gist (valid);
