"""Which embedder a column gets, why, and what is said when there is none or it cannot be."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from console.config.embedder import EmbedderEntry
from console.config.profile import Profile, Target
from console.errors import ConsoleError, Refused, UsageError
from console.vectors.column import VectorColumn
from console.vectors.embedders import choosing
from console.vectors.embedders.choosing import Chosen
from console.vectors.embedders.hashing import HashingEmbedder
from console.vectors.embedders.models import said_likely
from console.vectors.embedders.wordllama import WordllamaEmbedder
from console.vectors.metric import Kind
from tests.vectors.endpoint import Reply, running

OPENAI = EmbedderEntry("openai", "text-embedding-3-small", "https://api.openai.com/v1", "OPENAI_API_KEY")


def column(dimensions: int | None = 1536, **more: Any) -> VectorColumn:
    given = {"kind": Kind.VECTOR, "schema": "public", "table": "notes", "name": "embedding", **more}
    return VectorColumn(table_oid=1, dimensions=dimensions, extension="public", version="0.8.5", **given)


def target(entry: EmbedderEntry | None = None, *, trusted: bool = True, demo: str | None = None) -> Target:
    entries = {"public.notes.embedding": entry} if entry is not None else {}
    profile = Profile("dev", embedders=entries, source=Path("/project/dbconsole.toml"), trusted=trusted)
    return Target("dev", {}, profile=profile, demo=demo)


def choose(where: Target, dimensions: int | None = 1536, wanted: str | None = None, **environ: str) -> Chosen:
    return choosing.choose(where, column(dimensions), wanted=wanted, environ=environ, cwd=Path("/"))


class TestWhich:
    def test_the_demo_has_its_own(self) -> None:
        chosen = choose(Target("demo:kimbleai", {}, demo="kimbleai"))
        assert (chosen.embedder.name, chosen.reason) == ("hashing", "the demo's columns are filled with it")

    def test_a_profile_names_it(self) -> None:
        chosen = choose(target(OPENAI), OPENAI_API_KEY="k")
        assert chosen.embedder.name == "text-embedding-3-small at api.openai.com"
        assert chosen.reason == "profile dev names it"
        assert chosen.embedder.notice == "Words are sent to api.openai.com (text-embedding-3-small)."

    @pytest.mark.parametrize(
        ("wanted", "name"),
        [
            ("wordllama", "wordllama"),
            ("hashing", "hashing"),
            ("ollama:nomic-embed-text:v1.5", "nomic-embed-text:v1.5 at localhost:11434"),
            ("openai:text-embedding-3-small", "text-embedding-3-small at api.openai.com"),
            ("http://gpu:8000/v1#BAAI/bge-m3", "BAAI/bge-m3 at gpu:8000"),
        ],
    )
    def test_what_is_asked_for_wins(self, wanted: str, name: str) -> None:
        chosen = choose(target(OPENAI), None, wanted, OPENAI_API_KEY="k")
        assert (chosen.embedder.name, chosen.reason) == (name, "as asked for")

    @pytest.mark.parametrize("wanted", ["", "gpt", "openai", "openai:", "ollama", "http://gpu/v1", "gpu/v1#m"])
    def test_what_is_none(self, wanted: str) -> None:
        with pytest.raises(UsageError, match="There is no embedder") as caught:
            choose(target(), wanted=wanted)
        assert "wordllama, hashing, openai:MODEL" in caught.value.hint

    def test_a_key_in_the_address_is_refused_and_not_repeated(self) -> None:
        with pytest.raises(UsageError) as caught:
            choose(target(), wanted="https://sk-secret@gpu/v1#m")
        assert "sk-secret" not in str(caught.value.as_dict())


class TestNone:
    def test_it_is_said_what_to_write_where(self) -> None:
        with pytest.raises(UsageError) as caught:
            choose(target())
        error = caught.value
        assert error.title.startswith("No embedder is named for public.notes.embedding")
        assert error.detail.splitlines() == [
            "1,536 dimensions are those of text-embedding-3-small (OpenAI), text-embedding-ada-002 (OpenAI) or"
            " amazon.titan-embed-text-v1 (Amazon).",
            '[profiles.dev.embedders."public.notes.embedding"]',
            'provider = "openai"',
            'model = "text-embedding-3-small"',
        ]
        assert "/project/dbconsole.toml" in error.hint

    def test_a_database_without_a_profile_needs_one_first(self, home: Path) -> None:
        with pytest.raises(UsageError) as caught:
            choose(Target("app@localhost", {}), 768, DBCONSOLE_HOME=str(home))
        assert "dbconsole profiles add NAME URL" in caught.value.hint
        assert str(home / "config" / "config.toml") in caught.value.hint
        assert 'model = "nomic-embed-text"' in caught.value.detail

    @pytest.mark.parametrize("dimensions", [None, 1, 256, 384, 768, 1024, 1536, 3072, 777])
    def test_what_is_to_be_written_can_be_read(self, dimensions: int | None) -> None:
        import tomllib

        [found] = tomllib.loads(choosing.example(target(), column(dimensions)))["profiles"]["dev"]["embedders"].values()
        assert set(found) - {"model"} == {"provider"}

    def test_bits_have_none(self) -> None:
        with pytest.raises(UsageError, match="its vectors are bits"):
            choosing.choose(target(OPENAI), column(64, kind=Kind.BIT), environ={}, cwd=Path("/"))


class TestTrust:
    @pytest.mark.parametrize("url", ["https://evil.example/v1", "http://localhost:1/v1"])
    def test_a_strangers_file_sends_nothing(self, url: str) -> None:
        entry = EmbedderEntry("openai", "m", url, key_env="AWS_SECRET")
        with pytest.raises(Refused, match="would send words to an embedder") as caught:
            choose(target(entry, trusted=False), AWS_SECRET="s3cret")
        assert "s3cret" not in str(caught.value.as_dict())

    def test_what_stays_here_needs_no_trust(self) -> None:
        assert choose(target(EmbedderEntry("hashing"), trusted=False)).embedder.name == "hashing"

    def test_nor_does_what_is_asked_for(self) -> None:
        assert choose(target(OPENAI, trusted=False), 768, "ollama:nomic-embed-text").embedder.notice == ""


class TestKeysAndAddresses:
    def test_a_key_that_is_not_set_is_said_before_anything_is_sent(self) -> None:
        with pytest.raises(UsageError, match="OPENAI_API_KEY is not set, and text-embedding-3-small at"):
            choose(target(OPENAI))

    def test_a_key_may_stand_in_the_projects_env_file(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("OPENAI_API_KEY=from-the-file\n")
        chosen = choosing.choose(target(OPENAI), column(), environ={}, cwd=tmp_path)
        assert chosen.embedder.inner.endpoint.key == "from-the-file"  # type: ignore[attr-defined]

    def test_an_env_file_cannot_carry_the_shells_variables_away(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("OPENAI_API_KEY=${AWS_SECRET}\n")
        with pytest.raises(ConsoleError) as caught:
            choosing.choose(target(OPENAI), column(), environ={"AWS_SECRET": "s3cret"}, cwd=tmp_path)
        assert "s3cret" not in str(caught.value.as_dict())

    def test_an_address_may_come_from_the_environment(self) -> None:
        entry = EmbedderEntry("ollama", "nomic-embed-text", "${OLLAMA}")
        assert choose(target(entry), 768, OLLAMA="http://gpu:1/v1").embedder.name == "nomic-embed-text at gpu:1"
        with pytest.raises(UsageError, match="needs OLLAMA, which is not set"):
            choose(target(entry), 768)
        with pytest.raises(UsageError, match="has to be a URL"):
            choose(target(entry), 768, OLLAMA="gpu")


class TestLengths:
    @pytest.mark.parametrize(
        ("model", "dimensions", "asked"),
        [
            ("text-embedding-3-small", 1536, None),
            ("text-embedding-3-small", 512, 512),
            ("text-embedding-3-large", 1536, 1536),
            ("text-embedding-3-large", None, None),
            ("unknown", 512, None),
        ],
    )
    async def test_a_model_that_can_is_asked_for_the_columns_length(
        self, model: str, dimensions: int | None, asked: int | None
    ) -> None:
        with running() as endpoint:
            endpoint.always = lambda request: Reply.of({"data": [{"embedding": [0.5] * (dimensions or 8)}]})
            chosen = choose(target(EmbedderEntry("openai", model, endpoint.url)), dimensions)
            await chosen.embedder.embed(["a"])
            await chosen.embedder.close()
        assert endpoint.requests[0].said.get("dimensions") == asked

    @pytest.mark.parametrize(
        ("entry", "dimensions"),
        [
            (EmbedderEntry("ollama", "nomic-embed-text", "http://localhost:1/v1"), 1536),
            (EmbedderEntry("openai", "text-embedding-ada-002", "http://localhost:1/v1"), 3072),
            (EmbedderEntry("openai", "text-embedding-3-small", "http://localhost:1/v1"), 3072),
        ],
    )
    def test_what_cannot_fit_is_known_before_anything_is_sent(self, entry: EmbedderEntry, dimensions: int) -> None:
        with pytest.raises(UsageError, match=f"takes {dimensions:,} dimensions, and {entry.model} at") as caught:
            choose(target(entry), dimensions)
        assert caught.value.detail == said_likely(dimensions)

    async def test_or_after_the_first_answer(self) -> None:
        with running(64) as endpoint:
            chosen = choose(target(EmbedderEntry("openai", "mine", endpoint.url)), 768)
            with pytest.raises(UsageError, match=r"takes 768 dimensions, and mine at .* makes 64") as caught:
                await chosen.embedder.embed(["a"])
            await chosen.embedder.close()
        assert "nomic-embed-text" in caught.value.detail

    @pytest.mark.parametrize("provider", ["hashing", "wordllama"])
    @pytest.mark.parametrize("dimensions", [3, 64, 256, 1024, 1536])
    async def test_what_is_made_here_fits_every_column(self, provider: str, dimensions: int) -> None:
        embedder = choose(target(EmbedderEntry(provider)), dimensions).embedder
        [vector, nothing] = await embedder.embed(["the harbour master", " "])
        assert vector is not None
        assert len(vector) == dimensions == embedder.dimensions
        assert sum(value * value for value in vector) == pytest.approx(1)
        assert nothing is None

    async def test_the_same_question_is_asked_once(self) -> None:
        with running(64) as endpoint:
            embedder = choose(target(EmbedderEntry("openai", "mine", endpoint.url)), 64).embedder
            first = await embedder.embed(["boats", "boats"], question=True)
            again = await embedder.embed(["anchors", "boats"], question=True)
            await embedder.embed(["boats"])
            await embedder.embed([f"harbour {number}" for number in range(300)], question=True)
            await embedder.embed(["boats"], question=True)
            await embedder.close()
        assert first == [again[1]] * 2
        assert [text for text in endpoint.texts if "harbour" not in text] == ["boats", "anchors", "boats", "boats"]

    async def test_a_column_of_any_length_takes_what_comes(self) -> None:
        [vector] = await choose(target(EmbedderEntry("hashing")), None).embedder.embed(["harbour"])
        assert vector is not None
        assert len(vector) == 1024


class TestWordllama:
    def test_it_knows_meanings(self) -> None:
        texts = ["reset my password", "recover account credentials", "banana bread"]
        one, like, unlike = (vector for vector in WordllamaEmbedder().vectors(texts) if vector is not None)
        alike = [sum(a * b for a, b in zip(one, other, strict=True)) for other in (like, unlike)]
        assert alike[0] > 0.4 > 0.1 > alike[1]

    def test_a_text_has_the_same_vector_in_any_company(self) -> None:
        texts = ["a boat", "x" * 50_000, "", "\ud800", "\x00", "⛵", "anchors " * 3000]
        together = WordllamaEmbedder().vectors(texts)
        assert together == [WordllamaEmbedder().vectors([text])[0] for text in texts]
        assert together[2] is None
        assert all(len(vector) == 256 for vector in together if vector is not None)

    def test_many_texts_take_little_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The model gets many at once: text by text it takes ten times as long."""
        batches: list[int] = []
        whole = WordllamaEmbedder._of
        monkeypatch.setattr(
            WordllamaEmbedder, "_of", lambda self, texts: batches.append(len(texts)) or whole(self, texts)
        )
        texts = [f"the quick brown fox jumps over {number} lazy dogs" for number in range(1_000)]
        assert None not in WordllamaEmbedder().vectors(texts)
        assert (sum(batches), len(batches)) == (1_000, 16)

    def test_without_the_extra_it_is_said_how_to_install_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
        with pytest.raises(UsageError, match="wordllama is not installed") as caught:
            choose(target(EmbedderEntry("wordllama")), 256)
        assert "dbconsole[embed]" in caught.value.hint


def test_hashing_that_is_longer_than_a_column_is_made_shorter() -> None:
    assert choose(target(), 64, "hashing").embedder.dimensions == 64
    assert HashingEmbedder(64).dimensions == 64
