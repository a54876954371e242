CREATE SUBSCRIPTION s1 CONNECTION 'dbname=nowhere' PUBLICATION p1 WITH (connect = false, slot_name = NONE);
