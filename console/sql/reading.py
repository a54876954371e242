"""Whether a person's statement only reads: the second belt of the production guard, an allow-list by the grammar.

The first belt is the server's read-only transaction, with its snapshot taken and one statement per message. It lets
much through (files, slots, large objects, other sessions, `EXPLAIN ANALYZE CREATE TABLE AS`), so this one allows only
what is known to read: one statement, SELECT, VALUES or TABLE without INTO and without row locks, EXPLAIN of these,
SHOW, and COPY TO STDOUT; every node of the tree must be in `allowed`, every function of PostgreSQL's own in the list
of safe ones.

Names that are not PostgreSQL's own cannot be judged by their looks: a view may call anything, and so may a function,
an operator, a cast or a domain's check; even `lower(x)` finds a function of the user's where its types fit better.
`Verdict.names` lists them, `uses` asks the server what they would call.

The grammar here reads strings as the standard has it: the server must too, so `standard_conforming_strings` has to be
set to on in the transaction that runs the statement.

What still passes both belts: a function of the database's own that is declared STABLE or IMMUTABLE and lies, calling
another that writes outside the transaction; what an extension in C does behind a function it declares STABLE; and,
between the look and the run, a view that somebody else replaces. docs/guard.md says what that means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from console.errors import BadSql
from console.sql import allowed, builtins, grammar, statements
from console.sql.grammar import Tree, words

NameKind: TypeAlias = Literal["function", "attribute", "relation", "operator", "type"]


class Name(NamedTuple):
    """A name in a statement that only the server can resolve.

    `schema` is empty for a name that the search path resolves. An `attribute` is the last part of `a.b`: where there
    is no column b, PostgreSQL calls a function b(a). `FROM pg_backend_pid() AS p` and `p.pg_terminate_backend` end
    a session without a bracket in sight.
    """

    kind: NameKind
    schema: str
    name: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the grammar says about a statement.

    `allowed` False means refused, and `reason` is a sentence that says why. With `allowed` True the statement may
    run if the server finds nothing behind `names`; with no names it may run at once.
    """

    allowed: bool
    reason: str = ""
    names: tuple[Name, ...] = ()

    def named(self, kind: NameKind) -> tuple[str, ...]:
        """Return the names of one kind as they were written, such as "public.v" or "lower"."""
        return tuple(".".join(filter(None, (name.schema, name.name))) for name in self.names if name.kind == kind)


def check(sql: str) -> Verdict:
    """Judge a text that a person wants to read with. Never raises: what does not parse is refused with its place."""
    try:
        statement = statements.one(sql)
        names = tuple(sorted(set(_names(_query(grammar.parse(statement.text)[0])))))
    except BadSql as error:
        return Verdict(allowed=False, reason=error.title)
    except allowed.NotAllowed as error:
        return Verdict(allowed=False, reason=f"{error}.")
    return Verdict(allowed=True, names=names)


def _query(tree: Tree) -> Tree | None:
    """Return the query a statement runs, None for one that runs none. Raises NotAllowed for what is no reading."""
    if tree.kind == "SelectStmt":
        return tree
    if tree.kind == "ExplainStmt":
        return _explained(tree)
    if tree.kind == "CopyStmt":
        return _copied(tree)
    if tree.kind == "VariableShowStmt":
        return None
    raise allowed.NotAllowed(f"{_command(tree)} is not a statement that reads")


def _explained(tree: Tree) -> Tree:
    (kind, fields), *_ = tree.fields["query"].items()
    if kind != "SelectStmt":
        command = _command(Tree(kind, fields))
        raise allowed.NotAllowed(f"EXPLAIN is allowed for SELECT, VALUES and TABLE only, not for {command}")
    return Tree(kind, fields)


def _copied(tree: Tree) -> Tree:
    copy = tree.fields
    if copy.get("is_program"):
        raise allowed.NotAllowed("COPY TO PROGRAM runs a program on the server")
    if copy.get("is_from") or copy.get("filename"):
        raise allowed.NotAllowed("Of COPY, only COPY … TO STDOUT reads")
    if "relation" in copy:
        return Tree("RangeVar", copy["relation"])
    (kind, fields), *_ = copy["query"].items()
    return Tree(kind, fields)


