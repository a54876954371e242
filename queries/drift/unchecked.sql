-- One row is a constraint whose own triggers do not all fire as the server has made them: schema, table, name, and which in what state.
SELECT n.nspname, c.relname, k.conname,
    pg_catalog.string_agg(t.tgfoid::pg_catalog.regproc::pg_catalog.text || ' ' || t.tgenabled::pg_catalog.text, ', '
        ORDER BY t.tgfoid, t.tgenabled)
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_constraint k ON k.oid = t.tgconstraint
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE t.tgisinternal AND t.tgenabled <> 'O'
GROUP BY n.nspname, c.relname, k.conname
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", k.conname COLLATE "C"
