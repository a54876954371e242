-- Makes the table of one row that says who may run migrations now: nobody while its token is null.
CREATE TABLE IF NOT EXISTS dbconsole.lease (
    name       text NOT NULL CONSTRAINT lease_pkey PRIMARY KEY,
    token      uuid,
    holder     text,
    doing      text,
    since      timestamptz,
    expires_at timestamptz
)
