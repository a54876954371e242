"""Statements in one round trip: answered one by one as they end, the right one blamed, nothing after it run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from console.db.bundle import Sent
from console.db.connecting.pipeline import Pipeline
from console.db.query import Query
from console.db.session import Session
from console.errors import BadSql, StatementFailed
from tests.migrations.project import agreed, value

FILE = "CREATE TABLE one (id int);\nINSERT INTO one VALUES (1), (2);\nSELECT oops;\nDROP TABLE one;"
LOCK, FREE = Query("SELECT pg_advisory_lock(4711)"), Query("SELECT pg_advisory_unlock(4711)")


def cut(text: str) -> list[Sent]:
    """Return the lines of a file as the statements that they are."""
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")]
    pairs = zip(text.split("\n"), starts, strict=True)
    return [Sent(line, f"running statement {n}", text, start) for n, (line, start) in enumerate(pairs, 1)]


@pytest.fixture
def syncs(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Return what tells how often the server was waited for."""
    seen: list[None] = []
    before = Pipeline._enqueue_sync

    def counting(pipeline: Pipeline) -> None:
        seen.append(None)
        before(pipeline)

    monkeypatch.setattr(Pipeline, "_enqueue_sync", counting)
    return lambda: len(seen)


async def test_each_statement_is_answered_in_one_round_trip(session: Session, syncs: Callable[[], int]) -> None:
    texts = ["CREATE TABLE one (id int)", *[f"INSERT INTO one VALUES ({n})" for n in range(40)], "-- nothing"]
    async with session.writing(agreed(session.target)) as writer:
        before = syncs()
        async with writer.bundle(*(Sent(text, "running") for text in texts)) as answer:
            tags = [await answer() for _ in texts]
        assert syncs() - before == 1
    assert tags == ["CREATE TABLE", *["INSERT 0 1"] * 40, ""]
    assert await value(session, "SELECT count(*) FROM public.one") == 40


async def test_an_answer_comes_as_soon_as_its_statement_has_ended(session: Session, straight: Session) -> None:
    """The second waits for a lock that is given back only once the first has been answered."""
    async with straight.writing(agreed(straight.target)) as holder:
        await holder.read(LOCK)
        async with asyncio.timeout(30), session.writing(agreed(session.target)) as writer:
            statements = (Sent("CREATE TABLE one (id int)", "making"), Sent(LOCK.sql, "locking"))
            async with writer.bundle(*statements) as answer:
                assert await answer() == "CREATE TABLE"
                await holder.read(FREE)
                assert await answer() == "SELECT 1"
            await writer.read(FREE)


@pytest.mark.parametrize("before", [0, 1, 60])
@pytest.mark.parametrize("after", [0, 1, 300])
async def test_the_one_that_fails_is_blamed_however_many_were_sent(session: Session, before: int, after: int) -> None:
    lines = [f"SELECT {n};" for n in range(before)]
    text = "\n".join([*lines, "SELECT 1 / 0 + nowhere;", *[f"CREATE TABLE t{n} ();" for n in range(after)]])
    answered = 0
    with pytest.raises(StatementFailed) as caught:
        async with session.writing(agreed(session.target)) as writer, writer.bundle(*cut(text)) as answer:
            while True:
                await answer()
                answered += 1
    assert answered == before
    assert caught.value.title == f'Running statement {before + 1} failed: column "nowhere" does not exist'
    assert (caught.value.line, caught.value.column) == (before + 1, 16)
    assert await value(session, "SELECT count(*) FROM pg_catalog.pg_class WHERE relname ~ '^t[0-9]'") == 0


async def test_what_goes_back_to_a_savepoint_can_go_on(session: Session) -> None:
    """As a trial does: after a failure the transaction is used further."""
    async with session.writing(agreed(session.target)) as writer:
        with pytest.raises(StatementFailed, match="statement 3"):
            async with writer.savepoint(), writer.bundle(*cut(FILE)) as answer:
                for _ in range(4):
                    await answer()
        async with writer.bundle(*cut("CREATE TABLE one (id int);")) as answer:
            assert await answer() == "CREATE TABLE"
    assert await value(session, "SELECT count(*) FROM public.one") == 0


