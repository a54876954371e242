"""`embed` fills what is missing: counted first, by the embedder that was named, with consent; its document."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from tests.cli import shapes
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.cli.test_streams import DBCONSOLE, ROOT
from tests.databases import Databases
from tests.vectors.endpoint import Endpoint, Reply, Request, running

NOTES = """
    CREATE EXTENSION vector;
    CREATE TABLE notes (id int PRIMARY KEY, title text, body text, embedding vector(64));
    INSERT INTO notes SELECT n, 'note ' || n, 'boats and harbours ' || n FROM generate_series(1, 300) AS n;
    INSERT INTO notes VALUES (301, NULL, ' '), (302, NULL, NULL);
"""
COLUMN = "notes.embedding"


@pytest.fixture
def notes(make_database: Callable[..., Target]) -> Target:
    return make_database(NOTES)


@pytest.fixture
def connection(databases: Databases, notes: Target) -> Iterator[psycopg.Connection[Any]]:
    with databases.connect(notes) as opened:
        yield opened


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with running(64) as started:
        yield started


@pytest.fixture
def profile(notes: Target, home: Path) -> Callable[..., str]:
    """Return a maker of a profile whose column has an embedder."""

    def make(*, guard: str = "open", **embedder: object) -> str:
        entry = "\n".join(f"{key} = {json.dumps(value)}" for key, value in embedder.items())
        file = home / "config" / "config.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(
            f'[profiles.dev]\nurl = "{url(notes)}"\nguard = "{guard}"\n'
            f'[profiles.dev.embedders."public.notes.embedding"]\n{entry}\n'
        )
        return "dev"

    return make


def count(connection: psycopg.Connection[Any]) -> int:
    [(rows,)] = connection.execute("SELECT count(embedding) FROM notes").fetchall()
    return int(rows)


class TestWork:
    def test_what_is_missing_is_made(self, console: Console, notes: Target, connection: Any) -> None:
        done = console("embed", url(notes), COLUMN, "--from", "body", "--embedder", "hashing", "--json")
        assert done.code == 0
        shapes.check("embed", done.document)
        assert (done.document["filled"], done.document["failed"]) == (300, 0)
        assert done.document["missing"]["rows"] == 300
        assert done.document["missing"]["without_text"] == 2
        assert done.document["missing"]["cost"] == 0
        assert count(connection) == 300

    def test_and_only_once(self, console: Console, notes: Target) -> None:
        words = ("embed", url(notes), COLUMN, "--from", "body", "--from", "title", "--embedder", "wordllama")
        first, second = console(*words), console(*words)
        assert (first.code, second.code) == (0, 0)
        assert "✓ 300 embeddings of public.notes.embedding made by wordllama" in first.err
        assert "No embedding is missing in public.notes.embedding; 2 rows without a text stay empty" in second.err

    def test_only_counted(self, console: Console, notes: Target, connection: Any) -> None:
        done = console("embed", url(notes), COLUMN, "--from", "body", "--embedder", "hashing", "--dry-run", "--json")
        assert done.code == 0
        shapes.check("embed", done.document)
        assert (done.document["filled"], done.document["missing"]["rows"]) == (0, 300)
        assert count(connection) == 0

    def test_the_profile_says_it_all(
        self, console: Console, profile: Callable[..., str], connection: Any, endpoint: Endpoint
    ) -> None:
        name = profile(provider="openai", url=endpoint.url, model="mine", text=["title", "body"], price=10)
        done = console("embed", name, COLUMN, "--batch", "50", "--json")
        assert done.code == 0
        assert endpoint.texts[0] == "note 1 boats and harbours 1"
        assert done.document["embedder"]["reason"] == "profile dev names it"
        octets = connection.execute("SELECT sum(length(title) + length(body)) FROM notes WHERE id <= 300").fetchone()[0]
        assert done.document["missing"]["tokens"] == pytest.approx(octets / 4, abs=1)
        assert done.document["missing"]["cost"] == pytest.approx(octets / 4 * 10 / 1e6, rel=0.01)
        assert count(connection) == 300

    def test_or_the_folders_file(self, console: Console, notes: Target, workplace: Path, connection: Any) -> None:
        (workplace / "migrations").mkdir()
        (workplace / "migrations" / "embeddings.toml").write_text(
            '["public.notes.embedding"]\ntext = ["title"]\nwhere = { id = [1, 2, 3] }\n'
        )
        done = console("embed", url(notes), COLUMN, "--embedder", "hashing", "--json")
        assert (done.document["from"], done.document["filled"]) == (["title"], 3)

    def test_two_embedders_are_not_mixed(self, console: Console, notes: Target, connection: Any) -> None:
        words = ("embed", url(notes), COLUMN, "--from", "body")
        assert console(*words, "--embedder", "hashing").code == 0
        connection.execute("UPDATE notes SET embedding = NULL WHERE id > 100")
        done = console(*words, "--embedder", "wordllama", "--json")
        assert done.code == 5
        assert "was not made by wordllama" in done.err
        assert count(connection) == 100
        assert console(*words, "--embedder", "hashing").code == 0

    def test_other_texts_are_said(self, console: Console, notes: Target, connection: Any) -> None:
        words = ("embed", url(notes), COLUMN, "--embedder", "wordllama")
        assert console(*words, "--from", "body").code == 0
        connection.execute("UPDATE notes SET embedding = NULL WHERE id > 100")
        done = console(*words, "--from", "body", "--from", "title", "--json")
        assert done.code == 0
        assert "seems to stand for other texts" in done.document["remarks"][0]

    def test_a_length_that_does_not_fit(self, console: Console, notes: Target) -> None:
        done = console("embed", url(notes), COLUMN, "--from", "body", "--embedder", "ollama:nomic-embed-text")
        assert done.code == 2
        assert "takes 64 dimensions, and nomic-embed-text at localhost:11434 makes 768" in done.err


class TestTrouble:
    def test_some_texts_are_refused(
        self, console: Console, profile: Callable[..., str], connection: Any, endpoint: Endpoint
    ) -> None:
        def picky(request: Request) -> Reply:
            if any(text.endswith(("7", "harbours 100")) for text in request.texts):
                return Reply.of({"error": {"message": "too long"}}, 400)
            return endpoint.embeddings(request)

        endpoint.always = picky
        name = profile(provider="openai", url=endpoint.url, model="mine")
        done = console("embed", name, COLUMN, "--from", "body", "--json")
        assert done.code == 1
        assert (done.document["filled"], done.document["failed"]) == (269, 31)
        assert done.document["remarks"] == ["The last text that became no embedding: too long"]
        assert count(connection) == 269

    def test_a_row_that_the_database_refuses_is_named(
        self, console: Console, profile: Callable[..., str], connection: Any
    ) -> None:
        connection.execute("ALTER TABLE notes ADD CONSTRAINT never CHECK (id <> 7 OR embedding IS NULL)")
        words = ("embed", profile(provider="hashing"), COLUMN, "--from", "body")
        done = console(*words, "--json")
        assert (done.code, done.document["ok"], count(connection)) == (1, False, 299)
        assert (done.document["filled"], done.document["failed"], done.document["left"]) == (299, 1, 0)
        sentence = 'new row for relation "notes" violates check constraint "never"'
        assert done.document["refused"] == [{"id": "7", "error": sentence}]
        again = console(*words)
        assert again.code == 1
        assert f"! Row 7: {sentence}" in again.err
        assert "! 0 embeddings of public.notes.embedding made by hashing, 1 row got none" in again.err

    def test_an_endpoint_that_fails_in_the_middle(
        self, console: Console, profile: Callable[..., str], connection: Any, endpoint: Endpoint
    ) -> None:
        name = profile(provider="openai", url=endpoint.url, model="mine", batch=100)
        endpoint.next = [endpoint.embeddings, Reply.of({"error": "no such model"}, 404)]
        done = console("embed", name, COLUMN, "--from", "body", "--batch", "100")
        assert done.code == 3
        assert "✗ mine at 127.0.0.1" in done.err
        assert "100 embeddings are written and stay." in done.err
        again = console("embed", name, COLUMN, "--from", "body", "--json")
        assert again.document["filled"] == 200
        assert len(set(endpoint.texts)) == 300

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["notes.embedding"], "Its texts are: "),
            (["notes.embedding", "--from", "bodi"], "There is no column bodi beside public.notes.embedding"),
            (["notes.nothing", "--from", "body"], "has no column nothing"),
            (["notes.embedding", "--from", "body", "--embedder", "gpt"], "There is no embedder gpt"),
            ([], "Which column is to be filled was not said"),
        ],
    )
    def test_what_was_not_said_right(self, console: Console, notes: Target, words: list[str], said: str) -> None:
        embedder = [] if "--embedder" in words else ["--embedder", "hashing"]
        done = console("embed", url(notes), *words, *embedder)
        assert done.code == 2
        assert said in done.err

    def test_without_an_embedder_it_is_said_what_to_write(self, console: Console, notes: Target) -> None:
        done = console("embed", url(notes), COLUMN, "--from", "body")
        assert done.code == 2
        assert "No embedder is named for public.notes.embedding" in done.err
        assert '[profiles.NAME.embedders."public.notes.embedding"]' in done.err

    def test_an_endpoint_of_a_file_that_is_not_trusted(
        self, console: Console, notes: Target, workplace: Path, endpoint: Endpoint
    ) -> None:
        (workplace / "dbconsole.toml").write_text(
            f'[profiles.theirs]\nurl = "{url(notes)}"\n[profiles.theirs.embedders."*"]\n'
            f'provider = "openai"\nmodel = "m"\nurl = "{endpoint.url}"\nkey_env = "HOME"\n'
        )
        done = console("embed", "theirs", COLUMN, "--from", "body", "--yes")
        assert done.code == 5
        assert "would send words to an embedder" in done.err
        assert not endpoint.requests


class TestInterrupted:
    @pytest.mark.parametrize(("sign", "left"), [(signal.SIGINT, "pending"), (signal.SIGKILL, "generating")])
    def test_what_was_made_stays_and_the_next_run_goes_on(
        self, console: Console, notes: Target, connection: Any, endpoint: Endpoint, sign: signal.Signals, left: str
    ) -> None:
        connection.execute("ALTER TABLE notes ADD embedding_status text DEFAULT 'pending'")
        endpoint.next = [endpoint.embeddings, endpoint.embeddings, Reply(hangs=True)]
        words = ["embed", url(notes), COLUMN, "--from", "body", "--batch", "100", "--embedder", f"{endpoint.url}#mine"]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen([*DBCONSOLE, *words], env=env, stderr=subprocess.PIPE) as process:
            while len(endpoint.requests) < 3:
                assert process.poll() is None, process.communicate()
                time.sleep(0.01)
            process.send_signal(sign)
            said = process.communicate(timeout=60)[1].decode()
        if sign is signal.SIGINT:
            assert process.returncode == 130
            assert "100 embeddings are written and stay." in said
        assert count(connection) == 100
        states = connection.execute(
            "SELECT embedding_status, count(*) FROM notes WHERE id <= 300 GROUP BY 1"
        ).fetchall()
        assert dict(states)["completed"] == 100
        assert dict(states)[left] >= 100
        assert console(*words).code == 0
        assert connection.execute("SELECT count(*) FROM notes WHERE embedding_status = 'completed'").fetchall() == [
            (300,)
        ]


class TestConsent:
    def test_it_is_asked_for(self, console: Console, profile: Callable[..., str], connection: Any) -> None:
        name = profile(guard="confirm", provider="hashing")
        refused = console("embed", name, COLUMN, "--from", "body")
        assert refused.code == 5
        assert "to make 300 embeddings was not confirmed" in refused.err
        assert count(connection) == 0
        assert console("embed", name, COLUMN, "--from", "body", "--yes").code == 0

    def test_production_wants_its_name(self, console: Console, profile: Callable[..., str], connection: Any) -> None:
        name = profile(guard="production", provider="hashing")
        assert console("embed", name, COLUMN, "--from", "body", "--yes").code == 5
        assert count(connection) == 0
        assert console("embed", name, COLUMN, "--from", "body", "--confirm", "dev").code == 0
        assert count(connection) == 300

    def test_to_count_nobody_is_asked(self, console: Console, profile: Callable[..., str]) -> None:
        name = profile(guard="production", provider="hashing")
        assert console("embed", name, COLUMN, "--from", "body", "--dry-run").code == 0

    def test_that_words_leave_the_machine_is_said(self, console: Console, notes: Target) -> None:
        words = ["embed", url(notes), COLUMN, "--from", "body", "--dry-run", "--json"]
        done = console(*words, "--embedder", "https://gpu.invalid/v1#mine")
        assert "Words are sent to gpu.invalid (mine)." in done.err
        assert done.document["missing"]["cost"] is None

    def test_without_the_extension_it_is_said_how_to_get_it(self, console: Console, here: str) -> None:
        done = console("embed", here, COLUMN, "--from", "body")
        assert done.code == 2
        assert "CREATE EXTENSION vector" in done.err

    def test_it_never_falls_back_to_the_demo(self, console: Console) -> None:
        done = console("embed", COLUMN, "--from", "body")
        assert done.code == 2
        assert "does not fall back to the demo" in done.err
