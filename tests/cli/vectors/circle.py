"""A database with vectors of which one knows without it what lies near what: points of a circle."""

from __future__ import annotations

import math
from typing import Any

# Forty points of a circle, nine degrees apart; the last two have no vector, and one of zeros.
GROUND = """
CREATE SCHEMA "the ext"; CREATE EXTENSION vector SCHEMA "the ext";
CREATE TABLE docs (id int PRIMARY KEY, title text NOT NULL, body text NOT NULL, lang text NOT NULL,
    embedding "the ext".vector(3));
INSERT INTO docs SELECT n, 'Document ' || n,
    'The ' || n || ' degrees of a circle: ' || CASE n % 4 WHEN 0 THEN 'a red apple' WHEN 1 THEN 'a green pear'
        ELSE 'something blue' END || ' and many other words that make the text long enough to be read as one.',
    CASE n % 2 WHEN 0 THEN 'en' ELSE 'de' END,
    format('[%s,%s,0.25]', cos(radians(n * 9)), sin(radians(n * 9)))::"the ext".vector
FROM generate_series(0, 39) AS n;
UPDATE docs SET embedding = NULL WHERE id = 38;
UPDATE docs SET embedding = '[0,0,0]' WHERE id = 39;
CREATE INDEX docs_embedding ON docs USING hnsw (embedding "the ext".vector_cosine_ops);
CREATE TABLE pairs (a int, b text, v "the ext".halfvec(2), PRIMARY KEY (a, b));
INSERT INTO pairs SELECT n, 'b,' || n, format('[%s,1]', n)::"the ext".halfvec FROM generate_series(1, 5) AS n;
CREATE TABLE keyless (name text, v "the ext".vector(2));
INSERT INTO keyless VALUES ('x', '[1,0]'), ('y', '[0,1]');
CREATE FUNCTION match_docs(query "the ext".vector, wanted text, match_count int DEFAULT 2)
RETURNS TABLE (id int, title text, similarity float8) LANGUAGE sql STABLE AS $$
    SELECT d.id, d.title, 1 - (d.embedding OPERATOR("the ext".<=>) query) FROM public.docs AS d
    WHERE d.lang = wanted ORDER BY d.embedding OPERATOR("the ext".<=>) query LIMIT match_count
$$;
CREATE FUNCTION careless(query "the ext".vector) RETURNS SETOF docs LANGUAGE plpgsql
AS 'BEGIN DELETE FROM public.pairs; RETURN QUERY SELECT * FROM public.docs LIMIT 1; END';
ANALYZE;
"""
ALIVE = range(38)


def point(number: float) -> tuple[float, float, float]:
    """Return the vector of a document."""
    return math.cos(math.radians(number * 9)), math.sin(math.radians(number * 9)), 0.25


def distance(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Return the cosine distance, in the arithmetic of paper."""
    product = sum(a * b for a, b in zip(one, other, strict=True))
    return 1 - product / math.hypot(*one) / math.hypot(*other)


def nearest(question: tuple[float, ...], k: int, *, without: tuple[int, ...] = ()) -> list[set[str]]:
    """Return sets of ids that are equally far, the nearest first, until there are k."""
    rows = sorted((round(distance(question, point(n)), 9), n) for n in ALIVE if n not in without)
    return [{str(n) for far, n in rows if abs(far - rows[place][0]) < 1e-6} for place in range(k)]


def ids(document: Any) -> list[Any]:
    return [hit["id"] for hit in document["hits"]]


def matches(seen: list[Any], wanted: list[set[str]]) -> bool:
    return len(seen) == len(set(seen)) == len(wanted) and all(
        each in ties for each, ties in zip(seen, wanted, strict=True)
    )
