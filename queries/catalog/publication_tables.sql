-- One row is a table of a publication.
SELECT r.oid, r.prpubid, r.prrelid
FROM pg_catalog.pg_publication_rel r
