"""The report on the first sample system, in two batches: every figure against a query of its own."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from console.catalog.model import Kind
from console.config.profile import Target
from console.db.session import Session
from console.migrations import seed
from console.migrations.report import gathering, markdown
from console.migrations.report.facts import Health, Now, Origin, Report
from tests.databases import Databases
from tests.migrations.project import Project, agreed
from tests.migrations.reporting import check, section
from tests.systems.skintwin import SYSTEM

FIGURES = """
    SELECT count(*) FILTER (WHERE relkind = 'r') AS tables,
        count(*) FILTER (WHERE relkind = 'v') AS views,
        count(*) FILTER (WHERE relkind = 'i' AND c.oid NOT IN (SELECT conindid FROM pg_constraint)) AS indexes,
        (SELECT count(*) FROM pg_proc WHERE pronamespace IN ('public'::regnamespace, to_regnamespace('skin_twin'))),
        (SELECT count(*) FROM pg_trigger AS t JOIN pg_class AS r ON r.oid = tgrelid
            WHERE NOT tgisinternal AND r.relnamespace <> to_regnamespace('dbconsole')),
        (SELECT count(*) FROM pg_policy)
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = relnamespace
    WHERE nspname IN ('public', 'skin_twin')
"""
KINDS = (Kind.TABLE, Kind.VIEW, Kind.INDEX, Kind.FUNCTION, Kind.TRIGGER, Kind.POLICY)


@dataclass(frozen=True)
class Known:
    """The database, what was there after each batch by pg_class, and the reports on all and on each batch."""

    target: Target
    figures: list[tuple[int, ...]]
    whole: Report
    batches: dict[int, Report]


@pytest.fixture(scope="module")
def known(databases: Databases) -> Iterator[Known]:
    target = databases.make()
    yield asyncio.run(_known(databases, target))
    databases.drop(target)


async def _known(databases: Databases, target: Target) -> Known:
    def figures() -> tuple[int, ...]:
        with databases.connect(target) as connection:
            return connection.execute(FIGURES).fetchall()[0]

    found = [figures()]
    async with await Session.open(target, what="test") as session:
        project = Project(SYSTEM.folder, session)
        await project.up(to="0003")
        found.append(figures())
        async for _ in seed.run(session, project.folder, agreed(target)):
            pass
        await project.up()
        found.append(figures())
        whole = await gathering.gather(session, project.folder)
        batches = {batch: await gathering.gather(session, project.folder, batch=batch) for batch in (1, 2)}
    return Known(target, found, whole, batches)


@pytest.fixture
def rows(known: Known, databases: Databases) -> Any:
    """Return what asks the database directly."""

    def ask(sql: str) -> list[tuple[Any, ...]]:
        with databases.connect(known.target) as connection:
            return connection.execute(sql).fetchall()  # type: ignore[call-overload,no-any-return]

    return ask


def test_what_was_created_is_what_pg_class_has_more(known: Known) -> None:
    before, between, after = known.figures
    counted = [tuple(report.created()[kind] for kind in KINDS) for report in (known.whole, *known.batches.values())]
    assert counted[0] == tuple(b - a for a, b in zip(before, after, strict=True)) == (16, 4, 11, 1, 2, 11)
    assert counted[1] == tuple(b - a for a, b in zip(before, between, strict=True))
    assert counted[2] == tuple(b - a for a, b in zip(between, after, strict=True)) == (0, 0, 0, 0, 0, 11)


def test_every_object_is_where_its_step_made_it(known: Known) -> None:
    assert known.whole.deviations == ()
    assert {deed.now for phase in known.whole.phases for deed in phase.deeds} == {Now.PRESENT}
    tables = {str(holding.key): holding for holding in known.whole.of(Kind.TABLE)}
    assert tables.keys() == SYSTEM.rows.keys()
    new = {name for name, holding in tables.items() if holding.by == "0002_hypergraph_sync"}
    assert new == {"skin_twin.hypergraph_nodes", "skin_twin.hypergraph_edges"}
    assert {holding.origin for holding in known.whole.holdings if holding.key.kind in KINDS} == {Origin.CREATED}


def test_times_and_statements_are_the_ledgers(known: Known, rows: Any) -> None:
    ledger = rows("SELECT version, batch, duration_ms, applied_at FROM dbconsole.migrations ORDER BY position")
    assert [(each.version, each.batch, each.duration_ms, each.applied_at) for each in known.whole.phases] == ledger
    history = rows("SELECT statements, operator, database_user FROM dbconsole.history ORDER BY id")
    assert [(each.statements, each.operator, each.role) for each in known.whole.phases] == history
    assert known.whole.phases[1].statements == 13
    assert known.whole.attempts.total == 4
    total = sum(row[2] for row in ledger)
    said = section(markdown.render(known.whole), "## Metrics")
    assert re.search(rf"Execution time +\| +({total} ms|{total / 1000:.2f} s|{total}.0 ms) ", said)


def test_checks(known: Known) -> None:
    assert (known.whole.verification.passed, known.whole.verification.total) == (100, 100)
    said = section(markdown.render(known.whole), "## Verification")
    assert "**100/100 passed (100.0 %)**" in said
    assert re.search(
        r"`0002_hypergraph_sync` +\| +16 \| +16 \| +0 \| 100.0 % \| `0002_hypergraph_sync.verify.sql`", said
    )


def test_sizes_are_measured(known: Known, rows: Any) -> None:
    tables = rows(
        "SELECT nspname || '.' || relname, reltuples::bigint, pg_total_relation_size(c.oid)"
        " FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
        " WHERE relkind = 'r' AND nspname IN ('public', 'skin_twin')"
    )
    found = {str(each.key): each.size for each in known.whole.of(Kind.TABLE)}
    assert {name: size.rows for name, size in found.items()} == {name: rows for name, rows, _ in tables} == SYSTEM.rows
    # A vacuum that comes by meanwhile gives a table its maps, of a page or two each.
    assert {name: size.bytes for name, size in found.items()} == {
        name: pytest.approx(size, abs=5 * 8192) for name, _, size in tables
    }
    indexes = dict(rows("SELECT indexrelid::regclass::text, pg_relation_size(indexrelid) FROM pg_index"))
    for each in known.whole.of(Kind.INDEX):
        assert each.size.bytes == indexes[str(each.key).removeprefix("public.")]


def test_everything_is_in_step(known: Known) -> None:
    assert known.whole.in_step
    assert known.whole.next_steps == ()
    assert [line.title for line in known.whole.health] == [
        *("status", "performance", "integrity", "availability", "synchronisation")
    ]
    states = {line.title: line.health for line in known.whole.health}
    assert states["status"] is states["integrity"] is states["synchronisation"] is Health.OK


def test_the_way_back_is_the_down_files_in_reverse(known: Known, rows: Any) -> None:
    files = [step.file.name for step in known.whole.rollback if step.file is not None]
    assert files == [f"{name}.down.sql" for name in reversed(SYSTEM.migrations)]
    assert [len(step.loses) for step in known.whole.rollback] == [0, 0, 2, 14]
    lost = {str(loss.key): loss.size.rows for step in known.whole.rollback for loss in step.loses}
    assert lost == SYSTEM.rows
    said = section(markdown.render(known.whole), "### Step 3: `0002_hypergraph_sync`")
    assert "7 statements, in one transaction" in said
    assert "loses ≈ 1,900 rows" in said


class TestOneBatch:
    def test_what_earlier_ones_made_was_there_before(self, known: Known) -> None:
        second = known.batches[2]
        assert [phase.label for phase in second.phases] == ["0004_row_level_security"]
        origins = {holding.key.kind: holding.origin for holding in second.holdings}
        assert origins[Kind.TABLE] is origins[Kind.INDEX] is Origin.EXISTING
        assert origins[Kind.POLICY] is Origin.CREATED
        text = markdown.render(second)
        assert "- 16 tables: " in section(text, "### Existing objects")
        assert section(text, "### Missing components").count("\n- ") == 1
        assert "The 1 migration of batch 2 made 11 policies" in text

    def test_what_later_ones_made_came_later(self, known: Known) -> None:
        first = known.batches[1]
        assert [phase.version for phase in first.phases] == ["0001", "0002", "0003"]
        assert {holding.origin for holding in first.of(Kind.POLICY)} == {Origin.LATER}
        assert "11 later." in section(markdown.render(first), "### 11 policies")
        assert "What was applied after batch 1 has to be rolled back before." in markdown.render(first)

    def test_checks_are_always_all(self, known: Known) -> None:
        assert {report.verification.total for report in known.batches.values()} == {100}
        assert all(report.in_step for report in known.batches.values())


class TestItsMarkdown:
    def test_is_well_formed(self, known: Known) -> None:
        for report in (known.whole, *known.batches.values()):
            check(markdown.render(report))

    def test_has_every_section(self, known: Known) -> None:
        found = re.findall(r"^## (.*)$", markdown.render(known.whole), re.MULTILINE)
        assert found == [
            *("Summary", "Configuration", "State before, and what was missing", "Phases", "Final state", "Metrics"),
            *("Transactions", "Verification", "Other targets of these migrations", "Rollback plan", "Health"),
            "Next steps",
        ]

    def test_a_phase_has_tables_with_columns_and_indexes(self, known: Known) -> None:
        phase = section(markdown.render(known.whole), "### Phase 2: `0002_hypergraph_sync` · applied")
        assert "**Table `skin_twin.hypergraph_edges`** · ✓ present" in phase
        assert re.search(r"\| `weight` +\| `numeric\(10,4\)` +\| yes +\| `1.0` ", phase)
        assert "- `idx_hypergraph_edges_weight`: `btree (weight DESC)`" in phase
        assert re.search(r"\| trigger +\| `skin_twin.hypergraph_nodes.update_hypergraph_nodes_timestamp` ", phase)
        assert "- created 2 tables, 2 views, 6 indexes, 1 function and 2 triggers" in phase

    def test_a_phase_without_objects_says_what_it_altered(self, known: Known) -> None:
        phase = section(markdown.render(known.whole), "### Phase 3: `0003_comments` · applied")
        assert "- creates no objects" in phase
        assert re.search(r"\| table +\| `skin_twin.formulations` +\| altered \| ✓ present \| comment", phase)
