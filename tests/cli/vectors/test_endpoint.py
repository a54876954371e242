"""`dbconsole search --text` with an endpoint that turns words into vectors."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.console import Console
from tests.vectors.endpoint import Endpoint, Reply, running

pytestmark = pytest.mark.vector


class TestEndpoint:
    @pytest.fixture
    def endpoint(self) -> Iterator[Endpoint]:
        with running(3) as started:
            yield started

    @pytest.fixture
    def named(self, library: str, home: Path, endpoint: Endpoint) -> Callable[..., str]:
        """Return a maker of a profile that names the endpoint for all columns."""

        def make(**more: object) -> str:
            entry = {"provider": "openai", "url": endpoint.url, "model": "tiny", **more}
            lines = "\n".join(f"{key} = {json.dumps(value)}" for key, value in entry.items())
            file = home / "config" / "config.toml"
            file.parent.mkdir(exist_ok=True)
            file.write_text(f'[profiles.dev]\nurl = "{library}"\n[profiles.dev.embedders."*"]\n{lines}\n')
            return "dev"

        return make

    def test_words_are_sent_once_and_nothing_else(
        self, console: Console, endpoint: Endpoint, named: Callable[..., str]
    ) -> None:
        done = console("search", named(), "docs", "--text", "green pear", "-k", 3, "--json")
        assert (done.code, len(done.document["hits"])) == (0, 3)
        assert endpoint.texts == ["green pear"]
        assert "tiny at 127.0.0.1" in done.err

    def test_a_vector_of_another_length(self, console: Console, endpoint: Endpoint, named: Callable[..., str]) -> None:
        endpoint.dimensions = 4
        done = console("search", named(), "docs", "--text", "pear")
        assert done.code == 2
        assert "4" in done.err
        assert done.err.count("✗") == 1

    @pytest.mark.parametrize(
        ("reply", "more"),
        [
            (Reply.of({"error": {"message": "Incorrect API key provided: sk-hidden"}}, 401), {"key_env": "A_KEY"}),
            (Reply(hangs=True), {"timeout": "300ms"}),
            (Reply(body=b"<html>"), {}),
            (Reply(breaks=True), {}),
        ],
    )
    def test_one_that_fails(
        self,
        console: Console,
        endpoint: Endpoint,
        named: Callable[..., str],
        monkeypatch: pytest.MonkeyPatch,
        reply: Reply,
        more: dict[str, object],
    ) -> None:
        monkeypatch.setenv("A_KEY", "sk-hidden")
        endpoint.always = lambda request: reply
        done = console("search", named(**more), "docs", "--hybrid", "pear", "--json")
        assert done.code == 3
        assert "sk-hidden" not in done.said
        assert done.err.count("✗") == 1
        assert console("search", "dev", "docs", "--fulltext", "pear").code == 0, "what needs no embedder goes on"
