"""Makes a target of what was read: encryption, the way around a pooler, the guard, and sentences to show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from console.config import hosts, keywords, placeholders, tls
from console.config.parameters import Conninfo
from console.config.profile import Guard, Profile, Secret, Target
from console.text import sanitize

_PLACES = ("PGHOST", "PGHOSTADDR", "PGSERVICE")


def ready(
    conninfo: Conninfo,
    *,
    origin: str,
    environ: Mapping[str, str],
    profile: Profile | None = None,
    direct: Conninfo | None = None,
    warnings: tuple[str, ...] = (),
) -> Target:
    """Return the target for a way to connect, named after its profile or its place.

    `direct` is the way around a pooler where somebody has said it; else it is derived where a provider's rule is known.
    """
    params = tls.settle(conninfo.params, environ=environ)
    around = tls.settle(direct.params, environ=environ) if direct is not None else hosts.around_pooler(params)
    return Target(
        name=profile.name if profile is not None else _place(params),
        params=params,
        password=conninfo.password,
        direct=None if around == params else around,
        guard=(profile.guard if profile is not None else None) or default_guard(params, environ),
        profile=profile,
        origin=origin,
        warnings=(*warnings, *conninfo.warnings, *(direct.warnings if direct else ()), *_remarks(conninfo, params)),
        ask_password=conninfo.ask,
        direct_password=_other_password(conninfo, direct),
    )


def default_guard(params: Mapping[str, str], environ: Mapping[str, str]) -> Guard:
    """Return how a target is protected when nobody said: databases of this machine are open."""
    said = {keywords.ENVIRONMENT[name]: environ[name] for name in _PLACES if environ.get(name)}
    return Guard.OPEN if hosts.of_params({**said, **params}).local else Guard.CONFIRM


def _place(params: Mapping[str, str]) -> str:
    if "service" in params:
        return sanitize(f"service={params['service']}")
    host = params.get("host", "")
    database = params.get("dbname") or params.get("user") or "postgres"
    return sanitize(f"{database}@{'localhost' if not host or host.startswith(('/', '@')) else host}")


def _other_password(conninfo: Conninfo, direct: Conninfo | None) -> Secret | None:
    return direct.password if direct is not None and direct.password != conninfo.password else None


def _remarks(conninfo: Conninfo, params: Mapping[str, str]) -> Iterator[str]:
    yield from tls.remarks(params)
    if conninfo.password is not None and placeholders.left_from_template(conninfo.password):
        yield "The password is the one a template came with, which everybody knows; change it before anyone else does."
