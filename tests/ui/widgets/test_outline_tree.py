"""The tree unfolds lazily, keeps its place when its nodes are replaced, and shows any name harmlessly."""

from __future__ import annotations

import time

import pytest

from console.ui.widgets.node_line import aside_widths, node_line
from console.ui.widgets.outline import Node, Outline, Row
from console.ui.widgets.outline_tree import OutlineTree
from console.ui.widgets.parts import plain, width
from tests.ui.widgets.stage import lines, on_stage


def columns(table: str) -> list[Node]:
    return [Node((table, name), name, detail=kind) for name, kind in (("id", "bigint"), ("name", "text"))]


def tables(*names: str) -> list[Node]:
    return [
        Node(name, name, "▤", "accent", asides=("12", "8 kB"), children=lambda t=name: columns(t)) for name in names
    ]


def schema(*names: str) -> Node:
    return Node("public", "public", asides=(str(len(names)), ""), children=lambda: tables(*names))


def names(outline: Outline) -> list[str]:
    return ["  " * row.depth + row.node.name for row in outline.rows]


class TestOutline:
    def test_children_are_asked_for_when_they_are_seen(self) -> None:
        asked: list[str] = []
        outline = Outline([Node("a", "a", children=lambda: asked.append("a") or [Node("b", "b")])])
        assert (names(outline), asked) == (["a"], [])
        outline.unfold(0)
        assert (names(outline), asked) == (["a", "  b"], ["a"])

    def test_folding_hides_all_below_and_unfolding_brings_it_back(self) -> None:
        outline = Outline([schema("users", "orders"), Node("other", "other")], ["public", "users"])
        assert names(outline) == ["public", "  users", "    id", "    name", "  orders", "other"]
        outline.fold(0)
        assert names(outline) == ["public", "other"]
        outline.unfold(0)
        assert names(outline) == ["public", "  users", "    id", "    name", "  orders", "other"]

    def test_what_is_unfolded_outlives_the_nodes(self) -> None:
        outline = Outline([schema("users")], ["public", "users"])
        outline.replace([schema("accounts", "users")])
        assert names(outline) == ["public", "  accounts", "  users", "    id", "    name"]

    @pytest.mark.parametrize(
        ("path", "found"),
        [(["public"], 0), (["public", "users", ("users", "name")], 4), (["public", "gone"], None), ([], None)],
    )
    def test_a_path_is_revealed(self, path: list[object], found: int | None) -> None:
        outline = Outline([schema("orders", "users")])
        assert outline.reveal(path) == found

    def test_parents_are_found(self) -> None:
        outline = Outline([schema("users", "orders")], ["public", "users"])
        assert [outline.parent(index) for index in range(5)] == [None, 0, 1, 1, 0]


class TestNodeLine:
    @pytest.mark.parametrize(
        ("room", "expected"),
        [
            (40, "│ ▸ ▤ knowledge_base            12 8 kB "),
            (26, "│ ▸ ▤ knowledge_base 8 kB "),
            (24, "│ ▸ ▤ knowledge_b… 8 kB "),
            (20, "│ ▸ ▤ knowledge_base"),
        ],
    )
    def test_numbers_give_way_to_the_name(self, room: int, expected: str) -> None:
        (node,) = tables("knowledge_base")
        row = Row(node, 1)
        line = node_line(row, aside_widths([row]), room, unfolded=False)
        assert plain(line) == expected
        assert width(line) == room

    def test_numbers_stand_in_columns(self) -> None:
        rows = [Row(node, 0) for node in (Node(1, "a", asides=("1",)), Node(2, "b", asides=("1,000", "12 kB")))]
        drawn = [plain(node_line(row, aside_widths(rows), 30, unfolded=False)) for row in rows]
        assert drawn == ["  a                         1 ", "  b               1,000 12 kB "]

    def test_hostile_names_are_text(self) -> None:
        row = Row(Node(1, "\x1b[31m[bold]x[/]\u202e", detail="\n"), 0)
        assert plain(node_line(row, (), 40, unfolded=False)).strip() == "␛[31m[bold]x[/]⟨202E⟩ ⏎"


