"""Functions, procedures, aggregates, event triggers."""

from __future__ import annotations

from dataclasses import dataclass

from console.catalog.key import Key
from console.catalog.model.base import Label, Object, Owned


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine(Owned):
    """A function, window function or procedure.

    `definition` is pg_get_functiondef's text (without a closing semicolon), None when locked. `type` is f, w or p.
    `arguments` are all arguments with modes, names and defaults, `result` the result type (empty for a procedure).
    `sql_body` is true of a SQL-standard body (BEGIN ATOMIC, RETURN), whose references are dependency edges; the
    `source` of others is text that the server does not look into.
    """

    definition: str | None
    type: str = "f"
    language: str = ""
    arguments: str = ""
    result: str = ""
    volatility: str = "v"
    source: str = ""
    sql_body: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate(Owned):
    """An aggregate, in its parts. Functions, types and operators are qualified and quoted names; "" is none.

    `type` is n (plain), o (ordered-set), h (hypothetical). `arguments` is what stands in the brackets of CREATE
    AGGREGATE. `finalfunc_modify` and `mfinalfunc_modify` are r (read only), s (shareable) or w (read write), "" for
    the default of the type. `parallel` is s, r or u.
    """

    type: str = "n"
    arguments: str = ""
    result: str = ""
    sfunc: str = ""
    stype: str = ""
    sspace: int = 0
    finalfunc: str = ""
    finalfunc_extra: bool = False
    finalfunc_modify: str = ""
    combinefunc: str = ""
    serialfunc: str = ""
    deserialfunc: str = ""
    initcond: str | None = None
    msfunc: str = ""
    minvfunc: str = ""
    mstype: str = ""
    msspace: int = 0
    mfinalfunc: str = ""
    mfinalfunc_extra: bool = False
    mfinalfunc_modify: str = ""
    minitcond: str | None = None
    sortop: str = ""
    parallel: str = "u"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTrigger(Object):
    """An event trigger; `enabled` as of a trigger; `function` is a qualified, quoted name."""

    owner: str = ""
    event: str = ""
    function: str = ""
    tags: tuple[str, ...] = ()
    enabled: str = "O"
    function_key: Key | None = None
    security_labels: tuple[Label, ...] = ()
