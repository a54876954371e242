CREATE SUBSCRIPTION s1 CONNECTION 'dbname=nowhere' PUBLICATION p1, p2 WITH (connect = false, slot_name = NONE, binary = true);
COMMENT ON SUBSCRIPTION s1 IS 'x';
