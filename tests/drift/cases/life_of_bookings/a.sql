CREATE TABLE bookings (id int, room int, during tsrange);
CREATE TABLE prices (item int, valid daterange, amount numeric);
