"""Searching kimbleai's sample data: questions that never name a subject find its documents, nonsense finds none."""

from __future__ import annotations

import asyncio
import re
import tomllib
from collections import Counter
from pathlib import Path
from statistics import mean
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.db.guard import consent
from console.db.session import Session
from console.vectors.embedders.embedder import padded
from console.vectors.embedders.hashing import HashingEmbedder
from console.vectors.filling import declared
from console.vectors.filling.filling import fill, written
from tests.databases import Databases
from tests.systems import kimbleai

SYSTEM = kimbleai.SYSTEM
Connection = psycopg.Connection[Any]

pytestmark = pytest.mark.vector

_TOLD = tomllib.loads((Path(__file__).parent / "subjects.toml").read_text())
SUBJECTS = {each["name"]: tuple(each["queries"]) for each in _TOLD["subject"]}
NONSENSE = tuple(_TOLD["nonsense"])
QUESTIONS = [(subject, question) for subject, questions in SUBJECTS.items() for question in questions]


def test_each_subject_is_one_persons_and_has_fifteen_or_sixteen_documents(connection: Connection) -> None:
    rows = connection.execute(
        "SELECT metadata ->> 'subject', count(*), count(DISTINCT user_id), count(DISTINCT category_id)"
        " FROM public.knowledge_base GROUP BY 1"
    ).fetchall()
    assert {name for name, *_ in rows} == set(SUBJECTS)
    assert {tuple(counts) for _, *counts in rows} == {(15, 1, 1), (16, 1, 1)}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_question_names_its_subject(subject: str) -> None:
    names = {word for word in re.findall(r"\w+", subject.casefold()) if len(word) > 2 and word != "and"}
    asked = set(re.findall(r"\w+", " ".join(SUBJECTS[subject]).casefold()))
    assert len(SUBJECTS[subject]) == 2
    assert not names & asked


@pytest.fixture(scope="module")
def filled(shared: Connection, databases: Databases) -> Connection:
    """Return the shared connection to the data with its embeddings, as the folder declares them."""
    asyncio.run(_fill(databases.target(shared.info.dbname)))
    return shared


async def _fill(target: Target) -> None:
    async with await Session.open(target, what="test") as session:
        columns = declared.read(SYSTEM.folder)
        async for _ in fill(session, columns, HashingEmbedder(), consent(target, action="fill")):
            pass


def _vector(text: str) -> str:
    [vector] = HashingEmbedder().vectors([text])
    assert vector is not None
    return written(padded(vector, 1536))


def _nearest(connection: Connection, text: str) -> list[str]:
    """Return the subjects of the ten nearest documents of all people, compared one by one."""
    with connection.transaction():
        connection.execute("SET LOCAL enable_indexscan = off")
        rows = connection.execute(
            "SELECT metadata ->> 'subject' FROM public.knowledge_base"
            " ORDER BY embedding <=> %s::public.vector LIMIT 10",
            [_vector(text)],
        ).fetchall()
    return [subject for (subject,) in rows]


def _found(connection: Connection, text: str, person: str) -> list[str]:
    """Return the subjects of the ten documents that the function finds for a person."""
    rows = connection.execute(
        "SELECT k.metadata ->> 'subject' FROM public.search_knowledge_base(%s::public.vector, %s, 10, 0) AS found"
        " JOIN public.knowledge_base AS k USING (id)",
        [_vector(text), person],
    ).fetchall()
    return [subject for (subject,) in rows]


_NEIGHBOURS = """
    SELECT
        bool_and(itself) FILTER (WHERE place = 1),
        count(*) FILTER (WHERE same_subject AND NOT itself),
        min(distance) FILTER (WHERE NOT itself)
    FROM (
        SELECT
            k.id,
            o.id = k.id AS itself,
            o.metadata ->> 'subject' = k.metadata ->> 'subject' AS same_subject,
            o.embedding <=> k.embedding AS distance,
            row_number() OVER (PARTITION BY k.id ORDER BY o.embedding <=> k.embedding) AS place
        FROM public.knowledge_base AS k CROSS JOIN public.knowledge_base AS o
    ) AS near
    WHERE place <= 11
    GROUP BY id
"""


class TestSearch:
    """By the hashing embedder, which knows no meaning. The floors are what it reaches, less a margin."""

    @pytest.mark.parametrize(
        ("table", "rows"), [("knowledge_base", 274), ("messages", 307), ("memory_chunks", 150), ("files", 115)]
    )
    def test_what_has_a_text_has_an_embedding(self, filled: Connection, table: str, rows: int) -> None:
        assert filled.execute(f"SELECT count(embedding) FROM public.{table}".encode()).fetchall() == [(rows,)]

    def test_a_question_finds_its_subject_among_all(self, filled: Connection) -> None:
        hits = [_nearest(filled, question).count(subject) for subject, question in QUESTIONS]
        for (subject, question), count in zip(QUESTIONS, hits, strict=True):
            print(f"{count:2} of 10  {subject}: {question}")
        assert mean(hits) >= 8.8
        assert min(hits) >= 7

    def test_a_question_finds_its_subject_by_the_function(self, filled: Connection) -> None:
        owners = dict(filled.execute("SELECT DISTINCT metadata ->> 'subject', user_id FROM public.knowledge_base"))
        hits = [_found(filled, question, owners[subject]).count(subject) for subject, question in QUESTIONS]
        for (subject, question), count in zip(QUESTIONS, hits, strict=True):
            print(f"{count:2} of 10  {subject}: {question}")
        assert mean(hits) >= 8.8
        assert min(hits) >= 7

    @pytest.mark.parametrize("text", NONSENSE)
    def test_nonsense_finds_no_subject(self, filled: Connection, text: str) -> None:
        assert Counter(_nearest(filled, text)).most_common(1)[0][1] < 8

    def test_a_document_finds_itself_first_and_mostly_its_own_subject(self, filled: Connection) -> None:
        rows = filled.execute(_NEIGHBOURS).fetchall()
        assert len(rows) == 274
        assert all(first for first, _, _ in rows)
        own = [count for _, count, _ in rows]
        print(f"mean {mean(own):.2f} of 10, worst {min(own)}")
        assert mean(own) >= 7.8
        assert min(distance for _, _, distance in rows) > 0.2, "two documents say nearly the same"
