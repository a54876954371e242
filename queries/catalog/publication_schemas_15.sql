-- One row is a schema of a publication (since 15).
SELECT s.oid, s.pnpubid, s.pnnspid
FROM pg_catalog.pg_publication_namespace s
