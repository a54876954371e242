"""The schema screen on the skintwin system: the tree, details, rows, DDL, finding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from console.config.profile import Profile, Target
from console.ui.widgets.outline_tree import OutlineTree
from tests.databases import Databases
from tests.ui.driving import Driver, driven


class TestTree:
    async def test_it_shows_schemas_with_their_tables_and_rows(self, skintwin: Target) -> None:
        """The first screen is the tree of what is there."""
        async with driven(skintwin) as console:
            await console.sees("skin_twin", "ceo_task_log", "formulations", "Tables", "1,500")
            assert any("hypergraph_edges" in line and "1,500" in line for line in console.lines)

    async def test_the_top_line_says_where_one_is(self, skintwin: Target) -> None:
        """Name, role and version stand on top."""
        async with driven(skintwin) as console:
            await console.sees("PG 18")
            assert skintwin.name in console.lines[0]
            assert "postgres" in console.lines[0]

    async def test_an_empty_database_says_so(self, database: Target) -> None:
        """There is a public schema with nothing in it, and the rest is folded away."""
        async with driven(database) as console:
            await console.sees("public", "system and provider schemas")

    async def test_refresh_finds_what_is_new(self, skintwin: Target, databases: Databases) -> None:
        """r reads the schema again and keeps the place."""
        async with driven(skintwin) as console:
            await console.sees("ceo_task_log")
            with databases.connect(skintwin) as behind:
                behind.execute("CREATE TABLE public.aaa_new()")
            await console.press("r")
            await console.sees("aaa_new")


class TestDetails:
    async def test_a_table_shows_its_columns(self, skintwin: Target) -> None:
        """Types, keys, defaults and what they point at."""
        async with driven(skintwin, size=(160, 40)) as console:
            await to(console, "public.hypergraph_edges")
            await console.sees("edge_type", "varchar(50)", "not null", "→ hypergraph_nodes.id")

    @pytest.mark.parametrize(
        ("tabs", "seen"),
        [
            (1, ("hypergraph_edges_pkey", "CREATE UNIQUE INDEX")),
            (2, ("foreign key", "hypergraph_edges_source_id_fkey")),
            (5, ("used by", "hypergraph_node_analytics", "view")),
            (7, ("CREATE TABLE public.hypergraph_edges",)),
        ],
    )
    async def test_tabs_show_the_parts(self, skintwin: Target, tabs: int, seen: tuple[str, ...]) -> None:
        """] goes from part to part."""
        async with driven(skintwin, size=(160, 40)) as console:
            await to(console, "public.hypergraph_edges")
            await console.sees("edge_type")
            await console.press(*["right_square_bracket"] * tabs)
            await console.sees(*seen)

    async def test_policies_are_shown(self, skintwin: Target) -> None:
        """Command, roles and condition."""
        async with driven(skintwin, size=(160, 40)) as console:
            await to(console, "skin_twin.formulations")
            await console.sees("created_by")
            await console.press(*["right_square_bracket"] * 3)
            await console.sees("formulations_read", "authenticated")

    async def test_ddl_of_a_function(self, skintwin: Target) -> None:
        """Anything in the tree has its statements."""
        async with driven(skintwin) as console:
            await to(console, "skin_twin.update_timestamp")
            await console.sees("FUNCTION skin_twin.update_timestamp()", "plpgsql")

    async def test_a_partitioned_table_shows_its_partitions(self, make_database: Callable[..., Target]) -> None:
        """With their bounds; enter goes to one."""
        target = make_database(
            """
            CREATE TABLE parted (id int) PARTITION BY RANGE (id);
            CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (10);
            """
        )
        async with driven(target, size=(160, 40)) as console:
            await to(console, "parted")
            await console.sees("Partitions 1", "partitioned by RANGE (id)")
            await console.press("enter", *["right_square_bracket"] * 5)
            await console.sees("public.parted_low")
            await console.press("enter")
            await console.sees("public.parted_low · table", "FROM (0) TO (10)")

    async def test_a_part_is_shown_in_its_relation(self, skintwin: Target) -> None:
        """The list it stands in, with the cursor on it."""
        async with driven(skintwin, size=(160, 40)) as console:
            await to(console, "hypergraph_edges.hypergraph_edges_pkey")
            await console.sees("hypergraph_edges · table", "PRIMARY KEY (id)")

    async def test_a_schema_has_its_statements(self, skintwin: Target) -> None:
        """So has an extension, a sequence, a type: whatever stands in the tree."""
        async with driven(skintwin, size=(160, 40)) as console:
            await to(console, "skin_twin")
            await console.sees("CREATE SCHEMA skin_twin")

    async def test_a_locked_table_says_who_holds_it(self, skintwin: Target, databases: Databases) -> None:
        """Nothing waits: what is known is shown, with the pid."""
        with databases.connect(skintwin) as other:
            other.execute("BEGIN")
            other.execute("LOCK public.hypergraph_edges")
            async with driven(skintwin, size=(160, 40)) as console:
                await to(console, "public.hypergraph_edges")
                await console.sees("edge_type", f"locked by pid {other.info.backend_pid}")

    async def test_the_cursor_passes_without_asking(self, skintwin: Target) -> None:
        """Only where it stands still is the server asked."""
        async with driven(skintwin, size=(160, 40)) as console:
            await console.sees("Schema ·")
            session = console.app.session
            assert session is not None
            trips = session.trips
            tree = console.app.screen.query_one(OutlineTree)
            for _ in range(10):
                tree.action_move(1)
            await console.sees("public.multiscale_fields · table", "field_name")
            assert session.trips == trips + 1


class TestFollowing:
    async def test_what_uses_it_is_gone_to_and_left_again(self, skintwin: Target) -> None:
        """Enter on a line of `Used by` goes there, backspace comes back."""
        async with driven(skintwin, size=(160, 40)) as console:
            await to(console, "public.hypergraph_nodes")
            await console.press("enter", *["right_square_bracket"] * 5)
            await console.sees("used by", "its query")
            await console.press("end", "enter")
            await console.sees_no_more("public.hypergraph_nodes · table")
            await console.press("backspace")
            await console.sees("public.hypergraph_nodes · table")

    async def test_a_foreign_key_leads_to_the_other_table(self, skintwin: Target) -> None:
        """From the column, and from the constraint."""
        async with driven(skintwin, size=(160, 40)) as console:
            await to(console, "public.hypergraph_edges")
            await console.sees("→ hypergraph_nodes.id")
            await console.press("enter", "down", "down", "enter")
            await console.sees("public.hypergraph_nodes · table")

    async def test_a_definition_is_shown_in_full(self, skintwin: Target) -> None:
        """Enter on an index shows the whole statement."""
        async with driven(skintwin, size=(120, 36)) as console:
            await to(console, "public.hypergraph_edges")
            await console.press("enter", "right_square_bracket")
            await console.sees("hypergraph_edges_pkey")
            await console.press("enter")
            await console.sees("USING btree (id)", "y copy")
            await console.press("escape")
            await console.sees_no_more("USING btree (id)")


class TestRows:
    async def test_b_browses_the_rows(self, skintwin: Target) -> None:
        """The grid says which rows are seen, of about how many."""
        async with driven(skintwin) as console:
            await browse(console, "public.hypergraph_edges")
            await console.sees("form-001", "rows 1–", "of ~1,500")

    async def test_a_condition_in_sql_filters(self, skintwin: Target) -> None:
        """w asks for a condition, and the line above the rows says it."""
        async with driven(skintwin) as console:
            await browse(console, "skin_twin.formulations")
            await console.press("w")
            await console.sees("as behind WHERE")
            await console.type("status = 'archived'")
            await console.press("enter")
            await console.sees("where status = 'archived'")
            await console.sees_no_more("draft")

    async def test_a_wrong_condition_leaves_the_rows(self, skintwin: Target) -> None:
        """The server's words are shown, and the rows stay."""
        async with driven(skintwin) as console:
            await browse(console, "skin_twin.formulations")
            await console.sees("form-001")
            await console.press("w")
            await console.type("nonsense = 1")
            await console.press("enter")
            await console.sees("nonsense", "form-001")

    async def test_sorting_goes_up_down_and_back(self, skintwin: Target) -> None:
        """s sorts by the column under the cursor."""
        async with driven(skintwin) as console:
            await browse(console, "public.hypergraph_nodes")
            await console.sees("eff-01")
            await console.press("s", "s")
            await console.sees("▼")

    async def test_a_foreign_key_is_followed_and_left(self, skintwin: Target) -> None:
        """f goes to the row pointed at, backspace comes back."""
        async with driven(skintwin, size=(160, 40)) as console:
            await browse(console, "public.hypergraph_edges")
            await console.sees("form-001")
            await console.press("right", "right", "f")
            await console.sees("""where "id" = 'form-001'""", "public.hypergraph_nodes")
            await console.press("backspace")
            await console.sees("public.hypergraph_edges", "of ~1,500")

    async def test_a_key_that_points_nowhere_says_so(self, skintwin: Target) -> None:
        """A dead key is none: it gives the reason."""
        async with driven(skintwin) as console:
            await browse(console, "public.ingredients")
            await console.sees("inci_name")
            await console.press("f")
            await console.sees("has no foreign key")

    async def test_rows_of_a_view(self, skintwin: Target) -> None:
        """Views have no key: a window of them is read, and the grid says so."""
        async with driven(skintwin) as console:
            await browse(console, "skin_twin.edge_type_stats")
            await console.sees("avg_weight", "contains")

    async def test_an_empty_table_says_so(self, make_database: Callable[..., Target]) -> None:
        """Words instead of nothing, and how they are read below."""
        async with driven(make_database("CREATE TABLE empty (id int PRIMARY KEY)")) as console:
            await browse(console, "empty")
            await console.sees("There are no rows in it.", "by key empty_pkey")

    async def test_without_the_privilege_it_says_what_to_ask_for(
        self, make_database: Callable[..., Target], databases: Databases
    ) -> None:
        """In the place of the rows."""
        target = make_database("CREATE TABLE secret (id int)")
        with databases.connect(target) as behind:
            behind.execute("DROP ROLE IF EXISTS nobody_much")
            behind.execute("CREATE ROLE nobody_much LOGIN")
        async with driven(replace(target, params={**target.params, "user": "nobody_much"})) as console:
            await browse(console, "secret")
            await console.sees("GRANT SELECT ON public.secret TO nobody_much", "r tries again")

    async def test_a_locked_table_says_so_in_the_place_of_rows(
        self, make_database: Callable[..., Target], databases: Databases
    ) -> None:
        """After the lock timeout; r tries again."""
        target = make_database("CREATE TABLE held (id int)")
        quick = replace(target, profile=Profile(target.name, lock_timeout=0.1))
        with databases.connect(target) as other:
            other.execute("BEGIN")
            other.execute("LOCK held")
            async with driven(quick) as console:
                await browse(console, "held")
                await console.sees("r tries again", f"locked by pid {other.info.backend_pid}")
                other.execute("ROLLBACK")
                await console.press("r")
                await console.sees("There are no rows in it.")


