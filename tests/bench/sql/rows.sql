-- A million rows, once with a primary key and once without any key, and statistics of both.
CREATE TABLE keyed (
    id bigint PRIMARY KEY,
    title text NOT NULL,
    status text NOT NULL,
    amount numeric(12, 2) NOT NULL,
    created_at timestamptz NOT NULL,
    note text
);
INSERT INTO keyed
SELECT
    number,
    'entry number ' || number,
    (ARRAY['new', 'open', 'done'])[1 + number % 3],
    number * 0.25,
    timestamptz '2025-01-01 00:00:00+00' + number * interval '1 minute',
    CASE WHEN number % 4 > 0 THEN repeat('word ', (number % 8)::integer) END
FROM generate_series(1, 1000000) AS number;
CREATE TABLE keyless AS TABLE keyed;
ANALYZE keyed, keyless;
