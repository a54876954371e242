"""Embedders in a profile: what may be said of a column, what follows from it, and what is wrong with its line."""

from __future__ import annotations

import pytest

from console.config import embedder
from console.config.embedder import EmbedderEntry
from console.errors import BrokenConfig
from tests.config.conftest import Place

HEAD = '[profiles.dev]\nurl = "postgresql:///app"\n'
COLUMN = "public.notes.embedding"


def entry(place: Place, said: str, column: str = COLUMN) -> EmbedderEntry:
    return place.user(f'{HEAD}[profiles.dev.embedders."{column}"]\n{said}').load().profiles["dev"].embedders[column]


@pytest.mark.parametrize(
    ("provider", "url"),
    [
        ("openai", "https://api.openai.com/v1"),
        ("ollama", "http://localhost:11434/v1"),
        ("lmstudio", "http://localhost:1234/v1"),
        ("vllm", "http://localhost:8000/v1"),
    ],
)
def test_a_provider_has_its_usual_address(place: Place, provider: str, url: str) -> None:
    assert entry(place, f'provider = "{provider}"\nmodel = "m"').url == url


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("", "OPENAI_API_KEY"),
        ('url = "https://api.openai.com/v1"', "OPENAI_API_KEY"),
        ('url = "https://api.openai.com.example/v1"', None),
        ('url = "http://localhost:11434/v1"', None),
        ('url = "https://gpu.example/v1"\nkey_env = "GPU_KEY"', "GPU_KEY"),
        ('key_env = "TEAM_KEY"', "TEAM_KEY"),
    ],
)
def test_the_usual_key_goes_to_its_own_provider_only(place: Place, said: str, key: str | None) -> None:
    assert entry(place, f'provider = "openai"\nmodel = "m"\n{said}').key_env == key


def test_everything_that_can_be_said(place: Place) -> None:
    said = """
        provider = "openai"
        url = "https://gpu.example/v1"
        model = "nomic-embed-text"
        text = ["title", "content"]
        dimensions = 512
        batch = 20
        timeout = "2m"
        price = 0.05
        query_prefix = "search_query: "
        text_prefix = "search_document: "
    """
    assert entry(place, said) == EmbedderEntry(
        "openai", "nomic-embed-text", "https://gpu.example/v1", None, ("title", "content"), 512, 20, 120.0, 0.05,
        "search_query: ", "search_document: ",
    )  # fmt: skip


def test_a_column_may_be_a_single_text(place: Place) -> None:
    assert entry(place, 'provider = "wordllama"\ntext = "body"').text == ("body",)


@pytest.mark.parametrize(
    ("column", "found"),
    [
        (("public", "notes", "embedding"), "whole"),
        (("sales", "notes", "embedding"), "table"),
        (("public", "other", "embedding"), "all"),
    ],
)
def test_the_most_exact_entry_holds(column: tuple[str, str, str], found: str) -> None:
    entries = {
        "*": EmbedderEntry("openai", "all"),
        "notes.embedding": EmbedderEntry("openai", "table"),
        "public.notes.embedding": EmbedderEntry("openai", "whole"),
    }
    chosen = embedder.of_column(entries, *column)
    assert chosen is not None
    assert chosen.model == found


def test_without_an_entry_there_is_none() -> None:
    assert embedder.of_column({"public.a.b": EmbedderEntry("hashing")}, "public", "a", "c") is None


@pytest.mark.parametrize(
    ("said", "line", "sentence"),
    [
        ('model = "m"', 3, "has no provider"),
        ('provider = "openai"', 3, "has no model"),
        ('provider = "opnai"\nmodel = "m"', 4, "one of openai, ollama, lmstudio, vllm, wordllama, hashing"),
        ('provider = "openai"\nmodel = "m"\napi_key = "sk-secret"', 6, "is not a key that dbconsole knows"),
        ('provider = "openai"\nmodel = "m"\nkey_env = "sk-secret"', 6, "never the key itself"),
        ('provider = "openai"\nmodel = "m"\nurl = "localhost:11434"', 6, "has to be a URL such as"),
        ('provider = "openai"\nmodel = "m"\nurl = "ftp://x"', 6, "has to be a URL such as"),
        ('provider = "openai"\nmodel = "m"\nurl = "https://x:99999999"', 6, "has to be a URL such as"),
        ('provider = "openai"\nmodel = "m"\nurl = "https://sk-secret@x/v1"', 6, "name the variable"),
        ('provider = "openai"\nmodel = "m"\nbatch = 0', 6, "whole number above 0"),
        ('provider = "openai"\nmodel = "m"\ndimensions = "1536"', 6, "whole number above 0"),
        ('provider = "openai"\nmodel = "m"\ntimeout = "0"', 6, "duration above 0"),
        ('provider = "openai"\nmodel = "m"\nprice = "cheap"', 6, "dollars for a million tokens"),
        ('provider = "openai"\nmodel = "m"\ntext = []', 6, "a column, or a list"),
        ('provider = "wordllama"\nmodel = "m"', 5, "has no meaning for wordllama"),
        ('provider = "hashing"\nurl = "http://x"', 5, "has no meaning for hashing"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_no_secret(place: Place, said: str, line: int, sentence: str) -> None:
    with pytest.raises(BrokenConfig) as caught:
        entry(place, said)
    assert sentence in caught.value.title
    assert caught.value.line == line
    assert "sk-secret" not in f"{caught.value.title} {caught.value.detail} {caught.value.hint}"


@pytest.mark.parametrize("said", ["embedders = 5", '[profiles.dev.embedders]\n"public.a.b" = 5'])
def test_embedders_are_tables(place: Place, said: str) -> None:
    with pytest.raises(BrokenConfig, match="has to be"):
        place.user(HEAD + said).load()
