"""Decides what stands in the way of a plan, from what it needs and what the server said. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from console.db.connecting.extensions import Missing
from console.migrations.hazards.hazard import Name
from console.migrations.preflight import backups, sessions
from console.migrations.preflight.extensions import Wanted
from console.migrations.preflight.facts import Extension, Facts
from console.migrations.preflight.finding import Finding, Preflight, Status, Subject
from console.migrations.preflight.needs import Needs, Spot
from console.migrations.preflight.rights import Right, What
from console.sql import quoting
from console.text import plural, sanitize


def preflight(needs: Needs, facts: Facts, *, backup: bool = False) -> Preflight:
    """Return the list; `backup` says that one is made before the first statement."""
    return Preflight(
        (
            *_server(needs, facts),
            *_pooler(needs, facts),
            *_extensions(needs, facts),
            *_roles(needs, facts),
            *_privileges(needs, facts),
            *sessions.findings(needs, facts),
            *backups.findings(facts, wanted=backup, loses=_loses(needs, facts)),
        )
    )


def _loses(needs: Needs, facts: Facts) -> bool:
    known = (facts.relations.get(name) for name in needs.lost)
    return needs.loses or any(relation is not None and relation.filled for relation in known)


def _server(needs: Needs, facts: Facts) -> Iterator[Finding]:
    found = [*_read_only(facts), *_too_old(needs, facts)]
    yield from found
    if not found:
        yield Finding(Subject.SERVER, Status.OK, f"{facts.said_version} is new enough, and takes changes.")


def _read_only(facts: Facts) -> Iterator[Finding]:
    if facts.standby:
        sentence = "This server is a standby: it takes no changes."
        yield Finding(Subject.SERVER, Status.STOP, sentence, "Point the profile at the primary.")
    elif facts.role.read_only:
        sentence = (
            f"Transactions of {sanitize(facts.role.role)} are read-only here unless they say otherwise"
            " (default_transaction_read_only): somebody wants nothing to be written."
        )
        advice = "When that is over: ALTER DATABASE or ALTER ROLE … RESET default_transaction_read_only."
        yield Finding(Subject.SERVER, Status.STOP, sentence, advice)


def _too_old(needs: Needs, facts: Facts) -> Iterator[Finding]:
    for feature, spot in needs.features.items():
        sentence = f"{spot}: {feature.name} came with PostgreSQL {feature.since}; this is {facts.said_version}."
        yield Finding(Subject.SERVER, Status.STOP, sentence, "Upgrade the server, or write it another way.")


def _pooler(needs: Needs, facts: Facts) -> Iterator[Finding]:
    if needs.outside is not None and facts.pooled:
        yield Finding(
            Subject.POOLER,
            Status.STOP,
            f"{needs.outside}: it cannot run in a transaction, and the only way known leads through a pooler.",
            "Give the profile a direct_url, the address of the server itself.",
        )


def _extensions(needs: Needs, facts: Facts) -> Iterator[Finding]:
    found = [finding for each in needs.wanted.items() for finding in _wanted(*each, needs, facts)]
    found += _used(needs, facts)
    yield from found
    there = [facts.extensions[each.name] for each in needs.wanted if each.name in facts.extensions]
    if there and not found:
        said = ", ".join(_stands(extension) for extension in there)
        yield Finding(Subject.EXTENSIONS, Status.OK, f"{'Extension' if len(there) == 1 else 'Extensions'} {said}.")


def _stands(extension: Extension) -> str:
    name = sanitize(extension.name)
    if extension.installed is not None:
        return f"{name} {sanitize(extension.installed)} is there"
    return f"{name} {sanitize(extension.offered or '')} can be made"


def _wanted(wanted: Wanted, spot: Spot, needs: Needs, facts: Facts) -> Iterator[Finding]:
    name, known = sanitize(wanted.name), facts.extensions.get(wanted.name)
    if known is None or (known.installed is None and known.offered is None):
        missing = Missing(wanted.name, facts.version)
        yield _stop_extension(f"{spot}: {missing.sentence}.", missing.hint)
    elif known.installed is not None:
        if not wanted.if_missing and wanted.sure:
            advice = "Write CREATE EXTENSION IF NOT EXISTS, or adopt the migration."
            yield _stop_extension(f"{spot}: the extension {name} is there already.", advice)
    elif wanted.version and not known.has_version:
        said = f"{spot}: the server offers {name} {sanitize(known.offered or '')}, not {sanitize(wanted.version)}."
        yield _stop_extension(said, "Leave the version out, or install that one where the server runs.")
    else:
        yield from _may_make(wanted, spot, known, facts)
        yield from _requires(wanted, spot, known, needs)


def _may_make(wanted: Wanted, spot: Spot, known: Extension, facts: Facts) -> Iterator[Finding]:
    """Yield why the role may not make an extension; a provider's own rules are not known here."""
    role, name = facts.role, sanitize(wanted.name)
    if role.superuser or role.ruled_by_others or not wanted.sure:
        return
    if known.superuser_only:
        said = f"{spot}: only a superuser may make the extension {name}, and {sanitize(role.role)} is none."
        yield _stop_extension(said, f"Let a superuser run: CREATE EXTENSION {name};")
    elif known.trusted and not role.schemas:
        said = f"{spot}: to make the extension {name}, {sanitize(role.role)} needs the right CREATE on the database."
        yield _stop_extension(said, f"Let the database's owner grant it, or run: CREATE EXTENSION {name};")


