"""Proposals of indexes: each is built on a real server, and a search then uses it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest

from console.config.profile import Target
from console.db.compose import SQL
from console.db.guard import consent
from console.db.query import Query
from console.db.session import Session
from console.errors import UsageError
from console.vectors.column import VectorColumn, VectorIndex
from console.vectors.explaining import asked, plan
from console.vectors.finding import find_one
from console.vectors.indexing.building import build
from console.vectors.indexing.ground import Ground
from console.vectors.indexing.ground import read as read_ground
from console.vectors.indexing.proposing import Proposal, proposals, propose
from console.vectors.metric import Kind, Metric

GROUND = """
    CREATE SCHEMA "ex t%s"; CREATE EXTENSION vector SCHEMA "ex t%s"; SET search_path = public, "ex t%s";
    CREATE DOMAIN meaning AS vector(4);
    CREATE TABLE "Every One" (id int PRIMARY KEY, "v%s" vector(4), h halfvec(4), s sparsevec(4), b bit(4), u vector,
        long vector(2001), longer vector(4001), mixed vector, empty vector, hs halfvec(4001), d meaning);
    INSERT INTO "Every One"
        SELECT n, v, v, v::sparsevec, binary_quantize(v)::bit(4), v, l, ll,
            CASE WHEN n > 10 THEN v ELSE subvector(v, 1, 2) END, NULL, ll::halfvec(4001), v
        FROM (SELECT n, ARRAY[sin(n), cos(n), sin(n * 2), cos(n * 3)]::vector AS v,
            array_fill(n, ARRAY[2001])::vector AS l, array_fill(n, ARRAY[4001])::vector AS ll
            FROM generate_series(1, 60) n) x;
    CREATE INDEX seed ON "Every One" USING hnsw (b bit_jaccard_ops);
    CREATE TABLE parted (id int, grp int, e vector(4)) PARTITION BY RANGE (grp);
    CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (50);
    CREATE TABLE "Parted 2" PARTITION OF parted FOR VALUES FROM (50) TO (100) PARTITION BY LIST (id);
    CREATE TABLE parted_2_1 PARTITION OF "Parted 2" DEFAULT;
    INSERT INTO parted SELECT id, id, "v%s" FROM "Every One";
    CREATE VIEW seen AS SELECT "v%s" FROM "Every One";
    CREATE MATERIALIZED VIEW stored AS SELECT id, "v%s" AS e FROM "Every One";
    ANALYZE;
