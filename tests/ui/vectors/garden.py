"""A table of notes about a garden, embedded by the hashing embedder, and what else searching meets."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial

from console.config.embedder import EmbedderEntry
from console.config.profile import Profile, Target
from console.vectors.embedders.embedder import written
from console.vectors.embedders.hashing import HashingEmbedder
from tests.ui import driving
from tests.ui.driving import Driver

DIMENSIONS = 256
NOTES = (
    ("Roses", "flower", "The roses want to be cut in March, above an eye that looks outwards."),
    ("Old roses", "flower", "Old roses flower once, and smell more than any that flower all summer."),
    ("Rose rust", "flower", "Orange spots below the leaves of a rose are rust; burn them."),
    ("Tulips", "flower", "Tulips go into the ground in October, three times as deep as they are thick."),
    ("Tomatoes", "food", "Tomatoes are watered below, never over the leaves, and want a roof."),
    ("Tomato blight", "food", "Brown leaves on tomatoes after warm rain are blight."),
    ("Potatoes", "food", "Potatoes are earthed up when they are a hand high."),
    ("Beans", "food", "Beans come after the last frost, six to a pole."),
    ("Compost", "soil", "Compost is turned twice a year, and never gets roots of weeds."),
    ("Mulch", "soil", "Mulch keeps water in the ground, and slugs as well."),
    ("Slugs", "animal", "Slugs are collected at night with a lamp."),
    ("Bees", "animal", "Bees want flowers from March to October, and water on hot days."),
)
_EXTENSION = "CREATE EXTENSION vector;"

driven = partial(driving.driven, place="vectors")
"""Runs the console as `driving.driven` does, with this screen first."""


@cache
def garden(*, index: str = "CREATE INDEX note_embedding ON note USING hnsw (embedding vector_cosine_ops);") -> str:
    """Return the statements: notes with vectors, two that have none yet, and a function that searches."""
    vectors = HashingEmbedder(DIMENSIONS).vectors([f"{title} {text}" for title, _, text in NOTES])
    rows = ",\n".join(
        f"('{title}', '{kind}', '{text}', '{written(vector)}')"
        for (title, kind, text), vector in zip(NOTES, vectors, strict=True)
        if vector is not None
    )
    return f"""{_EXTENSION}
CREATE TABLE note (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text, kind text, body text, embedding vector({DIMENSIONS})
);
INSERT INTO note (title, kind, body, embedding) VALUES
{rows};
INSERT INTO note (title, kind, body) VALUES ('Frost', 'weather', 'Cover the figs before the first frost.'),
    ('Rain', 'weather', 'A barrel below each gutter.');
{index}
CREATE FUNCTION match_notes(query_embedding vector({DIMENSIONS}), wanted_kind text, match_count int DEFAULT 5)
RETURNS TABLE (id int, title text, similarity double precision) LANGUAGE sql STABLE AS $$
    SELECT n.id, n.title, 1 - (n.embedding <=> query_embedding) FROM note n
    WHERE n.kind = wanted_kind AND n.embedding IS NOT NULL ORDER BY n.embedding <=> query_embedding LIMIT match_count
$$;
ANALYZE;
"""


def hashing(target: Target) -> Target:
    """Return a target whose profile names the hashing embedder for every column."""
    entry = EmbedderEntry("hashing", text=("title", "body"))
    return replace(target, profile=Profile(target.name, embedders={"*": entry}))


async def listed(console: Driver) -> None:
    """Wait for the list."""
    await console.sees("note.embedding", "match_notes")


async def opened(console: Driver) -> None:
    """Open the column of the notes."""
    await listed(console)
    await console.press("enter")
    await console.sees("rows, any of them")


async def asked(console: Driver, text: str, *seen: str) -> None:
    """Type a question, and wait for what it finds."""
    await console.type(text)
    await console.press("enter")
    await console.sees(*seen)
