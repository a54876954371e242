"""What `dbconsole profiles list` shows: every profile and environment, without connecting and without secrets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.config import environment, hosts
from console.config.files import Configuration
from console.config.profile import Guard, Profile, Target
from console.config.target import Surroundings, of_profile
from console.errors import ConsoleError


@dataclass(frozen=True, slots=True)
class Row:
    """One profile.

    `host` and `database` are empty where the system decides or `problem`, a sentence, says why they are unknown;
    `provider` is "neon", "supabase" or "other"; `file` is where the profile stands.
    """

    name: str
    default: bool
    guard: Guard
    provider: str
    host: str
    database: str
    file: str
    trusted: bool
    tags: tuple[str, ...]
    color: str | None
    problem: str = ""


def listing(
    configuration: Configuration, *, environ: Mapping[str, str], env_name: str | None = None
) -> tuple[Row, ...]:
    """Return a row for each profile, by name; a profile that cannot be used says why in its row."""
    around = Surroundings(environ, configuration, env_name)
    return tuple(_row(profile, around) for _, profile in sorted(configuration.profiles.items()))


def environments(configuration: Configuration) -> tuple[str, ...]:
    """Return the NAMEs of the project's `.env.NAME` files."""
    return environment.environments(configuration.folder)


def _row(profile: Profile, around: Surroundings) -> Row:
    try:
        target, problem = of_profile(profile, around), ""
    except ConsoleError as error:
        target, problem = Target(profile.name, {}, guard=profile.guard or Guard.CONFIRM), error.title
    return Row(
        name=profile.name,
        default=profile.name == around.configuration.default,
        guard=target.guard,
        provider="" if problem else hosts.of_params(target.params).provider.value,
        host=target.params.get("host", target.params.get("service", "")),
        database=target.params.get("dbname", ""),
        file=str(profile.source or ""),
        trusted=profile.trusted,
        tags=profile.tags,
        color=profile.color,
        problem=problem,
    )