"""


@pytest.fixture
async def session(make_database: Callable[..., Target]) -> AsyncIterator[Session]:
    async with await Session.open(make_database(GROUND), what="test") as opened:
        yield opened


async def made(session: Session, proposal: Proposal) -> VectorColumn:
    """Build it, and return the column as it is then."""
    async for _ in build(session, proposal, consent(session.target, action="build an index")):
        pass
    column = proposal.column
    return await find_one(session, f'"{column.schema}"."{column.table}"."{column.name}"')


async def used(session: Session, column: VectorColumn, proposal: Proposal, value: str = "") -> str:
    """Search by what the proposal indexes, and return the index that the server takes."""
    [index] = [each for each in column.indexes if each.name == proposal.name]
    left = index.expression or f'"{column.name}"'
    ext = column.extension.replace('"', '""')
    type_ = "pg_catalog.bit" if index.kind is Kind.BIT else f'"{ext}".{index.kind}'
    where = f" WHERE {index.predicate}" if index.predicate else ""
    one = f'(SELECT {left} FROM "{column.schema}"."{column.table}"{where} LIMIT 1)'
    text = (
        f'SELECT id FROM "{column.schema}"."{column.table}" AS t{where} '
        f'ORDER BY {left} OPERATOR("{ext}".{index.metric.operator}) {one}::{type_}({index.dimensions}) LIMIT 3'
    )
    statement = Query(SQL(text), None, as_text=True)  # type: ignore[arg-type]
    rows, *found = await session.read(statement, *asked(statement))
    assert rows
    # Sixty rows are read sooner than an index is: what counts is that the index can be used.
    return plan([found[-1], found[1], found[-1]], column, index.metric).index


class TestEveryProposalIsBuiltAndUsed:
    @pytest.mark.parametrize(
        ("name", "metric", "method", "kind", "dimensions"),
        [
            *(("v%s", metric, "hnsw", Kind.VECTOR, 4) for metric in (Metric.COSINE, Metric.L2, Metric.L1)),
            ("v%s", Metric.INNER, "ivfflat", Kind.VECTOR, 4),
            ("h", Metric.COSINE, "hnsw", Kind.HALFVEC, 4),
            ("h", Metric.L2, "ivfflat", Kind.HALFVEC, 4),
            ("s", Metric.L1, "hnsw", Kind.SPARSEVEC, 4),
            ("b", Metric.HAMMING, "hnsw", Kind.BIT, 4),
            ("b", Metric.HAMMING, "ivfflat", Kind.BIT, 4),
            ("u", Metric.COSINE, "hnsw", Kind.VECTOR, 4),
            ("mixed", Metric.COSINE, "ivfflat", Kind.VECTOR, 4),
            ("long", Metric.L2, "hnsw", Kind.HALFVEC, 2001),
            ("long", Metric.COSINE, "ivfflat", Kind.HALFVEC, 2001),
            ("longer", Metric.COSINE, "hnsw", Kind.BIT, 4001),
            ("hs", Metric.L2, "hnsw", Kind.BIT, 4001),
            ("d", Metric.L2, "hnsw", Kind.VECTOR, 4),
        ],
    )
    async def test_on_a_table(
        self, session: Session, name: str, metric: Metric, method: str, kind: Kind, dimensions: int
    ) -> None:
        column = await find_one(session, f'"Every One"."{name}"')
        [proposal] = [each for each in await proposals(session, column, metric=metric) if each.method == method]
        assert (proposal.kind, proposal.dimensions) == (kind, dimensions)
        assert proposal.name == f"Every One_{name}_{proposal.metric}_{method}"
        column = await made(session, proposal)
        assert await used(session, column, proposal) == proposal.name

    @pytest.mark.parametrize("method", ["hnsw", "ivfflat"])
    async def test_on_partitions(self, session: Session, method: str) -> None:
        column = await find_one(session, "parted")
        [proposal] = [each for each in await proposals(session, column) if each.method == method]
        assert [statement.split(" USING")[0] for statement in proposal.statements] == [
            f"CREATE INDEX parted_e_cosine_{method} ON ONLY public.parted",
            f'CREATE INDEX "Parted 2_e_cosine_{method}" ON ONLY public."Parted 2"',
            f'ALTER INDEX public.parted_e_cosine_{method} ATTACH PARTITION public."Parted 2_e_cosine_{method}"',
            f"CREATE INDEX CONCURRENTLY parted_1_e_cosine_{method} ON public.parted_1",
            f"ALTER INDEX public.parted_e_cosine_{method} ATTACH PARTITION public.parted_1_e_cosine_{method}",
            f"CREATE INDEX CONCURRENTLY parted_2_1_e_cosine_{method} ON public.parted_2_1",
            f'ALTER INDEX public."Parted 2_e_cosine_{method}" ATTACH PARTITION public.parted_2_1_e_cosine_{method}',
        ]
        column = await made(session, proposal)
        assert column.indexes[0].valid
        assert await used(session, column, proposal) == f"{proposal.name} (2 partitions)"

    async def test_on_a_materialised_view(self, session: Session) -> None:
        [proposal, _] = await proposals(session, await find_one(session, "stored"))
        assert await used(session, await made(session, proposal), proposal) == "stored_e_cosine_hnsw"

    async def test_one_that_is_not_valid_is_mended(self, session: Session, databases: Any) -> None:
        column = await made(session, (await proposals(session, await find_one(session, "stored")))[0])
        with databases.connect(session.target) as connection:
            connection.execute(
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'stored_e_cosine_hnsw'::regclass"
            )
        column = await find_one(session, "stored")
        [proposal, other] = await proposals(session, column)
        assert proposal.statements == ("REINDEX INDEX CONCURRENTLY public.stored_e_cosine_hnsw",)
        assert "not valid" in proposal.reason
        assert other.name == "stored_e_cosine_ivfflat"
        assert (await made(session, proposal)).indexes[0].valid


class TestWhatIsSaid:
    @pytest.mark.parametrize(
        ("name", "metric", "said"),
        [
            ("seen", None, "is of a view, which has no indexes"),
            ('"Every One".empty', None, "holds none yet: an index needs to know their length"),
            ('"Every One".h', Metric.HAMMING, "is of type halfvec, which cannot be searched by hamming"),
        ],
    )
    async def test_no_index_can_be(self, session: Session, name: str, metric: Metric | None, said: str) -> None:
        with pytest.raises(UsageError) as caught:
            await proposals(session, await find_one(session, name), metric=metric)
        assert said in str(caught.value)

    @pytest.mark.parametrize("name", ['"Every One".s', '"Every One".v%s'])
    async def test_hnsw_alone_knows_l1(self, session: Session, name: str) -> None:
        [proposal] = await proposals(session, await find_one(session, name), metric=Metric.L1)
        assert proposal.method == "hnsw"

    async def test_a_longer_vector_says_what_is_indexed(self, session: Session) -> None:
        [proposal, _] = await proposals(session, await find_one(session, '"Every One".long'))
        assert (
            "2,001 dimensions are more than an index takes of a vector, so it is of them as halfvec."
            in proposal.remarks
        )
        assert proposal.sentence == "hnsw of halfvec for cosine, m 16, ef_construction 64"
        [proposal, _] = await proposals(session, await find_one(session, '"Every One".longer'))
        assert "Only the signs of the numbers are indexed" in proposal.remarks[0]

    async def test_vectors_of_other_lengths_are_left_out(self, session: Session) -> None:
        [proposal, _] = await proposals(session, await find_one(session, '"Every One".mixed'))
        assert proposal.statements[0].endswith('WHERE "ex t%s".vector_dims(mixed) = 4')
        assert "Vectors of other lengths than 4 are not in it." in proposal.remarks

    async def test_only_an_owner_builds(self, session: Session) -> None:
        column = await find_one(session, '"Every One".h')
        proposal = propose(column, replace(await read_ground(session, column), owned=False), Metric.L2)
        assert "Only the owner of public.Every One may build it, and this role is not its owner." in proposal.remarks

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({"m": 1}, "m is a number from 2 to 100, and 1 was said"),
            ({"m": 40}, "ef_construction must be twice m at least: 80 for m 40"),
            ({"ef_construction": 9999}, "ef_construction is a number from 4 to 1,000"),
        ],
    )
    async def test_options_that_cannot_be(self, session: Session, options: Any, said: str) -> None:
        column = await find_one(session, '"Every One".h')
        with pytest.raises(UsageError, match=said):
            propose(column, await read_ground(session, column), Metric.L2, "hnsw", options)


def column(**more: Any) -> VectorColumn:
    """Return a column as it could be found."""
    facts: dict[str, Any] = {"kind": Kind.VECTOR, "dimensions": 1536, "extension": "public", "version": "0.8.5", **more}
    return VectorColumn(1, "public", "docs", "e", **facts)


def ground(rows: int, **more: Any) -> Ground:
    facts: dict[str, Any] = {"maintenance_work_mem": 64 << 20, "shared_buffers": 128 << 20, **more}
    return Ground(rows, **facts)


def test_an_index_of_a_cast_that_answers_already_is_named() -> None:
    """One of halfvec, or of bits, is found by the search itself."""
    facts: dict[str, Any] = {"method": "hnsw", "metric": Metric.COSINE, "kind": Kind.HALFVEC, "dimensions": 1536}
    half = VectorIndex(7, "public", "docs_half", expression="(e)::public.halfvec(1536)", **facts)
    assert propose(column(indexes=(half,)), ground(50_000), Metric.COSINE).reason == (
        "index docs_half of (e)::public.halfvec(1536) answers it already, by distances that are less exact"
    )
    assert "is for cosine, and L2 reads" in propose(column(indexes=(half,)), ground(50_000), Metric.L2).reason


class TestSizes:
    @pytest.mark.parametrize(
        ("rows", "lists"), [(0, 1), (274, 1), (50_000, 50), (1_000_000, 1_000), (9_000_000, 3_000)]
    )
    def test_lists_follow_the_rows(self, rows: int, lists: int) -> None:
        assert propose(column(), ground(rows), Metric.L2, "ivfflat").options == {"lists": lists}

    def test_a_small_graph_fits(self) -> None:
        assert propose(column(), ground(5_000), Metric.L2).settings == ()

    def test_memory_is_raised_for_a_build_that_needs_a_little_more(self) -> None:
        made = propose(column(), ground(30_000), Metric.L2)
        assert made.memory == pytest.approx(30_000 * 6864, rel=0.01)
        assert made.settings == ("SET maintenance_work_mem = '208MB'",)
        assert made.sql.startswith("SET maintenance_work_mem = '208MB';\nCREATE INDEX CONCURRENTLY docs_e_l2_hnsw ON")
        assert any("it is raised for this build" in remark for remark in made.remarks)

    def test_and_not_for_one_that_needs_gigabytes(self) -> None:
        made = propose(column(), ground(1_000_000), Metric.L2)
        assert made.settings == ()
        assert any("about 1% of the graph fit" in remark for remark in made.remarks)
        assert any("more than shared_buffers (128 MB)" in remark for remark in made.remarks)

    def test_lists_do_not_begin_with_less(self) -> None:
        made = propose(column(), ground(1_000_000), Metric.L2, "ivfflat")
        assert made.settings == (f"SET maintenance_work_mem = '{int(made.memory * 1.05 / (1 << 20)) + 2}MB'",)
        assert "Search it with probes 32 to begin with: the usual 1 misses many of the nearest." in made.remarks

    def test_a_few_rows_need_none(self) -> None:
        made = propose(column(), ground(274), Metric.L2, "ivfflat")
        assert made.reason == "there is none; with 274 rows, reading all of them is quick and exact"
        assert "now 274 rows: build it when the table is filled" in " ".join(made.remarks)

    def test_an_old_pgvector_has_fewer(self) -> None:
        with pytest.raises(UsageError, match=r"came with pgvector 0\.7, and this database has 0\.6\.2"):
            propose(column(dimensions=3072, version="0.6.2"), ground(10), Metric.L2)

    def test_a_name_is_free_and_fits(self) -> None:
        long = replace(column(), table="ä" * 40, name="ö" * 40)
        taken = frozenset({"docs_e_l2_hnsw"})
        assert propose(column(), ground(10, names=taken), Metric.L2).name == "docs_e_l2_hnsw_2"
        name = propose(long, ground(10), Metric.L2).name
        assert len(name.encode()) == 62  # a letter of two bytes is not cut in half
        assert name.endswith("_l2_hnsw")
