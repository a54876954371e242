"""Decides what a command is pointed at: a profile, a URL, libpq's parameters, the environment, or the demo."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from console.config import environment, files, names, urls
from console.config.environment import Variables
from console.config.expand import expand, references
from console.config.files import Configuration
from console.config.parameters import Conninfo
from console.config.profile import Guard, Profile, Target
from console.config.ready import ready
from console.errors import Refused, UnknownProfile, UsageError
from console.text import sanitize

_DEMO = "demo"
_OF_THE_USER = frozenset({"passfile", "service", "sslcert", "sslcrl", "sslcrldir", "sslkey"})
"""Parameters through which a stranger's file could use what lies in the user's own files."""


class Surroundings(NamedTuple):
    """What a word is understood by: the environment, both configuration files, and NAME of `.env.NAME`."""

    environ: Mapping[str, str]
    configuration: Configuration
    env_name: str | None = None

    def variables(self) -> Variables:
        """Read the `.env` files. Raises BrokenConfig, UsageError."""
        return environment.variables(self.environ, self.configuration.folder, self.env_name)


def resolve(
    word: str | None,
    *,
    environ: Mapping[str, str],
    cwd: Path,
    env_name: str | None = None,
    writes: bool = False,
    configuration: Configuration | None = None,
) -> Target:
    """Return what `word` means; without one the default profile, else the environment, else the demo.

    `writes` says that the verb changes something and never falls back to the demo. The password is there only where
    the text carries it: `passwords.complete` looks further. Raises UnknownProfile, BadUrl, BrokenConfig, UsageError,
    and Refused for a project's file that is not trusted.
    """
    if word is not None and _is_demo(word):
        return _demo(word)
    if word is not None and urls.addresses(word):
        return ready(urls.parse(word, what="The URL"), origin="the command line", environ=environ)
    around = Surroundings(environ, configuration or files.load(environ=environ, cwd=cwd), env_name)
    if word is None:
        return _unnamed(around, writes=writes)
    if word not in around.configuration.profiles:
        raise unknown(word, around.configuration.profiles)
    return of_profile(around.configuration.profiles[word], around)


def is_target(word: str, profiles: Mapping[str, Profile]) -> bool:
    """Tell whether a first positional word is a target rather than an argument of the verb.

    >>> is_target("demo:skintwin", {}), is_target("postgres://localhost", {}), is_target("SELECT 1", {})
    (True, True, False)
    """
    return word in profiles or _is_demo(word) or urls.addresses(word)


def unknown(word: str, profiles: Mapping[str, Profile]) -> UnknownProfile:
    """Return the error for a word that means nothing; a word that could hold a password is not repeated."""
    known = f"Profiles: {', '.join(sorted(profiles)) or 'none yet (dbconsole profiles add NAME URL)'}."
    if not word or set(word) & set("@:/=? \t\n"):
        return UnknownProfile(
            "That is neither a profile's name nor a database URL.",
            hint=f"A database URL looks like postgresql://user:password@host:5432/database. {known}",
        )
    meant = names.nearest(word, {*profiles, *names.VERBS})
    return UnknownProfile(
        f"There is no profile {sanitize(word)}, and no such command.",
        hint=f"Did you mean {meant}? {known}" if meant else known,
    )


def of_profile(profile: Profile, around: Surroundings) -> Target:
    """Return a profile's target. Raises BadUrl, BrokenConfig, UsageError, and Refused where trust is missing."""
    file = profile.source or "the configuration"
    needed = references(f"{profile.url} {profile.direct_url or ''}")
    said = _trusted_variables(profile, around) if needed else None
    conninfo = _read(profile.url, f"The url of profile {profile.name} in {file}", said)
    if not profile.trusted and _OF_THE_USER.intersection(conninfo.params):
        raise _not_trusted(profile, "use your own service file, password file or keys")
    return ready(
        conninfo,
        origin=f"profile {profile.name} in {file}",
        environ=around.environ,
        profile=profile,
        direct=_direct(profile, said),
        warnings=(*around.configuration.warnings, *(said.warnings if said else _without_effect(around))),
    )


def _direct(profile: Profile, said: Variables | None) -> Conninfo | None:
    """Return the way around the pooler: the profile's own, or the environment's beside its DATABASE_URL."""
    if profile.direct_url is not None:
        what = f"The direct_url of profile {profile.name} in {profile.source or 'the configuration'}"
        return _read(profile.direct_url, what, said)
    if said is not None and profile.url.strip() in [f"${{{name}}}" for name in environment.URLS]:
        return environment.direct(said)
    return None


def _read(text: str, what: str, said: Variables | None) -> Conninfo:
    if said is None:
        return urls.parse(text, what=what)
    values = {name: said.value(name) for name in references(text) if name in said.values}
    return urls.parse(expand(text, values, what=what), what=what)


def _trusted_variables(profile: Profile, around: Surroundings) -> Variables:
    if not profile.trusted:
        raise _not_trusted(profile, "read your environment")
    return around.variables()


def _not_trusted(profile: Profile, what_it_would: str) -> Refused:
    return Refused(
        f"Profile {profile.name} would {what_it_would}, and its file is not trusted yet.",
        detail=f"It stands in {profile.source}, which came with the project.",
        hint="Read that file; if it is fine, run dbconsole profiles trust. A changed file has to be trusted again.",
    )


def _without_effect(around: Surroundings) -> tuple[str, ...]:
    name = around.env_name
    return (f"The profile's URL refers to no variable, so .env.{name} changes nothing.",) if name else ()


def _unnamed(around: Surroundings, *, writes: bool) -> Target:
    profile = around.configuration.profiles.get(around.configuration.default or "")
    if profile is not None and (around.env_name is None or references(profile.url)):
        return of_profile(profile, around)
    said = around.variables()
    if found := environment.find(said):
        warnings = (*around.configuration.warnings, *said.warnings)
        return ready(
            found.conninfo, origin=found.origin, environ=around.environ, direct=found.direct, warnings=warnings
        )
    if around.env_name is not None:
        raise UsageError(
            f".env.{around.env_name} names no database.", hint="Set DATABASE_URL, or DB_HOST and DB_NAME, in it."
        )
    if writes:
        raise UsageError(
            "No target was given, and this command changes something, so it does not fall back to the demo.",
            hint="Name a profile or a URL, set DATABASE_URL, or say demo.",
        )
    return _demo(_DEMO)


def _is_demo(word: str) -> bool:
    return word == _DEMO or word.startswith(f"{_DEMO}:")


def _demo(word: str) -> Target:
    name = word.partition(":")[2] or names.DEFAULT_DEMO
    if name not in names.DEMOS:
        meant = names.nearest(name, names.DEMOS)
        raise UnknownProfile(
            f"There is no demo {sanitize(name)}.",
            hint=(f"Did you mean demo:{meant}? " if meant else "") + f"Demos: {', '.join(names.DEMOS)}.",
        )
    return Target(name=f"{_DEMO}:{name}", params={}, guard=Guard.OPEN, origin="the demo", demo=name)
