"""Finding columns of vectors in real databases: every type and kind of relation, their indexes, names a person says."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.db.session import Session
from console.errors import UsageError
from console.vectors.column import VectorColumn, VectorIndex
from console.vectors.finding import Survey, find, find_one, survey
from console.vectors.metric import Kind, Metric
from tests.databases import Databases
from tests.pooler import Pooler
from tests.servers import installation

EVIL = """
    CREATE SCHEMA "ev""il.x%s";
    CREATE EXTENSION vector SCHEMA "ev""il.x%s";
    SET search_path = public, "ev""il.x%s";
    CREATE TABLE every (
        id int PRIMARY KEY, v vector(3072), h halfvec(4), s sparsevec(10), b bit(8), u vector, plain bit(8), note text
    );
    CREATE INDEX every_cast ON every USING hnsw ((v::halfvec(3072)) halfvec_cosine_ops) WITH (m = 8);
    CREATE INDEX every_binary ON every USING hnsw ((binary_quantize(v)::bit(3072)) bit_hamming_ops);
    CREATE INDEX every_h ON every USING ivfflat (h halfvec_l2_ops) WITH (lists = 7);
    CREATE INDEX every_s ON every USING hnsw (s sparsevec_l1_ops);
    CREATE INDEX every_b ON every USING hnsw (b bit_jaccard_ops);
    CREATE INDEX every_u ON every USING hnsw ((u::vector(3)) vector_ip_ops) WHERE id > 5;
    CREATE INDEX every_plain ON every (plain);
"""

KINDS = """
    CREATE EXTENSION vector;
    CREATE DOMAIN meaning AS vector(3);
    CREATE TABLE parted (id int, part int, e vector(3), PRIMARY KEY (part, id)) PARTITION BY LIST (part);
    CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
    CREATE TABLE parted_2 PARTITION OF parted FOR VALUES IN (2) PARTITION BY LIST (id);
    CREATE TABLE parted_2_1 PARTITION OF parted_2 FOR VALUES IN (1);
    CREATE INDEX parted_e ON parted USING hnsw (e vector_l2_ops);
    INSERT INTO parted SELECT g, 1, '[1,2,3]'::vector FROM generate_series(1, 50) g UNION ALL SELECT 1, 2, '[1,2,3]';
    CREATE TABLE above (id int PRIMARY KEY, e vector(3));
    CREATE TABLE below () INHERITS (above);
    CREATE TABLE keyed (code text NOT NULL UNIQUE, maybe int UNIQUE, e meaning);
    CREATE TABLE keyless (maybe int UNIQUE, e vector);
    CREATE VIEW seen AS SELECT code, e FROM keyed;
    CREATE MATERIALIZED VIEW stored AS SELECT id, e FROM parted WHERE part = 1;
    CREATE UNIQUE INDEX stored_id ON stored (id);
    CREATE INDEX stored_e ON stored USING ivfflat (e vector_cosine_ops) WITH (lists = 2);
    CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER nowhere FOREIGN DATA WRAPPER nowhere;
    CREATE FOREIGN TABLE far (id int, e vector(3)) SERVER nowhere;
    CREATE TABLE words (id int, e text);
    ANALYZE;
"""

VIEWS = """
    CREATE EXTENSION vector;
    CREATE TABLE t (a int, b int, code text NOT NULL UNIQUE, e vector(3), PRIMARY KEY (a, b));
    CREATE TABLE o (a int PRIMARY KEY, t_code text, e vector(3));
    CREATE TABLE above (id int PRIMARY KEY, e vector(3)); CREATE TABLE below () INHERITS (above);
    CREATE VIEW {name} AS {statement};
"""

NAMES = """
    CREATE EXTENSION vector;
    CREATE SCHEMA app; CREATE SCHEMA other;
    CREATE TABLE app.articles (id int PRIMARY KEY, embedding vector(3), note text);
    CREATE TABLE public.app (id int PRIMARY KEY, articles vector(3));
    CREATE TABLE public.two (id int, first vector(3), second vector(4));
    CREATE TABLE public.twin (id int, e vector(3)); CREATE TABLE other.twin (id int, e vector(3));
    CREATE TABLE public."My.Table" (id int, "the ""vec"" x" vector(3));
    CREATE TABLE public.words (id int, e text);
