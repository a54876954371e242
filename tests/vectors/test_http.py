"""The embedder behind HTTP against an endpoint on a port of this machine: work, patience, a sentence for trouble."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import struct
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, NoReturn

import httpx
import pytest

from console.config.profile import Secret
from console.errors import EmbedderFailed, TextRefused, UsageError
from console.vectors.embedders import http, trouble
from console.vectors.embedders.embedder import Vector
from console.vectors.embedders.endpoint import Endpoint as Address
from console.vectors.embedders.hashing import HashingEmbedder
from console.vectors.embedders.http import HttpEmbedder, Patience
from tests import ports
from tests.vectors.endpoint import Endpoint, Reply, Request, running

KEY = "sk-very-secret-0123456789"
HASTY = Patience(tries=3, seconds=1.0, pause=0.01)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with running() as started:
        yield started


def address(endpoint: Endpoint, **more: Any) -> Address:
    return replace(Address(endpoint.url, "some-model", timeout=60.0), **more)


async def ask(address: Address, *texts: str, question: bool = False, **options: Any) -> Any:
    embedder = HttpEmbedder(address, **{"patience": HASTY, **options})
    try:
        return await embedder.embed(texts, question=question)
    finally:
        await embedder.close()


@dataclass(frozen=True)
class Small(Address):
    """An address that has no time for more than `most` texts at once; `asked` says how many it was asked for."""

    most: int = 0
    asked: list[int] = field(default_factory=list)

    async def ask(self, client: httpx.AsyncClient, texts: Sequence[str], dimensions: int | None) -> list[Vector | None]:
        self.asked.append(len(texts))
        hasty = self if len(texts) <= self.most else replace(self, timeout=0.1)
        return await Address.ask(hasty, client, texts, dimensions)


class Heard(Exception):
    """Somebody was told that it takes longer, and goes away."""


def gone(sentence: str) -> NoReturn:
    raise Heard(sentence)


async def failed(address: Address, *texts: str, **options: Any) -> EmbedderFailed:
    with pytest.raises(EmbedderFailed) as caught:
        await ask(address, *(texts or ("one",)), **options)
    said = f"{caught.value.title}\n{caught.value.detail}\n{caught.value.hint}"
    assert KEY not in said
    assert "some-model at 127.0.0.1:" in caught.value.title or "some-model at" in caught.value.title
    assert caught.value.title.endswith(".")
    assert "\n" not in caught.value.title
    assert caught.value.exit_code == 3
    return caught.value


class TestWork:
    async def test_texts_become_vectors_in_their_order(self, endpoint: Endpoint) -> None:
        texts = ("a boat", "the harbour", "two anchors")
        assert await ask(address(endpoint), *texts) == HashingEmbedder(64).vectors(texts)
        [request] = endpoint.requests
        assert request.path == "/v1/embeddings"
        assert request.said == {"model": "some-model", "input": list(texts)}

    async def test_an_endpoint_may_answer_in_any_order(self, endpoint: Endpoint) -> None:
        def shuffled(request: Request) -> Reply:
            said = json.loads(endpoint.embeddings(request).body)
            return Reply.of({"data": said["data"][::-1]})

        endpoint.always = shuffled
        assert await ask(address(endpoint), "a", "b", "c") == HashingEmbedder(64).vectors(["a", "b", "c"])

    async def test_and_in_base64(self, endpoint: Endpoint) -> None:
        packed = base64.b64encode(struct.pack("<3f", 0.5, -0.25, 1)).decode()
        endpoint.next = [Reply.of({"data": [{"embedding": packed}]})]
        assert await ask(address(endpoint), "a") == [(0.5, -0.25, 1.0)]

    async def test_and_compressed(self, endpoint: Endpoint) -> None:
        body = gzip.compress(b'{"data": [{"embedding": [1, 0]}]}')
        endpoint.next = [Reply(200, body, {"content-encoding": "gzip"})]
        assert await ask(address(endpoint), "a") == [(1.0, 0.0)]

    async def test_texts_without_a_sign_are_not_sent(self, endpoint: Endpoint) -> None:
        found = await ask(address(endpoint), "", "a boat", " \n")
        assert (found[0], found[2]) == (None, None)
        assert endpoint.texts == ["a boat"]
        assert await ask(address(endpoint), " ") == [None]
        assert len(endpoint.requests) == 1

    async def test_a_vector_of_zeros_is_none(self, endpoint: Endpoint) -> None:
        endpoint.next = [Reply.of({"data": [{"embedding": [0, 0.0]}]})]
        assert await ask(address(endpoint), "a") == [None]

    async def test_requests_are_of_a_bearable_size(self, endpoint: Endpoint) -> None:
        await ask(address(endpoint), *(f"text {number}" for number in range(7)), batch=3)
        assert [len(request.texts) for request in endpoint.requests] == [3, 3, 1]
        endpoint.requests.clear()
        await ask(address(endpoint), *["x" * (http._OCTETS // 2)] * 3)
        assert [len(request.texts) for request in endpoint.requests] == [2, 1]

    async def test_one_connection_serves_all(self, endpoint: Endpoint) -> None:
        embedder = HttpEmbedder(address(endpoint))
        await embedder.embed(["a"])
        first = embedder._client
        await embedder.embed(["b"])
        assert embedder._client is first
        await embedder.close()
        await embedder.close()

    async def test_signs_that_are_no_text_arrive_as_text(self, endpoint: Endpoint) -> None:
        await ask(address(endpoint), "a\ud800b", "⛵\x00")
        assert endpoint.texts == ["a?b", "⛵\x00"]

    async def test_prefixes_go_before_questions_and_before_texts(self, endpoint: Endpoint) -> None:
        prefixes = ("search_query: ", "search_document: ")
        await ask(address(endpoint), "boats", prefixes=prefixes)
        await ask(address(endpoint), "boats", prefixes=prefixes, question=True)
        assert endpoint.texts == ["search_document: boats", "search_query: boats"]

    async def test_a_length_is_asked_for(self, endpoint: Endpoint) -> None:
        [vector] = await ask(address(endpoint), "boats", ask_for=32)
        assert len(vector) == 32

    async def test_its_length_is_known_after_an_answer(self, endpoint: Endpoint) -> None:
        embedder = HttpEmbedder(address(endpoint))
        assert embedder.dimensions is None
        await embedder.embed(["a"])
        assert embedder.dimensions == 64
        await embedder.close()


class TestKeys:
    async def test_a_key_is_sent_as_the_format_wants_it(self, endpoint: Endpoint) -> None:
        await ask(address(endpoint, key=Secret(f" {KEY}\n")), "a")
        assert endpoint.requests[0].headers["authorization"] == f"Bearer {KEY}"

    async def test_without_a_key_none_is_sent(self, endpoint: Endpoint) -> None:
        await ask(address(endpoint), "a")
        assert "authorization" not in endpoint.requests[0].headers

    @pytest.mark.parametrize("status", [401, 403])
    async def test_a_refused_key_is_named_by_its_variable(self, endpoint: Endpoint, status: int) -> None:
        error = {"error": {"message": f"Incorrect API key provided: {KEY}", "code": "invalid_api_key"}}
        endpoint.always = lambda request: Reply.of(error, status)
        found = await failed(address(endpoint, key=Secret(KEY), key_env="MY_KEY"))
        assert "does not accept the key in MY_KEY" in found.title
        assert len(endpoint.requests) == 1

    async def test_a_masked_key_is_not_repeated(self, endpoint: Endpoint) -> None:
        endpoint.next = [Reply.of({"error": {"message": "Incorrect API key provided: sk-ve*****6789."}}, 401)]
        found = await failed(address(endpoint, key=Secret(KEY)))
        assert "6789" not in found.detail

    async def test_a_missing_key_is_said(self, endpoint: Endpoint) -> None:
        endpoint.next = [Reply.of({}, 401)]
        assert "wants a key, and there is none" in (await failed(address(endpoint))).title

    @pytest.mark.parametrize("key", ["two words", "schlüssel", "a\nb"])
    async def test_what_can_be_no_key_is_not_sent(self, endpoint: Endpoint, key: str) -> None:
        with pytest.raises(UsageError, match="What MY_KEY holds can be no key") as caught:
            await ask(address(endpoint, key=Secret(key), key_env="MY_KEY"), "a")
        assert key not in str(caught.value.as_dict())
        assert not endpoint.requests

    async def test_a_key_goes_nowhere_else(self, endpoint: Endpoint) -> None:
        with running() as elsewhere:
            endpoint.next = [Reply(307, b"", {"location": f"{elsewhere.url}/embeddings"})]
            found = await failed(address(endpoint, key=Secret(KEY)))
            assert f"has moved to {elsewhere.url}" in found.title
            assert not elsewhere.requests

    async def test_no_key_is_in_what_is_printed(self, endpoint: Endpoint) -> None:
        assert KEY not in repr(address(endpoint, key=Secret(KEY)))


class TestPatience:
    @pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
    async def test_what_may_go_better_is_done_again(self, endpoint: Endpoint, status: int) -> None:
        endpoint.next = [Reply.of({"error": "busy"}, status), Reply.of({}, status)]
        assert await ask(address(endpoint), "a") == HashingEmbedder(64).vectors(["a"])
        assert len(endpoint.requests) == 3

    async def test_it_waits_as_long_as_it_is_asked_to(self, endpoint: Endpoint) -> None:
        endpoint.next = [Reply.of({}, 429, retry_after="0.3")]
        began = time.monotonic()
        await ask(address(endpoint), "a")
        assert time.monotonic() - began >= 0.3
        assert len(endpoint.requests) == 2

    async def test_a_longer_wait_is_told(self, endpoint: Endpoint) -> None:
        endpoint.next = [Reply.of({}, 429, retry_after="90")]
        with pytest.raises(Heard, match=r"wants it slower: going on in 1 m 30 s\."):
            await ask(address(endpoint), "a", say=gone, patience=Patience(tries=2, seconds=100))
        assert len(endpoint.requests) == 1

    @pytest.mark.parametrize(
        ("said", "wait"),
        [
            ({"retry-after": "0.3"}, 0.3),
            ({"retry-after": "90"}, 90),
            ({"retry-after": "-5"}, 0),
            ({"retry-after": "1e300"}, 366 * 86_400),
            ({"retry-after": "nan"}, None),
            ({"retry-after": "soon"}, None),
            ({"retry-after": ""}, None),
            ({"retry-after": "Sat, 03 Jan 1970 00:00:00 GMT"}, 0),
            ({}, None),
        ],
    )
    def test_how_long_it_asks_to_wait(self, said: dict[str, str], wait: float | None) -> None:
        found = trouble.refused(Address("http://h/v1", "m"), 429, httpx.Headers(said), b"")
        assert isinstance(found, trouble.Busy)
        assert found.wait == wait

    @pytest.mark.parametrize("usegmt", [True, False])
    def test_until_when_it_asks_to_wait(self, usegmt: bool) -> None:
        then = format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=usegmt)
        found = trouble.refused(Address("http://h/v1", "m"), 503, httpx.Headers({"retry-after": then}), b"")
        assert isinstance(found, trouble.Busy)
        assert found.wait is not None
        assert 86_000 < found.wait <= 86_400

    @pytest.mark.parametrize("wait", ["nan", "-5", "soon", ""])
    async def test_a_wait_that_is_none_is_not_waited(self, endpoint: Endpoint, wait: str) -> None:
        endpoint.next = [Reply.of({}, 429, retry_after=wait)]
        await ask(address(endpoint), "a", say=gone)
        assert len(endpoint.requests) == 2

    async def test_a_wait_that_is_too_long_is_not_waited(self, endpoint: Endpoint) -> None:
        endpoint.next = [Reply.of({"error": {"message": "Rate limit reached"}}, 429, retry_after="90")]
        found = await failed(address(endpoint))
        assert found.title == f"some-model at 127.0.0.1:{endpoint.port} wants fewer requests (429)."
        assert (found.detail, found.hint) == ("Rate limit reached", "It asks to wait 1 m 30 s.")

    async def test_a_wait_beyond_all_bounds_is_a_year_or_so(self, endpoint: Endpoint) -> None:
        endpoint.next = [Reply.of({}, 429, retry_after="1e300")]
        assert len((await failed(address(endpoint))).hint) < 40

    async def test_numbers_that_are_none_in_single_precision_say_nothing(self, endpoint: Endpoint) -> None:
        endpoint.next = [Reply.of({"data": [{"embedding": [1e-60] * 64}]})]
        assert await ask(address(endpoint), "a") == [None]

    async def test_it_is_given_up(self, endpoint: Endpoint) -> None:
        endpoint.always = lambda request: Reply.of({"error": "out of memory"}, 500)
        found = await failed(address(endpoint))
        assert "has trouble of its own (500)" in found.title
        assert found.detail == "out of memory\nIt was tried 3 times."
        assert len(endpoint.requests) == 3

    async def test_a_person_waits_less(self, endpoint: Endpoint) -> None:
        endpoint.always = lambda request: Reply.of({}, 429, retry_after="4")
        found = await failed(address(endpoint), question=True, say=gone)
        assert found.hint == "It asks to wait 4.00 s."
        assert len(endpoint.requests) == 1

    async def test_a_used_up_quota_does_not_come_back(self, endpoint: Endpoint) -> None:
        error = {"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}
        endpoint.always = lambda request: Reply.of(error, 429)
        assert "quota is used up" in (await failed(address(endpoint))).title
        assert len(endpoint.requests) == 1

    async def test_a_connection_that_breaks_is_tried_again(self, endpoint: Endpoint) -> None:
        endpoint.next = [Reply(200, b"x" * 100, breaks=True)]
        assert await ask(address(endpoint), "a") == HashingEmbedder(64).vectors(["a"])

    async def test_a_slow_machine_gets_fewer_at_once(self, endpoint: Endpoint) -> None:
        slow = Reply(hangs=True)
        endpoint.always = lambda request: slow if len(request.texts) > 3 else endpoint.embeddings(request)
        texts = [f"text {number}" for number in range(12)]
        asks = Small(endpoint.url, "some-model", timeout=60.0, most=3)
        embedder = HttpEmbedder(asks)
        assert await embedder.embed(texts) == HashingEmbedder(64).vectors(texts)
        assert asks.asked == [12, 1, 6, 1, 3, 2, 3, 2]
        asks.asked.clear()
        assert await embedder.embed(texts) == HashingEmbedder(64).vectors(texts)
        assert asks.asked == [3, 3, 3, 3], "it has learnt"
        await embedder.close()

    async def test_one_that_hangs_is_not_waited_for_again_and_again(self, endpoint: Endpoint) -> None:
        endpoint.always = lambda request: Reply(hangs=True)
        asks = Small(endpoint.url, "some-model")
        assert "gave no answer" in (await failed(asks, "a", "b", "c", "d")).title
        assert asks.asked == [4, 1]

    async def test_who_stops_it_does_not_wait(self, endpoint: Endpoint) -> None:
        endpoint.next = [Reply(hangs=True)]
        task = asyncio.ensure_future(ask(address(endpoint, timeout=60.0), "a"))
        while not endpoint.requests:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 30)


class TestTrouble:
    async def test_an_endpoint_that_hangs(self, endpoint: Endpoint) -> None:
        endpoint.next = [Reply(hangs=True)]
        found = await failed(address(endpoint, timeout=0.3))
        assert "took the words and gave no answer within 300 ms" in found.title

    async def test_an_endpoint_that_drips(self, endpoint: Endpoint) -> None:
        """Each byte comes in time, and the last one would come after an hour."""
        endpoint.next = [Reply(200, b" " * 72_000, drips=True)]
        assert "gave no answer within 500 ms" in (await failed(address(endpoint, timeout=0.5))).title

    async def test_an_endpoint_that_is_not_there(self) -> None:
        with ports.refusing() as port:
            found = await failed(Address(f"http://127.0.0.1:{port}/v1", "some-model"))
        assert "cannot be reached" in found.title
        assert found.detail == "Connection refused"
        assert "Is it started?" in found.hint

    async def test_a_host_that_is_not_known(self) -> None:
        found = await failed(Address("http://nobody.invalid/v1", "some-model"))
        assert found.title.startswith("some-model at nobody.invalid cannot be reached")
        assert found.detail or "no answer within" in found.title, "where names are looked for in vain for long"

    @pytest.mark.parametrize("host", ["a b", "-", "☃..x", "x" * 300, "a\x00b", "%20", "exa_mple.invalid", "1.2.3.4.5"])
    async def test_an_address_that_is_none(self, host: str) -> None:
        await failed(Address(f"http://{host}/v1", "some-model", timeout=2.0))

    async def test_encryption_where_there_is_none(self, endpoint: Endpoint) -> None:
        found = await failed(Address(f"https://127.0.0.1:{endpoint.port}/v1", "some-model"))
        assert "has no encryption that can be trusted" in found.title
        assert "SSL_CERT_FILE" in found.hint

    @pytest.mark.parametrize(
        ("reply", "said"),
        [
            (Reply(200, b"<html>hello</html>"), "the answer is no JSON"),
            (Reply(200, b"\xff\xfe"), "the answer is no JSON"),
            (Reply(200, b"[" * 100_000), "the answer is no JSON"),
            (Reply.of([]), "has no list of embeddings"),
            (Reply.of({"data": {}}), "has no list of embeddings"),
            (Reply.of({"data": [1]}), "has no list of embeddings"),
            (Reply.of({"data": []}), "has 0 embeddings for 1 text"),
            (Reply.of({"data": [{}, {}]}), "has 2 embeddings for 1 text"),
            (Reply.of({"data": [{}]}), "that is no list of numbers"),
            (Reply.of({"data": [{"embedding": ["1"]}]}), "that is no list of numbers"),
            (Reply.of({"data": [{"embedding": [True]}]}), "that is no list of numbers"),
            (Reply.of({"data": [{"embedding": "?"}]}), "that is no list of numbers"),
            (Reply.of({"data": [{"embedding": []}]}), "an embedding of 0 dimensions"),
            (Reply.of({"data": [{"embedding": [1] * 16_001}]}), "an embedding of 16,001 dimensions"),
            (Reply(200, b'{"data": [{"embedding": [NaN]}]}'), "a number beyond all bounds"),
            (Reply(200, b'{"data": [{"embedding": [1e39]}]}'), "a number beyond all bounds"),
            (Reply(200, b'{"data": [{"embedding": [1e999]}]}'), "a number beyond all bounds"),
            (Reply(200, b'{"data": [{"embedding": [1' + b"0" * 400 + b"]}]}"), "a number beyond all bounds"),
        ],
    )  # fmt: skip
    async def test_an_answer_that_is_none(self, endpoint: Endpoint, reply: Reply, said: str) -> None:
        endpoint.next = [reply]
        found = await failed(address(endpoint))
        assert "does not answer with embeddings" in found.title
        assert said in found.title

    async def test_embeddings_of_different_lengths(self, endpoint: Endpoint) -> None:
        endpoint.next = [Reply.of({"data": [{"embedding": [1]}, {"embedding": [1, 2]}]})]
        assert "embeddings of different lengths" in (await failed(address(endpoint), "a", "b")).title

    async def test_an_answer_without_end_is_cut_off(self, endpoint: Endpoint) -> None:
        endpoint.next = [Reply(200, b" " * (3 << 20))]
        assert "more than embeddings can be" in (await failed(address(endpoint))).title

    async def test_a_compression_that_is_none(self, endpoint: Endpoint) -> None:
        endpoint.always = lambda request: Reply(200, b"hello", {"content-encoding": "gzip"})
        assert "broke the connection off" in (await failed(address(endpoint))).title

    @pytest.mark.parametrize("status", [400, 413, 422])
    async def test_texts_that_are_refused_are_told_apart(self, endpoint: Endpoint, status: int) -> None:
        endpoint.next = [Reply.of({"error": {"message": "maximum context length is 8192 tokens"}}, status)]
        found = await failed(address(endpoint))
        assert isinstance(found, TextRefused)
        assert found.detail == "maximum context length is 8192 tokens"

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            (b'{"error": {"message": "model \\"x\\" not found"}}', 'model "x" not found'),
            (b'{"error": "pull it first"}', "pull it first"),
            (b'{"detail": [{"msg": "Field required"}]}', "Field required"),
            (b'{"message": "no Route"}', "no Route"),
            (b"no such page", "no such page"),
            (b"<html>404</html>", ""),
            (b"\x1b[31mred\x07", "␛[31mred␇"),
            (b"x" * 5000, "x" * 300 + "…"),
            (b"", ""),
        ],
    )
    async def test_what_it_says_is_repeated_harmlessly(self, endpoint: Endpoint, body: bytes, said: str) -> None:
        endpoint.next = [Reply(404, body)]
        found = await failed(address(endpoint))
        assert "is not there (404)" in found.title
        assert found.detail == said

    async def test_a_hostile_model_and_host_are_shown_harmlessly(self, endpoint: Endpoint) -> None:
        endpoint.next = [Reply(418)]
        with pytest.raises(EmbedderFailed) as caught:
            await ask(address(endpoint, model="\x1b[31mm"), "a")
        assert caught.value.title.startswith("␛[31mm at 127.0.0.1")


class TestNotice:
    @pytest.mark.parametrize(
        "url",
        ["http://localhost:11434/v1", "http://127.0.0.1/v1", "http://127.9.9.9:1/v1", "http://[::1]:8000", "http://ollama.localhost/"],
    )  # fmt: skip
    def test_words_stay_on_this_machine(self, url: str) -> None:
        embedder = HttpEmbedder(Address(url, "m"))
        assert (embedder.notice, embedder.price) == ("", 0.0)

    @pytest.mark.parametrize(
        ("url", "notice"),
        [
            ("https://api.openai.com/v1", "Words are sent to api.openai.com (m)."),
            ("https://localhost.example:8443/v1", "Words are sent to localhost.example:8443 (m)."),
            ("http://10.0.0.7/v1", "Words are sent to 10.0.0.7, not encrypted (m)."),
            ("http://127.0.0.1.example/v1", "Words are sent to 127.0.0.1.example, not encrypted (m)."),
        ],
    )
    def test_words_leave_it(self, url: str, notice: str) -> None:
        assert HttpEmbedder(Address(url, "m")).notice == notice

    @pytest.mark.parametrize(
        ("url", "model", "said", "price"),
        [
            ("https://api.openai.com/v1", "text-embedding-3-small", None, 0.02),
            ("https://api.openai.com/v1", "text-embedding-3-small", 0.5, 0.5),
            ("https://gpu.example/v1", "text-embedding-3-small", None, None),
            ("https://api.openai.com/v1", "text-embedding-9", None, None),
            ("http://localhost/v1", "text-embedding-3-small", None, 0.0),
        ],
    )
    def test_a_price_is_its_makers(self, url: str, model: str, said: float | None, price: float | None) -> None:
        assert HttpEmbedder(Address(url, model), price=said).price == price


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://h/v1", "http://h/v1/embeddings"),
        ("http://h/v1/", "http://h/v1/embeddings"),
        ("http://h", "http://h/embeddings"),
        ("http://h/v1/embeddings", "http://h/v1/embeddings"),
        ("http://h/openai?api-version=1", "http://h/openai/embeddings?api-version=1"),
    ],
)
def test_where_the_request_goes(url: str, asked: str) -> None:
    assert Address(url, "m").address == asked


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ALL_PROXY", "socks5://u:s3cret@127.0.0.1:1", "The proxy that the environment names"),
        ("HTTPS_PROXY", "gopher://u:s3cret@127.0.0.1:1", "The proxy that the environment names"),
        ("SSL_CERT_FILE", "/nowhere/ca.pem", "The certificates that the environment names"),
    ],
)
async def test_an_environment_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match=said) as caught:
        await ask(Address("https://gpu.invalid/v1", "m"), "a")
    assert "s3cret" not in str(caught.value.as_dict())


async def test_a_proxy_is_not_asked_for_this_machine(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    with ports.refusing() as port:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{port}")
        assert await ask(address(endpoint), "a") == HashingEmbedder(64).vectors(["a"])
