"""Whether something stands between us and the server, and whether what we set there would reach others."""

from __future__ import annotations

from collections.abc import Mapping

from console.config import hosts
from console.config.hosts import Pooler, Provider

_BY_NAME = {
    Pooler.TRANSACTION: "transaction pooling, by the host's name",
    Pooler.SESSION: "session pooling, by the host's name",
}


def shared(params: Mapping[str, str], *, greeted_by_another: bool) -> bool:
    """Tell whether the server's processes may be handed from client to client on this way, transaction by transaction.

    Of a provider's host the name tells. Of any other, a process that answers and is not the one that greeted us means
    that something is in between, and then it may be such a pooler. (Neon's own proxy invents the greeting's number.)

    >>> shared({"host": "db.example.com"}, greeted_by_another=True)
    True
    >>> shared({"host": "ep-cool-1234.eu-central-1.aws.neon.tech"}, greeted_by_another=True)
    False
    """
    host = hosts.of_params(params)
    return host.pooled if host.provider is not Provider.OTHER else greeted_by_another


def words(params: Mapping[str, str], *, greeted_by_another: bool) -> str:
    """Say what is in between: by the host's name, else by whether the process that answers is the one that greeted us.

    >>> words({"host": "localhost"}, greeted_by_another=False)
    'none'
    """
    host = hosts.of_params(params)
    if host.pooler is not None:
        return _BY_NAME[host.pooler]
    if host.provider is Provider.OTHER and greeted_by_another:
        return "a proxy or pooler is in between"
    return "none"
