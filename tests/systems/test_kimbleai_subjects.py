"""Searching kimbleai's knowledge by meaning: the offline embedder finds what a question is about, and no nonsense.

The questions are those of `subjects.toml`; none names its subject. The search is the console's own, by words.
"""

from __future__ import annotations

import asyncio
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean

import pytest

from console.config.profile import Target
from console.db.guard import consent
from console.db.session import Session
from console.vectors.embedders.choosing import choose
from console.vectors.filling import declared
from console.vectors.filling.filling import fill
from console.vectors.finding import find_one
from console.vectors.search.question import Question, Words
from console.vectors.search.searching import search
from tests.databases import Databases
from tests.systems import kimbleai

pytestmark = pytest.mark.vector

_TOLD = tomllib.loads((Path(__file__).parent / "subjects.toml").read_text())
QUESTIONS = {each["name"]: tuple(each["queries"]) for each in _TOLD["subject"]}
UNSEEN = {each["name"]: tuple(each["unseen"]) for each in _TOLD["subject"]}
SETS = (("written first", QUESTIONS), ("unseen", UNSEEN))
NONSENSE = tuple(_TOLD["nonsense"])

Subjects = dict[str, list[str]]  # question → the subjects of the first ten hits


@pytest.fixture(scope="module")
def filled(databases: Databases) -> Iterator[Target]:
    """Return kimbleai, whose knowledge has no embeddings yet."""
    target = databases.make("kimbleai")
    yield target
    databases.drop(target)


@pytest.fixture(scope="module")
def by_meaning(filled: Target) -> Subjects:
    """Return what all questions find when wordllama has made the vectors."""
    return asyncio.run(_asked(filled, "wordllama"))


async def _asked(target: Target, embedder: str) -> Subjects:
    """Fill the column by an embedder, and ask everything."""
    questions = [*(one for _, asked in SETS for each in asked.values() for one in each), *NONSENSE]
    async with await Session.open(target, what="test") as session:
        column = await find_one(session, "public.knowledge_base.embedding")
        chosen = choose(target, column, wanted=embedder)
        wanted = [each for each in declared.read(kimbleai.SYSTEM.folder) if each.name == column.full_name]
        async for _ in fill(session, wanted, chosen.embedder, consent(target, action="fill")):
            pass
        return {text: await _subjects(session, column, text, chosen.embedder) for text in questions}


async def _subjects(session: Session, column: object, text: str, embedder: object) -> list[str]:
    found = await search(session, column, Question(Words(text), exact=True), embedder)  # type: ignore[arg-type]
    place = found.columns.index("metadata")
    subjects = [re.search(r'"subject": "([^"]*)"', hit.row[place] or "") for hit in found.hits]
    return [match[1] for match in subjects if match]


@pytest.mark.parametrize("subject", QUESTIONS)
def test_a_question_finds_its_subject(by_meaning: Subjects, subject: str) -> None:
    hits = [by_meaning[question].count(subject) for question in QUESTIONS[subject]]
    print(f"{subject}: {hits} of 10")
    assert min(hits) >= 8


def test_questions_written_before_their_author_read_the_texts(by_meaning: Subjects) -> None:
    """Not each of them: some ask for what only two or three documents speak of. Most, and on average."""
    hits = {one: (subject, by_meaning[one].count(subject)) for subject, each in UNSEEN.items() for one in each}
    print(*(f"{count:2} of 10  {subject}: {one}" for one, (subject, count) in hits.items()), sep="\n")
    counts = [count for _, count in hits.values()]
    assert mean(counts) >= 8.5
    assert sum(count >= 8 for count in counts) >= 0.8 * len(counts)
    assert mean(by_meaning[each[0]].count(subject) for subject, each in UNSEEN.items()) >= 9.3
    assert min(by_meaning[each[0]].count(subject) for subject, each in UNSEEN.items()) >= 7


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_finds_no_subject(by_meaning: Subjects, text: str) -> None:
    [(subject, most)] = Counter(by_meaning[text]).most_common(1)
    print(f"{most} of 10 are about {subject}")
    assert most < 8


@pytest.mark.parametrize("subject", UNSEEN)
def test_no_question_names_its_subject(subject: str) -> None:
    names = {word for word in re.findall(r"\w+", subject.casefold()) if len(word) > 2 and word != "and"}
    asked = set(re.findall(r"\w+", " ".join((*QUESTIONS[subject], *UNSEEN[subject])).casefold()))
    assert not names & asked


def test_the_hashing_embedder_beside_it(make_database: Callable[..., Target], by_meaning: Subjects) -> None:
    """It knows no meaning: shared words are all it has, and nonsense fares no better."""
    found = asyncio.run(_asked(make_database("kimbleai"), "hashing"))
    for name, questions in SETS:
        for way, seen in (("wordllama", by_meaning), ("hashing", found)):
            counts = [seen[one].count(subject) for subject, each in questions.items() for one in each]
            print(f"{name}, {way}: {mean(counts):.2f} of 10 on average, at least {min(counts)}")
    assert all(Counter(found[text]).most_common(1)[0][1] < 8 for text in NONSENSE)
    assert mean(found[one].count(subject) for subject, each in QUESTIONS.items() for one in each) >= 8.8
