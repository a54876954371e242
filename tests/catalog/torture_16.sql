-- What PostgreSQL 16 adds to torture.sql.
CREATE TABLE app.since_16 (a text STORAGE EXTERNAL COMPRESSION pglz);