class TestSystem:
    async def test_its_schemas_are_folded_and_read_when_asked_for(self, database: Target) -> None:
        """A full stop reads them and unfolds where they hang."""
        async with driven(database) as console:
            await console.sees("Schema ·", "system and provider")
            await console.press("full_stop")
            await console.sees("pg_catalog", "information_schema")


class TestLarge:
    async def test_one_schema_shows_its_tables_and_many_are_folded(self, make_database: Callable[..., Target]) -> None:
        """The first screen is useful either way."""
        many = "SELECT format('CREATE TABLE %s.t%s (id int)', 'public', n) FROM generate_series(100, 399) n"
        async with driven(make_database(filled(many))) as console:
            await console.sees("t100", "t120", "300")
        several = "SELECT format('CREATE SCHEMA s%s CREATE TABLE t (id int)', n) FROM generate_series(100, 119) n"
        async with driven(make_database(filled(several))) as console:
            await console.sees("s100", "s119")


def filled(commands: str) -> str:
    """Return a statement that runs the commands that a query makes."""
    return f"DO $$ DECLARE c text; BEGIN FOR c IN {commands} LOOP EXECUTE c; END LOOP; END $$"


class TestFinding:
    async def test_a_column_is_found_by_parts(self, skintwin: Target) -> None:
        """Any part of the path finds it; enter goes there."""
        async with driven(skintwin) as console:
            await console.sees("Schema ·")
            await console.press("slash")
            await console.type("edges.weig")
            await console.sees("hypergraph_edges.weight")
            await console.press("enter")
            await console.sees("· weight")

    async def test_nothing_found_says_so(self, skintwin: Target) -> None:
        """An empty list has words."""
        async with driven(skintwin) as console:
            await console.sees("Schema ·")
            await console.press("slash")
            await console.type("zzzzqqqq")
            await console.sees("Nothing has such a name")