def _requires(wanted: Wanted, spot: Spot, known: Extension, needs: Needs) -> Iterator[Finding]:
    made = {each.name for each in needs.wanted}
    lacking = [each for each in known.requires if each not in known.required_there and each not in made]
    if lacking and not wanted.cascade and wanted.sure:
        names = ", ".join(map(sanitize, lacking))
        said = f"{spot}: the extension {sanitize(wanted.name)} needs {names}, which is not installed."
        yield _stop_extension(said, "Make it before, or write CASCADE.")


def _used(needs: Needs, facts: Facts) -> Iterator[Finding]:
    for used, spot in needs.used.items():
        if (used.kind, used.name) not in facts.there:
            said = f"{spot}: the {used.kind} {used.name} comes with the extension {used.extension}, which is not there."
            advice = f"CREATE EXTENSION IF NOT EXISTS {used.extension}; in this migration or one before."
            yield _stop_extension(said, advice)


def _stop_extension(sentence: str, advice: str) -> Finding:
    return Finding(Subject.EXTENSIONS, Status.STOP, sentence, advice)


def _roles(needs: Needs, facts: Facts) -> Iterator[Finding]:
    for name, spot in needs.roles.items():
        if name not in facts.roles:
            said = f"{spot}: there is no role {sanitize(name)} on this server."
            advice = f"Make it before: CREATE ROLE {sanitize(quoting.ident(name))};"
            yield Finding(Subject.PRIVILEGES, Status.STOP, said, advice)


def _privileges(needs: Needs, facts: Facts) -> Iterator[Finding]:
    role = facts.role
    if role.superuser:
        yield Finding(Subject.PRIVILEGES, Status.OK, f"The role {sanitize(role.role)} is superuser.")
        return
    lacking: dict[tuple[str, str], list[Spot]] = {}
    for right, spot in needs.rights.items():
        said = _lacks(right, facts)
        if said is not None:
            lacking.setdefault(said, []).append(spot)
    status = Status.WARN if role.ruled_by_others else Status.STOP
    for (sentence, advice), spots in lacking.items():
        yield Finding(Subject.PRIVILEGES, status, f"{_places(spots)}: {sentence}", advice)
    if not lacking and needs.rights:
        said_role = f"The role {sanitize(role.role)} has the rights that can be told from here."
        yield Finding(Subject.PRIVILEGES, Status.OK, said_role)


def _places(spots: Sequence[Spot]) -> str:
    more = f" and {plural(len(spots) - 1, 'other statement')}" if len(spots) > 1 else ""
    return f"{spots[0]}{more}"


def _lacks(right: Right, facts: Facts) -> tuple[str, str] | None:
    """Return what the role lacks and what helps; None when it has the right, or when that cannot be known."""
    if right.what is What.IN_SCHEMA:
        return _lacks_in_schema(right.name.schema, facts)
    if right.what in (What.OWNER, What.POLICY, What.DROP):
        return _lacks_ownership(right, facts)
    if right.what is What.DROP_SCHEMA:
        return _lacks_schema(right.name.name, facts)
    return _lacks_of_role(right, facts)


def _lacks_in_schema(asked: str, facts: Facts) -> tuple[str, str] | None:
    found = facts.schemas.get(asked)
    if found is None or found.creates:
        return None
    role, schema = sanitize(facts.role.role), sanitize(found.name)
    sentence = f"{role} may make nothing in the schema {schema}, which is {sanitize(found.owner)}'s."
    return sentence, f"Let its owner run: GRANT CREATE ON SCHEMA {schema} TO {role};"


def _lacks_ownership(right: Right, facts: Facts) -> tuple[str, str] | None:
    found = facts.relations.get(right.name)
    if found is None or found.owns or (right.what is What.DROP and found.owns_schema):
        return None
    if right.what is What.POLICY and facts.role.ruled_by_others:
        return None  # Supabase lets roles make policies on tables that are not theirs
    role, owner = sanitize(facts.role.role), sanitize(found.owner)
    verb = "drop" if right.what is What.DROP else "change"
    sentence = f"{role} may not {verb} {sanitize(found.found)}, which is {owner}'s."
    return sentence, f"Run it as {owner}, or let {role} be a member of it: GRANT {owner} TO {role};"


def _lacks_schema(name: str, facts: Facts) -> tuple[str, str] | None:
    found = facts.schemas.get(name)
    if found is None or found.owns:
        return None
    return (
        f"{sanitize(facts.role.role)} may not drop the schema {sanitize(name)}, which is {sanitize(found.owner)}'s.",
        f"Run it as {sanitize(found.owner)}.",
    )


def _lacks_of_role(right: Right, facts: Facts) -> tuple[str, str] | None:
    role = facts.role
    name = sanitize(role.role)
    if right.what is What.SCHEMA and not role.schemas:
        return (
            f"{name} may make no schemas here: it lacks the right CREATE on the database.",
            "Let the database's owner run: GRANT CREATE ON DATABASE … TO …;",
        )
    if right.what is What.ROLES and not role.roles:
        return f"{name} may neither make nor drop roles.", "Let a role with CREATEROLE do it."
    if right.what is What.DATABASES and not role.databases:
        return f"{name} may not make a database.", "Let a role with CREATEDB do it."
    if right.what is What.SUPERUSER and not role.ruled_by_others:
        return f"only a superuser may make {_about(right.name)}, and {name} is none.", "Let a superuser run it."
    return None


def _about(name: Name) -> str:
    return sanitize(name.name)
