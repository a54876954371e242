-- One row: what a relation is and how large, by its statistics; nothing here waits for a lock on it.
SELECT
    c.oid,
    c.relkind::pg_catalog.text AS kind,
    a.amname::pg_catalog.text AS access_method,
    pg_catalog.row_security_active(c.oid) AS row_security,
    EXISTS (SELECT FROM pg_catalog.pg_inherits AS i WHERE i.inhparent = c.oid) AS has_children,
    c.reltuples::pg_catalog.float8 AS estimate,
    c.relpages AS pages,
    coalesce(t.relpages, 0) AS toast_pages
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_am AS a ON a.oid = c.relam
LEFT JOIN pg_catalog.pg_class AS t ON t.oid = c.reltoastrelid
WHERE n.nspname = %(schema)s AND c.relname = %(name)s