class TestNarrow:
    async def test_the_object_covers_the_tree_and_goes_again(self, skintwin: Target) -> None:
        """At 80 columns enter opens the right side, escape closes it."""
        async with driven(skintwin, size=(80, 24)) as console:
            await console.sees("ceo_task_log")
            await console.press("down", "down", "enter")
            await console.sees("task_id", "Columns")
            assert "formulation_optimization" not in console.text
            await console.press("escape")
            await console.sees("formulation_optimization")


class TestHostile:
    async def test_names_and_cells_are_shown_and_do_nothing(self, make_database: Callable[..., Target]) -> None:
        """Names and values that a terminal or a markup language would act on are text."""
        target = make_database(
            r"""
            CREATE TABLE "[bold]x[/]" (id int PRIMARY KEY, "a]b" text);
            CREATE TABLE """
            + '''"""; DROP TABLE x; --" (id int);'''
            + r"""
            INSERT INTO "[bold]x[/]" VALUES (1, E'\x1b[31mred\x1b]52;c;aGk=\x07'),
                (2, E'\u202Egnp.exe'), (3, '[red]r[/]');
            """
        )
        async with driven(target, size=(120, 40)) as console:
            await console.sees("[bold]x[/]", '"; DROP TABLE x; --')
            await browse(console, "bold")
            await console.sees("[red]r[/]", "␛[31mred")
            assert not set(console.text) & set("\x1b\x07\u202e")


async def to(console: Driver, path: str) -> None:
    """Go to an object by finding it."""
    await console.sees("Schema ·")
    await console.press("slash")
    await console.type(path)
    await console.sees("Find in", path.rpartition(".")[2])
    await console.press("enter")
    await console.sees_no_more("Find in")


async def browse(console: Driver, path: str) -> None:
    """Go to a relation and look at its rows."""
    await to(console, path)
    await console.press("b")