def _command(tree: Tree) -> str:
    """Say a node's name as the command it stands for: "CreateTableAsStmt" is CREATE TABLE AS."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tree.kind.removesuffix("Stmt"))
    return _COMMANDS.get(tree.kind, split.upper())


_COMMANDS = {
    "TransactionStmt": "Transaction control (BEGIN, COMMIT, SAVEPOINT …)",
    "VariableSetStmt": "SET or RESET",
    "DropdbStmt": "DROP DATABASE",
    "CreatedbStmt": "CREATE DATABASE",
    "VacuumStmt": "VACUUM or ANALYZE",
    "IndexStmt": "CREATE INDEX",
    "ViewStmt": "CREATE VIEW",
    "RuleStmt": "CREATE RULE",
    "CheckPointStmt": "CHECKPOINT",
}


def _names(tree: Tree | None) -> Iterator[Name]:
    if tree is None:
        return
    for node in allowed.walk(tree):
        find = _FINDERS.get(node.kind)
        if find is not None:
            yield from find(node.fields)


def _functions(fields: grammar.Fields) -> Iterator[Name]:
    schema, name = _resolved(words(fields["funcname"]))
    if schema in ("", "pg_catalog"):
        _check_builtin(name, qualified=bool(schema))
    if schema != "pg_catalog":
        yield Name("function", schema, name)


def _resolved(written: tuple[str, ...]) -> tuple[str, str]:
    """Return schema and name; a database's name before them can only be this database's and changes nothing."""
    return (written[-2] if len(written) > 1 else ""), written[-1]


def _check_builtin(name: str, *, qualified: bool) -> None:
    reason = builtins.never().get(name)
    if reason:
        raise allowed.NotAllowed(f"The function {name} is not allowed: {reason}")
    known = name in builtins.unsafe() or name in builtins.inner()
    if known or (qualified and name not in builtins.safe()):
        raise allowed.NotAllowed(f"The function {name} is not on the list of PostgreSQL's functions that only read")


def _columns(fields: grammar.Fields) -> Iterator[Name]:
    yield from _attributes(words(fields["fields"][1:]))


def _selections(fields: grammar.Fields) -> Iterator[Name]:
    yield from _attributes(words(fields["indirection"]))


def _attributes(written: tuple[str, ...]) -> Iterator[Name]:
    for name in written:
        if name in builtins.unsafe():
            raise allowed.NotAllowed(f"A column {name} cannot be told from PostgreSQL's function of that name")
        yield Name("attribute", "", name)


def _relations(fields: grammar.Fields) -> Iterator[Name]:
    yield Name("relation", fields.get("schemaname", ""), fields["relname"])


def _types(fields: grammar.Fields) -> Iterator[Name]:
    schema, name = _resolved(words(fields["names"]))
    if schema != "pg_catalog":
        yield Name("type", schema, name)


def _operators(fields: grammar.Fields) -> Iterator[Name]:
    """Operators stand in A_Expr as `name`, in a sublink as `operName`, behind ORDER BY … USING as `useOp`."""
    written = words(fields.get("name") or fields.get("operName") or fields.get("useOp"))
    if not written:
        return
    schema, sign = _resolved(written)
    if schema != "pg_catalog":
        signs = (">=", "<=", "<", ">") if "BETWEEN" in sign else (sign,)
        yield from (Name("operator", schema, each) for each in signs)


def _equalities(fields: grammar.Fields) -> Iterator[Name]:
    """Some clauses compare without writing it: CASE x WHEN, x IN (SELECT …), JOIN USING, NATURAL JOIN, CYCLE."""
    yield from _operators(fields)
    yield Name("operator", "", "=")


def _sampling(fields: grammar.Fields) -> Iterator[Name]:
    if words(fields["method"])[-1] not in ("bernoulli", "system"):
        raise allowed.NotAllowed("Of TABLESAMPLE, only BERNOULLI and SYSTEM are known to read")
    yield from ()


def _later_functions(name: str) -> Callable[[grammar.Fields], Iterator[Name]]:
    """What is grammar to a newer PostgreSQL is a call of the user's own function to an older one."""
    return lambda fields: iter([Name("function", "", name)])


_FINDERS: Mapping[str, Callable[[grammar.Fields], Iterator[Name]]] = {
    "FuncCall": _functions,
    "ColumnRef": _columns,
    "A_Indirection": _selections,
    "RangeVar": _relations,
    "TypeName": _types,
    "A_Expr": _operators,
    "SortBy": _operators,
    "SubLink": _equalities,
    "CaseExpr": _equalities,
    "JoinExpr": _equalities,
    "CTECycleClause": _equalities,
    "RangeTableSample": _sampling,
    "JsonFuncExpr": lambda fields: iter([Name("function", "", fields["op"].removesuffix("_OP").lower())]),
    "JsonTable": _later_functions("json_table"),
    "JsonObjectConstructor": _later_functions("json_object"),
    "JsonArrayConstructor": _later_functions("json_array"),
    "JsonArrayQueryConstructor": _later_functions("json_array"),
    "JsonObjectAgg": _later_functions("json_objectagg"),
    "JsonArrayAgg": _later_functions("json_arrayagg"),
    "JsonParseExpr": _later_functions("json"),
    "JsonScalarExpr": _later_functions("json_scalar"),
    "JsonSerializeExpr": _later_functions("json_serialize"),
}
