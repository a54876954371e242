-- Adds the row of the lease.
INSERT INTO dbconsole.lease (name) VALUES ('migrations') ON CONFLICT (name) DO NOTHING
