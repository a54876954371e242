-- What PostgreSQL 17 adds to honest_reads.sql.
SELECT JSON_VALUE(data, '$.a' RETURNING int DEFAULT 0 ON EMPTY), JSON_QUERY(data, '$.b' WITH WRAPPER), JSON_EXISTS(data, '$.c'), '{}' IS JSON OBJECT, JSON('{}'), JSON_SCALAR(1), JSON_SERIALIZE('{}') FROM events;
SELECT * FROM JSON_TABLE('[{"a": 1, "kids": [2]}]', '$[*]' COLUMNS (n FOR ORDINALITY, a int PATH '$.a', NESTED PATH '$.kids[*]' COLUMNS (kid int PATH '$'))) AS jt;