"""


@pytest.fixture
async def kinds(make_database: Callable[..., Target]) -> AsyncIterator[dict[str, VectorColumn]]:
    async with await Session.open(make_database(KINDS), what="test") as opened:
        yield {column.table: column for column in await find(opened)}


@pytest.fixture
async def named(make_database: Callable[..., Target]) -> AsyncIterator[Session]:
    async with await Session.open(make_database(NAMES), what="test") as opened:
        yield opened


class TestTypes:
    @pytest.fixture
    async def columns(self, make_database: Callable[..., Target]) -> AsyncIterator[dict[str, VectorColumn]]:
        async with await Session.open(make_database(EVIL), what="test") as opened:
            yield {column.name: column for column in await find(opened)}

    def test_each_type_with_its_length(self, columns: dict[str, VectorColumn]) -> None:
        assert {name: (column.kind, column.dimensions) for name, column in columns.items()} == {
            "v": (Kind.VECTOR, 3072),
            "h": (Kind.HALFVEC, 4),
            "s": (Kind.SPARSEVEC, 10),
            "b": (Kind.BIT, 8),
            "u": (Kind.VECTOR, None),
        }

    def test_the_extension_may_live_anywhere(self, columns: dict[str, VectorColumn]) -> None:
        assert columns["v"].extension == 'ev"il.x%s'
        assert columns["v"].version.startswith("0.")

    def test_an_index_is_of_the_column_in_its_expression(self, columns: dict[str, VectorColumn]) -> None:
        binary, cast = columns["v"].indexes
        assert (cast.kind, cast.dimensions, cast.metric) == (Kind.HALFVEC, 3072, Metric.COSINE)
        assert cast.expression == '(v)::"ev""il.x%s".halfvec(3072)'
        assert (binary.kind, binary.metric, binary.dimensions) == (Kind.BIT, Metric.HAMMING, 3072)

    @pytest.mark.parametrize(
        ("name", "method", "metric", "options"),
        [
            ("h", "ivfflat", Metric.L2, {"lists": "7"}),
            ("s", "hnsw", Metric.L1, {"m": "16", "ef_construction": "64"}),
            ("b", "hnsw", Metric.JACCARD, {"m": "16", "ef_construction": "64"}),
            ("u", "hnsw", Metric.INNER, {"m": "16", "ef_construction": "64"}),
        ],
    )
    def test_the_metric_comes_from_the_operator_class(
        self, columns: dict[str, VectorColumn], name: str, method: str, metric: Metric, options: dict[str, str]
    ) -> None:
        [index] = columns[name].indexes
        assert (index.method, index.metric, dict(index.options)) == (method, metric, options)
        assert columns[name].metric is metric

    def test_the_metric_of_a_column_is_one_that_its_type_has(self, columns: dict[str, VectorColumn]) -> None:
        assert columns["v"].metric is Metric.COSINE

    def test_options_that_are_said_stand_before_the_usual(self, columns: dict[str, VectorColumn]) -> None:
        assert columns["v"].indexes[1].options == {"m": "8", "ef_construction": "64"}

    def test_a_partial_index_says_its_condition(self, columns: dict[str, VectorColumn]) -> None:
        assert columns["u"].indexes[0].predicate == "(id > 5)"

    def test_the_other_columns_are_known_by_type(self, columns: dict[str, VectorColumn]) -> None:
        assert list(columns["v"].columns) == ["id", "v", "h", "s", "b", "u", "plain", "note"]
        assert columns["v"].columns["h"] == '"ev""il.x%s".halfvec(4)'
        assert columns["v"].columns["note"] == "text"


class TestRelations:
    def test_every_kind_of_relation_is_found(self, kinds: dict[str, VectorColumn]) -> None:
        found = {table: column.relation_kind for table, column in kinds.items()}
        assert found == {
            "parted": "p",
            "above": "r",
            "below": "r",
            "keyed": "r",
            "keyless": "r",
            "seen": "v",
            "stored": "m",
            "far": "f",
        }

    def test_a_partitioned_table_has_the_rows_of_its_partitions(self, kinds: dict[str, VectorColumn]) -> None:
        assert kinds["parted"].rows == 51
        assert kinds["parted"].size == 2 * 8192

    def test_a_partitioned_index_has_what_its_parts_have(self, kinds: dict[str, VectorColumn]) -> None:
        [index] = kinds["parted"].indexes
        assert (index.name, index.method, index.metric, index.valid) == ("parted_e", "hnsw", Metric.L2, True)
        assert index.size >= 4 * 8192
        assert index.entries == 51

    @pytest.mark.parametrize(
        ("table", "key"),
        [
            ("parted", ("part", "id")),
            ("keyed", ("code",)),
            ("keyless", ("ctid",)),
            ("seen", ("code",)),
            ("stored", ("id",)),
            ("above", ("tableoid", "ctid")),
            ("below", ("ctid",)),
            ("far", ()),
        ],
    )
    def test_the_key_tells_rows_apart(self, kinds: dict[str, VectorColumn], table: str, key: tuple[str, ...]) -> None:
        assert kinds[table].key == key

    @pytest.mark.parametrize(
        ("statement", "key"),
        [
            ("SELECT a, b, e FROM t WHERE code > (SELECT min(t_code) FROM o)", ("a", "b")),
            ('SELECT e, b AS "the ""b"" %s", a AS b FROM t', ("b", 'the "b" %s')),
            ("SELECT a, a AS b, code AS name, code AS other, e FROM t", ("name",)),
            ('SELECT e, a, b AS "0" FROM t', ("a", "0")),
            ("SELECT a, e FROM t", ()),
            ("SELECT (SELECT x.a FROM o AS x LIMIT 1) AS a, b, e FROM t", ()),
            ("SELECT a + 1 AS a, b, e FROM t", ()),
            ("SELECT t.a, t.b, t.code, t.e FROM t JOIN o ON o.t_code < t.code", ()),
            ("SELECT o.a, t.e FROM t CROSS JOIN o", ()),
            ("SELECT a, b, e FROM t UNION ALL SELECT a, b, e FROM t", ()),
            ("SELECT a, b, e FROM t LIMIT 5", ()),
            ("SELECT id, e FROM above", ()),
        ],
    )
    async def test_a_view_has_the_key_of_the_table_whose_rows_it_shows(
        self, make_database: Callable[..., Target], statement: str, key: tuple[str, ...]
    ) -> None:
        name = '"a ""view"" %s"'
        target = make_database(VIEWS.replace("{name}", name).replace("{statement}", statement))
        async with await Session.open(target, what="test") as session:
            assert (await find_one(session, name)).key == key

    @pytest.mark.parametrize("rule", ["", "CREATE RULE r AS ON UPDATE TO v DO INSTEAD NOTHING;"])
    async def test_a_view_that_is_let_be_written_by_a_rule_is_not_one_table(
        self, make_database: Callable[..., Target], rule: str
    ) -> None:
        made = VIEWS.replace("{name}", "v").replace("{statement}", "SELECT t.a, t.b, t.e FROM t CROSS JOIN o") + rule
        async with await Session.open(make_database(made), what="test") as session:
            assert (await find_one(session, "v")).key == ()

    @pytest.mark.parametrize("locked", ["t", "v"])
    async def test_what_a_view_shows_is_not_waited_for(
        self, make_database: Callable[..., Target], databases: Databases, locked: str
    ) -> None:
        target = make_database(VIEWS.replace("{name}", "v").replace("{statement}", "SELECT a, b, e FROM t"))
        async with await Session.open(target, what="test") as session:
            with databases.connect(target) as other, other.transaction():
                statement = (
                    "ALTER TABLE t ADD COLUMN more int" if locked == "t" else "ALTER VIEW v SET (security_barrier)"
                )
                other.execute(statement.encode())
                assert {each.table: each.key for each in await find(session)}["v"] == ()
            assert (await find_one(session, "v")).key == ("a", "b")

    def test_a_domain_has_the_length_of_its_vector(self, kinds: dict[str, VectorColumn]) -> None:
        assert (kinds["keyed"].kind, kinds["keyed"].dimensions) == (Kind.VECTOR, 3)

    def test_a_materialised_view_has_its_index(self, kinds: dict[str, VectorColumn]) -> None:
        [index] = kinds["stored"].indexes
        assert (index.method, index.options["lists"]) == ("ivfflat", "2")


class TestNames:
    @pytest.mark.parametrize(
        ("word", "found"),
        [
            ("app.articles.embedding", "app.articles.embedding"),
            ("articles", "app.articles.embedding"),
            ("articles.embedding", "app.articles.embedding"),
            ("two.second", "public.two.second"),
            ("public.two.first", "public.two.first"),
            ('"My.Table"', 'public.My.Table.the "vec" x'),
            ('public."My.Table"."the ""vec"" x"', 'public.My.Table.the "vec" x'),
            ("other.twin", "other.twin.e"),
        ],
    )
    async def test_a_name_is_understood(self, named: Session, word: str, found: str) -> None:
        assert (await find_one(named, word)).full_name == found

    @pytest.mark.parametrize(
        ("word", "said", "more"),
        [
            ("app.articles", "may be schema and table, or table and column", "app.articles.embedding, public.app.art"),
            ("two", "two has several columns of vectors", "public.two.first, public.two.second"),
            ("twin", "Several schemas have a table called twin", "other.twin.e, public.twin.e"),
            ("twin.e", "Several schemas", "other.twin.e"),
            ("artikles", "no table or column of vectors called artikles", "Did you mean app.articles.embedding"),
            ("app.article", "public.app has no column article", "app.articles.embedding"),
            ("nothing", "no table or column", "There are app.articles.embedding, "),
            ("words", "public.words has no column of vectors", ""),
            ("words.e", "The column e of public.words is of type text", ""),
            ("articles.body", "app.articles has no column body", "app.articles.embedding"),
            ("", "An empty text is no name", "SCHEMA"),
            ("a.b.c.d", "is no name of a table", "SCHEMA"),
            ("a\x1b[1m", "a␛[1m", ""),
        ],
    )
    async def test_what_is_not_there_is_said(self, named: Session, word: str, said: str, more: str) -> None:
        with pytest.raises(UsageError) as caught:
            await find_one(named, word)
        assert said in caught.value.title
        assert more in f"{caught.value.detail} {caught.value.hint}"

    async def test_a_partition_is_found_by_its_name(self, make_database: Callable[..., Target]) -> None:
        async with await Session.open(make_database(KINDS), what="test") as opened:
            column = await find_one(opened, "parted_1")
            assert (column.rows, column.key, len(column.indexes)) == (50, ("part", "id"), 1)
            assert opened.trips == 1


class TestRights:
    @pytest.fixture
    def connection(self, databases: Databases, make_database: Callable[..., Target]) -> Iterator[Any]:
        target = make_database(NAMES)
        with databases.connect(target) as opened:
            opened.execute("CREATE ROLE finding_reader LOGIN")
            opened.execute(
                "GRANT USAGE ON SCHEMA app TO finding_reader; GRANT SELECT (id, note) ON app.articles TO finding_reader"
            )
            opened.execute("GRANT SELECT ON other.twin, public.two TO finding_reader")
            yield opened, Target(name="t", params={**target.params, "user": "finding_reader"}, origin="a test")
            opened.execute("DROP OWNED BY finding_reader; DROP ROLE finding_reader")

    async def test_what_may_not_be_read_is_not_offered(self, connection: Any) -> None:
        async with await Session.open(connection[1], what="test") as session:
            assert [column.full_name for column in await find(session)] == ["public.two.first", "public.two.second"]

    @pytest.mark.parametrize(
        ("word", "said"),
        [
            ("articles", "has no column of vectors that this role may read"),
            ("articles.embedding", "may not read the column embedding"),
            ("other.twin", "may not use the schema other"),
        ],
    )
    async def test_and_said_when_it_is_asked_for(self, connection: Any, word: str, said: str) -> None:
        async with await Session.open(connection[1], what="test") as session:
            with pytest.raises(UsageError, match=said):
                await find_one(session, word)


class TestNothing:
    async def test_the_extension_is_not_created(self, session: Session) -> None:
        found = await survey(session)
        assert found.columns == ()
        assert "CREATE EXTENSION vector creates it" in found.nothing
        with pytest.raises(UsageError, match="CREATE EXTENSION vector creates it") as caught:
            await find_one(session, "articles")
        assert caught.value.hint == "CREATE EXTENSION vector"

    async def test_no_column(self, make_database: Callable[..., Target]) -> None:
        async with await Session.open(make_database("CREATE EXTENSION vector"), what="test") as session:
            assert "No table here has a column of vectors" in (await survey(session)).nothing

    @pytest.mark.slow
    @pytest.mark.parametrize("version", [14, 17])
    async def test_the_server_does_not_have_it(self, version: int, tmp_path: Path) -> None:
        with Databases.started(tmp_path, version=version, installation=installation(version)) as databases:
            async with await Session.open(databases.make("CREATE TABLE t (b bit(3))"), what="test") as session:
                found = await survey(session)
                assert found == Survey((), None, "", "")
                assert "pgvector has to be installed there" in found.nothing
                with pytest.raises(UsageError, match="pgvector has to be installed"):
                    await find_one(session, "t")


class TestBuilding:
    async def test_an_index_that_is_being_built(
        self, databases: Databases, make_database: Callable[..., Target]
    ) -> None:
        target = make_database(
            "CREATE EXTENSION vector; CREATE TABLE t (id int, e vector(3)); INSERT INTO t VALUES (1, '[1,2,3]')"
        )
        with databases.connect(target) as holder, databases.connect(target) as builder:
            holder.execute("BEGIN; LOCK t IN ROW EXCLUSIVE MODE")
            building = threading.Thread(target=_build, args=(builder,))
            building.start()
            async with await Session.open(target, what="test") as session:
                index = await _seen(session)
                assert not index.valid
                assert index.building is not None
                assert index.building.phase == "waiting for writers before build"
                assert index.building.pid == builder.info.backend_pid
                holder.execute("COMMIT")
                building.join(120)
                [index] = (await find_one(session, "t")).indexes
                assert index.valid
                assert index.building is None

    async def test_a_locked_table_is_listed_at_once(
        self, databases: Databases, make_database: Callable[..., Target]
    ) -> None:
        target = make_database(EVIL)
        with databases.connect(target) as holder:
            holder.execute("BEGIN; LOCK every IN ACCESS EXCLUSIVE MODE")
            async with await Session.open(target, what="test") as session:
                found = {column.name: [index.name for index in column.indexes] for column in await find(session)}
                assert found == {"v": [], "h": ["every_h"], "s": ["every_s"], "b": ["every_b"], "u": []}


def _build(connection: psycopg.Connection[Any]) -> None:
    connection.execute("CREATE INDEX CONCURRENTLY t_e ON t USING hnsw (e vector_cosine_ops)")


async def _seen(session: Session) -> VectorIndex:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        [column] = await find(session)
        if column.indexes and column.indexes[0].building:
            return column.indexes[0]
    raise AssertionError("no index is being built")


_SPAN = """SELECT set_config('test.first', %s::text, false), set_config('test.last', %s::text, false)"""
_MAKE = b"""
    DO $$ BEGIN FOR n IN current_setting('test.first')::int .. current_setting('test.last')::int LOOP
        EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, a text, b text, c text, e %s)', n,
            CASE WHEN n % 100 = 0 THEN 'vector(3)' ELSE 'text' END);
        IF n % 1000 = 0 THEN EXECUTE format('CREATE INDEX ON t%s USING hnsw (e vector_l2_ops)', n); END IF;
    END LOOP; END $$"""


class TestCost:
    async def test_one_round_trip_does(self, make_database: Callable[..., Target]) -> None:
        async with await Session.open(make_database(KINDS), what="test") as session:
            await find(session)
            assert session.trips == 1

    async def test_a_pooler_is_no_matter(
        self, make_database: Callable[..., Target], poolers: Callable[[int], Pooler]
    ) -> None:
        target = make_database(KINDS)
        async with (
            await Session.open(target, what="test") as straight,
            await Session.open(poolers(2).target(target), what="test") as pooled,
        ):
            assert await find(pooled) == await find(straight)

    @pytest.mark.slow
    async def test_ten_thousand_tables(self, databases: Databases, make_database: Callable[..., Target]) -> None:
        target = make_database("CREATE EXTENSION vector")
        with databases.connect(target) as connection:
            for first in range(0, 10_000, 1_000):
                connection.execute(_SPAN, [first, first + 999])
                connection.execute(_MAKE)
        async with await Session.open(target, what="test") as session:
            await session.read()
            trips = session.trips
            columns = await find(session)
            assert session.trips == trips + 1
            assert len(columns) == 100
            assert sum(len(column.indexes) for column in columns) == 10
