"""Statements for functions, procedures and aggregates."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.model import Aggregate, Routine
from console.sql.quoting import clauses, dotted, literal

_MODIFIES = {"r": "READ_ONLY", "s": "SHAREABLE", "w": "READ_WRITE"}
_PARALLEL = {"s": "SAFE", "r": "RESTRICTED"}


def routine(made: Routine) -> Iterator[str]:
    """Create a function or procedure."""
    if made.definition is not None:
        yield made.definition


def aggregate(made: Aggregate, *, replacing: bool = False) -> Iterator[str]:
    """Create an aggregate, or give one that is there other parts."""
    said = {
        "SFUNC": made.sfunc,
        "STYPE": made.stype,
        "SSPACE": str(made.sspace or ""),
        "FINALFUNC": made.finalfunc,
        "FINALFUNC_EXTRA": made.finalfunc_extra,
        "FINALFUNC_MODIFY": _MODIFIES.get(made.finalfunc_modify, ""),
        "COMBINEFUNC": made.combinefunc,
        "SERIALFUNC": made.serialfunc,
        "DESERIALFUNC": made.deserialfunc,
        "INITCOND": _value(made.initcond),
        "MSFUNC": made.msfunc,
        "MINVFUNC": made.minvfunc,
        "MSTYPE": made.mstype,
        "MSSPACE": str(made.msspace or ""),
        "MFINALFUNC": made.mfinalfunc,
        "MFINALFUNC_EXTRA": made.mfinalfunc_extra,
        "MFINALFUNC_MODIFY": _MODIFIES.get(made.mfinalfunc_modify, ""),
        "MINITCOND": _value(made.minitcond),
        "SORTOP": f"OPERATOR({made.sortop})" if made.sortop else "",
        "PARALLEL": _PARALLEL.get(made.parallel, ""),
        "HYPOTHETICAL": made.type == "h",
    }
    head = f"CREATE {'OR REPLACE ' if replacing else ''}AGGREGATE {dotted(made.key.schema, made.key.name)}"
    yield f"{head}({made.arguments or '*'}) ({clauses(said)})"


def _value(text: str | None) -> str:
    return "" if text is None else literal(text)
