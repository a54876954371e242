-- What PostgreSQL 16 adds to honest_reads.sql.
SELECT JSON_OBJECT('a' VALUE 1, 'b': name), JSON_ARRAY(1, 2), JSON_OBJECTAGG(name: id), JSON_ARRAYAGG(id) FROM people GROUP BY name;
