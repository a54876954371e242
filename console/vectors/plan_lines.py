"""Writes a plan that EXPLAIN gave as JSON the way EXPLAIN writes it as text, harmless for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from console.sql.quoting import dotted, ident
from console.text import sanitize

Node = Mapping[str, Any]

# What stands on a node's first line, or is of no use to a reader.
_ON_TOP = frozenset(
    (
        *("Node Type", "Parallel Aware", "Async Capable", "Startup Cost", "Total Cost", "Plan Rows", "Plan Width"),
        *("Plans", "Parent Relationship", "Scan Direction", "Index Name", "Relation Name", "Schema", "Alias"),
        *("CTE Name", "Subplan Name", "Join Type", "Strategy", "Partial Mode", "Output", "Single Copy", "Disabled"),
        *("Inner Unique", "Parallel"),
    )
)


def lines(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the lines of one plan: `document` is the one element of EXPLAIN (FORMAT JSON)."""
    others = {name: value for name, value in document.get("Settings", {}).items() if name != "search_path"}
    settings = ", ".join(f"{name} = '{value}'" for name, value in others.items())
    return (
        *(sanitize(line) for line in _node(document["Plan"], 0, first=True)),
        *([sanitize(f"Settings: {settings}")] if settings else []),
    )


def _node(node: Node, depth: int, *, first: bool = False) -> Iterator[str]:
    """Yield a node's line, what is known of it, and the nodes below it."""
    room = " " * depth
    if name := node.get("Subplan Name"):
        yield f"{room}{name}"
        room += "  "
    head = "" if first else "->  "
    yield f"{room}{head}{_title(node)}  {_cost(node)}"
    inner = len(room) + len(head)
    if node.get("Disabled"):
        yield f"{' ' * (inner + 2)}Disabled: true"
    for key, value in node.items():
        if key not in _ON_TOP and value not in (False, []):
            yield f"{' ' * (inner + 2)}{key}: {_said(value)}"
    for below in node.get("Plans", ()):
        yield from _node(below, inner + 2)


def _title(node: Node) -> str:
    """Return what a node does to what: `Index Scan using articles_e on articles a`."""
    title = f"{'Parallel ' if node.get('Parallel Aware') else ''}{node['Node Type']}"
    if node.get("Scan Direction") == "Backward":
        title += " Backward"
    if index := node.get("Index Name"):
        title += f" {'on' if node['Node Type'].startswith('Bitmap') else 'using'} {ident(index)}"
    if relation := node.get("Relation Name") or node.get("CTE Name"):
        title += f" on {dotted(node.get('Schema', ''), relation)}"
    alias = node.get("Alias")
    return f"{title} {ident(alias)}" if alias and alias != relation else title


def _cost(node: Node) -> str:
    costs = f"{node['Startup Cost']:.2f}..{node['Total Cost']:.2f}"
    return f"(cost={costs} rows={node['Plan Rows']} width={node['Plan Width']})"


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