class TestTree:
    async def test_it_is_drawn_with_guides_and_arrows(self) -> None:
        """Folded, unfolded, and what hangs from what."""
        tree = OutlineTree([schema("users")], unfolded=["public", "users"])
        async with on_stage(tree, (30, 5)):
            assert lines(tree) == [
                "▾ public               1",
                "│ ▾ ▤ users           12 8 kB",
                "│ │   id bigint",
                "│ │   name text",
                "",
            ]

    @pytest.mark.parametrize(
        ("keys", "at", "shown"),
        [
            (["right"], "public", 3),
            (["right", "right"], "users", 3),
            (["right", "right", "left"], "public", 3),
            (["right", "left"], "public", 1),
            (["space", "end"], "orders", 3),
            (["space", "space"], "public", 1),
            (["enter", "down", "enter", "pagedown"], "orders", 5),
            (["enter", "end", "home"], "public", 3),
            (["up", "left"], "public", 1),
        ],
    )
    async def test_keys(self, keys: list[str], at: str, shown: int) -> None:
        """Right opens and goes in, left closes and goes out."""
        tree = OutlineTree([schema("users", "orders")])
        async with on_stage(tree) as (_, pilot):
            await pilot.press(*keys)
            assert tree.node is not None
            assert tree.node.key == at
            assert len([line for line in lines(tree) if line]) == shown

    async def test_it_says_what_is_chosen_and_what_is_opened(self) -> None:
        """Messages with the node."""
        tree = OutlineTree([schema("users", "orders")], unfolded=["public"])
        async with on_stage(tree) as (stage, pilot):
            await pilot.press("down", "enter")
            await pilot.pause()
            assert [message.node.key for message in stage.heard(OutlineTree.NodeChosen)] == ["users"]
            assert [message.node.key for message in stage.heard(OutlineTree.NodeActivated)] == ["users"]

    async def test_the_cursor_stays_on_its_node_when_the_tree_is_replaced(self) -> None:
        """By key, not by line."""
        tree = OutlineTree([schema("users", "orders")], unfolded=["public"])
        async with on_stage(tree) as (_, pilot):
            await pilot.press("end")
            tree.roots = [schema("accounts", "items", "orders", "users")]
            assert tree.node is not None
            assert tree.node.key == "orders"
            tree.roots = [schema("accounts")]
            assert tree.node.key == "accounts"

    async def test_a_path_is_revealed_and_scrolled_to(self) -> None:
        """Search jumps to what it found."""
        tree = OutlineTree([schema(*(f"t{index}" for index in range(500)))])
        async with on_stage(tree, (40, 10)) as (_, pilot):
            assert tree.reveal(["public", "t321", ("t321", "name")])
            await pilot.pause()
            assert any("name text" in line for line in lines(tree))
            assert not tree.reveal(["public", "gone"])

    async def test_a_click_on_the_arrow_unfolds(self) -> None:
        """And a click on the name chooses."""
        tree = OutlineTree([schema("users")])
        async with on_stage(tree) as (_, pilot):
            await pilot.click(tree, offset=(0, 0))
            await pilot.click(tree, offset=(8, 1))
            assert tree.node is not None
            assert tree.node.key == "users"

    async def test_nothing_takes_every_key(self) -> None:
        """An empty tree says so."""
        tree = OutlineTree(empty="No objects. r reads again.")
        async with on_stage(tree) as (_, pilot):
            await pilot.press("down", "right", "left", "enter", "space", "end", "home", "pagedown")
            assert lines(tree)[0] == " No objects. r reads again."

    async def test_a_thousand_children_unfold_at_once(self) -> None:
        """20 ms is the aim; ten seconds of work are too much on any machine."""
        tree = OutlineTree([schema(*(f"t{index}" for index in range(1000)))])
        async with on_stage(tree, (120, 36)):
            started = time.process_time()
            tree.action_unfold()
            lines(tree)
            assert time.process_time() - started < 10
