"""Makes in the shadow what migrations or a file of SQL make of an empty database, and reads it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from console.catalog.model import Catalog, Extension
from console.db.writer import Writer
from console.drift.coverage import count
from console.drift.proving.shadow import Shadow, said
from console.drift.sources import dumps, roles
from console.drift.sources.kinds import Made, Read, Script
from console.drift.sources.stated import stated
from console.drift.sources.traced import Tracer
from console.errors import (
    BadSql,
    ConsoleError,
    Incomplete,
    MigrationFailed,
    StatementFailed,
)
from console.migrations.ledgers.ledger import Direction
from console.migrations.rehearsal import laying, supabase
from console.migrations.rehearsal.refusing import refusal, refused
from console.migrations.rehearsal.rounds import extensions
from console.migrations.rehearsal.shadows import Place
from console.migrations.rehearsal.stage import Stage, spoken_of
from console.sql.statements import Statement
from console.text import sanitize

_NO_SUCH_OBJECT = "42704"
_NO_EXTENSION = frozenset({"0A000", "58P01"})  # since 15, and before
_SETTING = "VariableSetStmt"
_HINT = "--shadow URL names a server that has it."


async def of_folder(shadow: Shadow, source: Made, role: str, *, traced: bool = False) -> Read:
    """Run migrations as `role` and read what they make, `traced` also which of them makes what.

    Raises MigrationFailed, Incomplete, what the shadow raises.
    """
    place = await shadow.place()
    for migration in source.migrations:
        reason = migration.unsupported or refusal(migration, shared=place.shared)
        if reason:
            said = f"{_label(source)}: {sanitize(migration.label)} was not run. {sanitize(reason)}"
            raise Incomplete(said, detail=roles.NOTHING_COMPARED)
    notes = list(source.notes)
    async with shadow.database(role, source.folder.order) as stage:
        if supabase.belongs_to(source.folder):
            texts = [migration.up.text for migration in source.migrations]
            notes += await roles.laid(stage, place, _label(source), texts)
        tracer = Tracer(stage)
        for migration in source.migrations:
            if traced:
                await tracer.follow(migration)
            try:
                attempt = partial(stage.run, migration, Direction.UP)
                notes += await roles.made_meanwhile(stage, place, _label(source), attempt)
            except MigrationFailed as error:
                raise _stopped(_label(source), error, await _lacked(stage, [migration.up.text])) from error
        catalog = await stage.catalog()
        makers = await tracer.makers(catalog)
        counted = (await count(stage.session)).made
        assert stage.session.server is not None
        owner = stage.session.server.role
    states = stated(migration.up.text for migration in source.migrations)
    notes += _stood_in(shadow, catalog)
    found = Read(source.label, catalog, states, role=owner, notes=tuple(notes), count=counted, makers=makers)
    if not supabase.belongs_to(source.folder):
        return found
    brought = supabase.brought([migration.up.text for migration in source.migrations])
    return replace(found, provider=supabase.PROVIDER, brought=brought)


async def of_script(shadow: Shadow, source: Script, role: str) -> Read:
    """Run a file of SQL as psql would, as `role`, and read what it makes.

    Raises BadSql, StatementFailed, Incomplete, what the shadow raises.
    """
    try:
        text, found = dumps.split(source.text)
    except BadSql as error:
        error.title = f"{_label(source)}: {error.title}"
        raise
    place = await shadow.place()
    if reason := refused(found, _label(source), shared=place.shared):
        raise Incomplete(f"{sanitize(reason)} None of the file was.", detail=roles.NOTHING_COMPARED)
    notes: list[str] = []
    async with shadow.database(role) as stage:
        async with stage.session.alone(stage.consent, doing=f"running {_label(source)}") as writer:
            for statement in found:
                notes += await _run((stage, place), writer, statement, text, source)
        catalog = await stage.catalog()
        counted = (await count(stage.session)).made
        assert stage.session.server is not None
        owner = stage.session.server.role
    notes += _stood_in(shadow, catalog)
    return Read(source.label, catalog, stated([text]), role=owner, notes=tuple(notes), count=counted)


async def rebuilt(shadow: Shadow, found: Read) -> Read:
    """Return a source as the shadow's server has it, whose version is another: texts are compared of one version only.

    What only the source's own server knows stays: sizes, and which versions its extensions have.
    """
    async with shadow.database() as stage:
        await stage.make_roles(found.catalog.roles)
        laid = await laying.make(stage, found.catalog)
        catalog = await stage.catalog()
    server = await shadow.major()
    note = f"{found.label} is PostgreSQL {found.major}: made again in {server}, where the texts of both are compared"
    return replace(
        found,
        catalog=_as_before(catalog, found.catalog),
        notes=(*found.notes, note),
        left_out=(*found.left_out, *laid.left_out),
    )


async def _run(
    where: tuple[Stage, Place], writer: Writer, statement: Statement, text: str, source: Script
) -> list[str]:
    async def attempt() -> None:
        await writer.execute(statement.text, doing=f"running line {statement.line}", whole=text, start=statement.start)

    try:
        return await roles.made_meanwhile(*where, _label(source), attempt)
    except StatementFailed as error:
        if error.sqlstate == _NO_SUCH_OBJECT and statement.kind == _SETTING:
            return []  # a setting of a newer server, at the head of its dump
        raise _stopped(_label(source), error, await _lacked(where[0], [statement.text])) from error


def _stopped(label: str, error: ConsoleError, lacked: list[str]) -> ConsoleError:
    """Return the error of a source that cannot be made; that the shadow lacks something is no fault of the source."""
    if error.sqlstate in _NO_EXTENSION and lacked:
        return Incomplete(
            f"{label} needs {' and '.join(map(sanitize, lacked))}, which the shadow does not have.",
            detail=roles.NOTHING_COMPARED,
            hint=_HINT,
        )
    return type(error)(
        f"{label} does not run in the shadow. {error.title}",
        detail="\n".join(filter(None, (error.detail, roles.NOTHING_COMPARED))),
        hint=error.hint,
        sqlstate=error.sqlstate,
        line=error.line,
        column=error.column,
    )


async def _lacked(stage: Stage, texts: list[str]) -> list[str]:
    """Return the extensions that texts speak of and the shadow does not have."""
    return sorted(spoken_of(texts) - await laying.offers(stage.session))


def _stood_in(shadow: Shadow, catalog: Catalog) -> tuple[str, ...]:
    return said(extensions(catalog) & shadow.stood_in)


def _label(source: Made | Script) -> str:
    return sanitize(source.label)


def _as_before(made: Catalog, known: Catalog) -> Catalog:
    objects = {
        key: replace(each, version=own.version, comment=own.comment)
        if isinstance(each, Extension) and isinstance(own := known.objects.get(key), Extension)
        else each
        for key, each in made.objects.items()
    }
    return replace(made, objects=objects, measures=known.measures, locked=known.locked)
