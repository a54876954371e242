"""What can go wrong with a request to an endpoint, a sentence each; and whether it may go better later."""

from __future__ import annotations

import math
import os
import socket
import ssl
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from console.errors import EmbedderFailed, TextRefused
from console.text import duration, sanitize
from console.vectors.embedders import answer

if TYPE_CHECKING:
    import httpx

    from console.vectors.embedders.endpoint import Endpoint

_AGAIN = frozenset({429, 500, 502, 503, 504, 529})
_LONGEST = 366 * 86_400.0  # seconds that an endpoint can ask to wait
_SPENT = frozenset({"insufficient_quota", "billing_hard_limit_reached"})
_TLS = "A certificate of one's own authority is found by SSL_CERT_FILE; an endpoint without encryption is http://."


class Busy(Exception):
    """It may go better later: `wait` are the seconds the endpoint asks for, None when it does not say."""

    def __init__(self, failure: EmbedderFailed, wait: float | None) -> None:
        super().__init__(failure.title)
        self.failure = failure
        self.wait = wait


class Slow(EmbedderFailed):
    """It has taken the words and not answered in time; fewer at once may be better."""


def refused(endpoint: Endpoint, status: int, headers: httpx.Headers, body: bytes) -> Exception:
    """Return the sentence for an answer that is none: Busy where it may go better later."""
    said = endpoint.without_key(answer.said(body))
    spent = answer.code(body) in _SPENT
    if status in _AGAIN and not spent:
        return Busy(endpoint.failed(_busy(status), said, "Do it again a little later."), _wait(headers))
    if spent:
        return endpoint.failed("says that its quota is used up", said, "Look at the account's plan and limits.")
    if status in (401, 403):
        return _key_refused(endpoint, status, said)
    if status in (400, 413, 422):
        return TextRefused(f"{endpoint.label} refuses the request ({status}).", detail=said)
    if status == 404:
        return endpoint.failed("is not there (404)", said, f"Does {endpoint.host} know that model? Is the url right?")
    if 300 <= status < 400:
        where = sanitize(headers.get("location", "elsewhere"))[:200]
        return endpoint.failed(f"answers that it has moved to {where}", "", "Write the new url into the profile.")
    return endpoint.failed(f"answers with status {status}", said, "")


def broken_off(endpoint: Endpoint, error: Exception) -> Exception:
    """Return the sentence for a connection that did not do its work."""
    import httpx

    if isinstance(error, httpx.ConnectTimeout):
        return endpoint.failed(
            f"cannot be reached: no answer within {duration(endpoint.connecting)}", "", _start(endpoint)
        )
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return Slow(
            f"{endpoint.label} took the words and gave no answer within {duration(endpoint.timeout)}.",
            hint="Do it again, or give it more time: timeout in the profile.",
        )
    causes = tuple(_causes(error))
    if broken := next((each for each in causes if isinstance(each, ssl.SSLError)), None):
        said = sanitize(getattr(broken, "verify_message", "") or broken.reason or "")
        return endpoint.failed("has no encryption that can be trusted", said, _TLS)
    said = next((words for each in causes if (words := _of_the_system(each))), sanitize(str(error))[:200])
    if isinstance(error, httpx.ConnectError):
        return endpoint.failed("cannot be reached", said, _start(endpoint))
    return Busy(endpoint.failed("broke the connection off", said, "Does it speak HTTP at that address?"), None)


def _key_refused(endpoint: Endpoint, status: int, said: str) -> EmbedderFailed:
    if endpoint.key is None:
        hint = (
            f"Set {endpoint.key_env}."
            if endpoint.key_env
            else "Name the variable that holds it: key_env in the profile."
        )
        return endpoint.failed("wants a key, and there is none", said, hint)
    # What the server says about a wrong key may repeat a part of it.
    return endpoint.failed(
        f"does not accept the key in {endpoint.key_env or 'the environment'}",
        said if status == 403 else "",
        "Is it that account's key, still valid, and allowed to make embeddings?",
    )


def _start(endpoint: Endpoint) -> str:
    return "Is it started? Is the url in the profile right?" if endpoint.local else "Is the url in the profile right?"


def _busy(status: int) -> str:
    return "wants fewer requests (429)" if status == 429 else f"has trouble of its own ({status})"


def _wait(headers: httpx.Headers) -> float | None:
    """Return the seconds that an endpoint asks to wait, None where it says none, or in another form."""
    try:
        seconds = float(headers["retry-after"])
        return min(max(0.0, seconds), _LONGEST) if math.isfinite(seconds) else None
    except KeyError:
        return None
    except ValueError:
        return _until(headers["retry-after"])


def _until(date: str) -> float | None:
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    try:
        then = parsedate_to_datetime(date)
    except ValueError:
        return None
    return max(0.0, ((then if then.tzinfo else then.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())


def _of_the_system(error: BaseException) -> str:
    """Return what the system says of an error, "" for one that is not the system's."""
    if isinstance(error, socket.gaierror):
        return sanitize(error.strerror or "")
    return os.strerror(error.errno) if isinstance(error, OSError) and error.errno else ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    found: Any = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__
