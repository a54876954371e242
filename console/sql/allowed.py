"""The part of PostgreSQL's grammar that only reads: which nodes a statement may be made of, and of which parts.

What is not written here is refused, so that a node or a part which a later grammar brings is refused until somebody
has looked at it. Absent on purpose: IntoClause and LockingClause in SelectStmt (SELECT INTO, FOR UPDATE), every
statement but SELECT inside WITH, SetToDefault, CurrentOfExpr, and all commands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from console.sql.grammar import Tree

# A node, and its parts that hold other nodes. `part=Node` is a part whose node the tree does not name.
_GRAMMAR = """
    SelectStmt  distinctClause targetList fromClause whereClause groupClause havingClause windowClause valuesLists
                sortClause limitOffset limitCount withClause=WithClause larg=SelectStmt rarg=SelectStmt
    WithClause  ctes
    CommonTableExpr  aliascolnames ctequery search_clause=CTESearchClause cycle_clause=CTECycleClause
    CTESearchClause  search_col_list
    CTECycleClause  cycle_col_list cycle_mark_value cycle_mark_default
    ResTarget  indirection val
    List  items
    Alias  colnames

    RangeVar  alias=Alias
    JoinExpr  larg rarg usingClause join_using_alias=Alias quals alias=Alias
    RangeSubselect  subquery alias=Alias
    RangeFunction  functions alias=Alias coldeflist
    RangeTableSample  relation method args repeatable
    RangeTableFunc  docexpr rowexpr namespaces columns alias=Alias
    RangeTableFuncCol  typeName=TypeName colexpr coldefexpr
    ColumnDef  typeName=TypeName collClause=CollateClause

    ColumnRef  fields
    ParamRef
    A_Star
    A_Const  ival=Integer fval=Float boolval=Boolean sval=String bsval=BitString
    Integer
    Float
    Boolean
    String
    BitString
    A_Expr  name lexpr rexpr
    BoolExpr  args
    SubLink  testexpr operName subselect
    A_Indirection  arg indirection
    A_Indices  lidx uidx
    A_ArrayExpr  elements
    RowExpr  args colnames
    CaseExpr  arg args defresult
    CaseWhen  expr result
    CoalesceExpr  args
    MinMaxExpr  args
    NullTest  arg
    BooleanTest  arg
    SQLValueFunction
    CollateClause  arg collname
    TypeCast  arg typeName=TypeName
    TypeName  names typmods arrayBounds

    FuncCall  funcname args agg_order agg_filter over=WindowDef
    NamedArgExpr  arg
    WindowDef  partitionClause orderClause startOffset endOffset
    SortBy  node useOp
    GroupingFunc  args
    GroupingSet  content

    XmlExpr  named_args args
    XmlSerialize  expr typeName=TypeName

    JsonTable  context_item=JsonValueExpr pathspec=JsonTablePathSpec passing columns on_error=JsonBehavior alias=Alias
    JsonTableColumn  typeName=TypeName pathspec=JsonTablePathSpec format=JsonFormat columns on_empty=JsonBehavior
                     on_error=JsonBehavior
    JsonTablePathSpec  string
    JsonFuncExpr  context_item=JsonValueExpr pathspec passing output=JsonOutput on_empty=JsonBehavior
                  on_error=JsonBehavior
    JsonValueExpr  raw_expr formatted_expr format=JsonFormat
    JsonFormat
    JsonReturning  format=JsonFormat
    JsonOutput  typeName=TypeName returning=JsonReturning
    JsonBehavior  expr
    JsonArgument  val=JsonValueExpr
    JsonObjectConstructor  exprs output=JsonOutput
    JsonArrayConstructor  exprs output=JsonOutput
    JsonArrayQueryConstructor  query output=JsonOutput format=JsonFormat
    JsonAggConstructor  output=JsonOutput agg_filter agg_order over=WindowDef
    JsonObjectAgg  constructor=JsonAggConstructor arg=JsonKeyValue
    JsonArrayAgg  constructor=JsonAggConstructor arg=JsonValueExpr
    JsonKeyValue  key value=JsonValueExpr
    JsonIsPredicate  expr format=JsonFormat
    JsonParseExpr  expr=JsonValueExpr output=JsonOutput
    JsonScalarExpr  expr output=JsonOutput
    JsonSerializeExpr  expr=JsonValueExpr output=JsonOutput

    DefElem  arg
"""


def _read(grammar: str) -> dict[str, dict[str, str]]:
    parts: dict[str, dict[str, str]] = {}
    node = ""
    for word in grammar.split():
        if word[0].isupper():
            node = word
            parts[node] = {}
        else:
            part, _, named = word.partition("=")
            parts[node][part] = named
    return parts


_PARTS = _read(_GRAMMAR)
_WORDS = {
    "intoClause": "SELECT INTO makes a table",
    "lockingClause": "FOR UPDATE and FOR SHARE lock rows",
    "InsertStmt": "INSERT writes",
    "UpdateStmt": "UPDATE writes",
    "DeleteStmt": "DELETE writes",
    "MergeStmt": "MERGE writes",
    "CreateTableAsStmt": "EXPLAIN ANALYZE of CREATE TABLE AS makes the table",
    "ExecuteStmt": "EXECUTE runs a prepared statement, which may be anything",
    "DeclareCursorStmt": "a cursor's query cannot be looked at when it is fetched",
}


class NotAllowed(Exception):
    """A tree holds something that is not in the grammar of reading; the text says what, without a full stop."""


def walk(tree: Tree) -> Iterator[Tree]:
    """Walk every node of a tree, named or not. Raises NotAllowed at the first that reading does not need."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node.kind not in _PARTS:
            raise NotAllowed(_why(node.kind))
        yield node
        for part, value in node.fields.items():
            if isinstance(value, dict | list):
                waiting.extend(_children(node.kind, part, value))


def _children(kind: str, part: str, value: Any) -> Iterator[Tree]:
    named = _PARTS[kind].get(part)
    if named is None:
        raise NotAllowed(_why(part))
    if named:
        yield Tree(named, value)
        return
    for item in value if isinstance(value, list) else [value]:
        yield from _wrapped(item)


def _wrapped(item: Mapping[str, Any]) -> Iterator[Tree]:
    """Unwrap `{"Node": {…}}`; an empty wrapper stands for a gap, such as the open end of `a[1:]`."""
    for kind, fields in item.items():
        yield Tree(kind, fields)


def _why(name: str) -> str:
    return _WORDS.get(name) or f"{name} is not on the list of what only reads"
