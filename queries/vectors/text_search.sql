-- A row is a tsvector of a table: a column, or an expression that an index has; with its expression and whether indexed.
-- `relation` is the table's oid. A first row without a column and an expression says the default configuration.
SELECT
    NULL::pg_catalog.text AS column_name,
    NULL::pg_catalog.text AS expression,
    false AS indexed,
    pg_catalog.current_setting('default_text_search_config') AS configuration
UNION ALL
SELECT
    a.attname::pg_catalog.text,
    pg_catalog.pg_get_expr(d.adbin, d.adrelid),
    EXISTS (
        SELECT
        FROM pg_catalog.pg_index AS i
        JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
        JOIN pg_catalog.pg_am AS m ON m.oid = x.relam
        WHERE i.indrelid = a.attrelid AND i.indkey[0] = a.attnum AND i.indisvalid AND i.indpred IS NULL
            AND m.amname IN ('gin', 'gist')
    ),
    NULL
FROM pg_catalog.pg_attribute AS a
LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.attgenerated <> ''
WHERE a.attrelid = %(relation)s::pg_catalog.oid
    AND a.attnum > 0
    AND NOT a.attisdropped
    AND a.atttypid = 'pg_catalog.tsvector'::pg_catalog.regtype
    AND pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')
UNION ALL
SELECT NULL, pg_catalog.pg_get_expr(i.indexprs, i.indrelid), true, NULL
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
JOIN pg_catalog.pg_am AS m ON m.oid = x.relam
JOIN pg_catalog.pg_attribute AS k ON k.attrelid = i.indexrelid AND k.attnum = 1
JOIN pg_catalog.pg_opclass AS o ON o.oid = i.indclass[0]
WHERE i.indrelid = %(relation)s::pg_catalog.oid
    AND i.indexprs IS NOT NULL
    AND i.indnatts = 1
    AND i.indisvalid
    AND i.indpred IS NULL
    AND m.amname IN ('gin', 'gist')
    AND o.opcintype = 'pg_catalog.tsvector'::pg_catalog.regtype