@pytest.mark.parametrize("error", ["SELECT '\udcff';", "SELECT '\x00';"])
async def test_what_cannot_be_sent_is_blamed_after_what_went_before_it(session: Session, error: str) -> None:
    answered: list[str] = []
    with pytest.raises((StatementFailed, BadSql)) as caught:
        async with session.writing(agreed(session.target)) as writer:
            texts = ["CREATE TABLE one (id int);", "SELECT pg_catalog.pg_sleep(0.1);", error, "DROP TABLE one;"]
            sent = [Sent(each, f"running statement {n}") for n, each in enumerate(texts, 1)]
            async with writer.bundle(*sent) as answer:
                while True:
                    answered += [await answer()]
    assert "NUL" in str(caught.value) or answered == ["CREATE TABLE", "SELECT 1"]
    assert await value(session, "SELECT count(*) FROM pg_catalog.pg_class WHERE relname = 'one'") == 0


async def test_more_than_any_buffer_holds_goes_through(session: Session) -> None:
    sizes = [1 << power for power in range(14, 24)] * 2
    texts = [f"SELECT pg_catalog.repeat('x', {size}), pg_catalog.length('{'y' * size}')" for size in sizes]
    sent = [Sent(text, "running") for text in texts]
    async with session.writing(agreed(session.target)) as writer, writer.bundle(*sent) as answer:
        assert [await answer() for _ in texts] == ["SELECT 1"] * len(texts)


async def test_whoever_stops_waiting_ends_all_of_it(session: Session, straight: Session) -> None:
    begun = asyncio.Event()

    async def run() -> None:
        async with session.writing(agreed(session.target)) as writer:
            texts = ("CREATE TABLE one (id int)", "SELECT pg_catalog.pg_sleep(600)", "CREATE TABLE two (id int)")
            async with writer.bundle(*(Sent(text, "running") for text in texts)) as answer:
                await answer()
                begun.set()
                await answer()

    task = asyncio.create_task(run())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        async with asyncio.timeout(60):
            await task
    assert await value(straight, "SELECT count(*) FROM pg_catalog.pg_class WHERE relname IN ('one', 'two')") == 0
    assert await value(session, "SELECT 1") == 1


class TestAtTheEnd:
    async def test_it_is_in_the_round_trip_of_the_commit(self, session: Session, syncs: Callable[[], int]) -> None:
        async with session.writing(agreed(session.target)) as writer:
            before = syncs()
            writer.at_the_end(Query("CREATE TABLE one (id int)"), Query("INSERT INTO one VALUES (1)"))
        assert syncs() - before == 1
        assert await value(session, "SELECT count(*) FROM public.one") == 1

    async def test_when_it_fails_nothing_is_committed(self, session: Session) -> None:
        with pytest.raises(StatementFailed, match=r"Recording failed: .*nowhere"):
            async with session.writing(agreed(session.target), doing="recording") as writer:
                await writer.execute("CREATE TABLE one (id int)")
                writer.at_the_end(Query("INSERT INTO nowhere VALUES (1)"), Query("SELECT 1"))
        assert await value(session, "SELECT count(*) FROM pg_catalog.pg_class WHERE relname = 'one'") == 0

    async def test_a_role_that_was_set_is_put_off_before_it(self, session: Session) -> None:
        async with session.writing(agreed(session.target)) as writer:
            await writer.execute("SET ROLE pg_monitor")
            writer.at_the_end(Query("CREATE TABLE one (id int)"), reset=True)
        owner = "SELECT relowner::regrole::text FROM pg_catalog.pg_class WHERE relname = 'one'"
        assert await value(session, owner) != "pg_monitor"

    async def test_it_is_left_out_where_nothing_is_kept(self, session: Session) -> None:
        async with session.writing(agreed(session.target), keep=False) as writer:
            writer.at_the_end(Query("CREATE TABLE one (id int)"))
        assert await value(session, "SELECT count(*) FROM pg_catalog.pg_class WHERE relname = 'one'") == 0


class TestTried:
    async def test_rows(self, session: Session, syncs: Callable[[], int]) -> None:
        async with session.writing(agreed(session.target)) as writer:
            before = syncs()
            assert await writer.tried(Query("SELECT 1")) == [(1,)]
            assert syncs() - before == 1

    async def test_what_fails_harms_nothing(self, session: Session) -> None:
        async with session.writing(agreed(session.target)) as writer:
            await writer.execute("CREATE TABLE one (id int)")
            assert await writer.tried(Query("SELECT 1 / 0")) == []
            assert await writer.tried(Query("SELECT 2")) == [(2,)]
        assert await value(session, "SELECT count(*) FROM public.one") == 0
