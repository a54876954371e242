"""Says which object a statement is about, as COMMENT ON, ALTER, GRANT and DROP want to hear it."""

from __future__ import annotations

from console.catalog.model import Cast, Key, Kind, Object, Operator, Transform
from console.sql.quoting import dotted, ident, role


def name(key: Key) -> str:
    """Return an object's qualified name without its kind: `public.users`, `public.area(integer)`."""
    match key.kind:
        case Kind.COLUMN:
            return dotted(key.schema, key.parent, key.name)
        case Kind.FUNCTION | Kind.PROCEDURE:
            return f"{dotted(key.schema, key.name)}({key.args})"
        case Kind.AGGREGATE:
            return f"{dotted(key.schema, key.name)}({key.args or '*'})"
        case Kind.OPERATOR_CLASS | Kind.OPERATOR_FAMILY:
            return f"{dotted(key.schema, key.name)} USING {ident(key.args)}"
        case Kind.CONSTRAINT | Kind.TRIGGER | Kind.RULE | Kind.POLICY:
            return f"{ident(key.name)} ON {relation(key)}"
        case Kind.USER_MAPPING:
            return f"FOR {role(key.name)} SERVER {ident(key.parent)}"
        case Kind.LARGE_OBJECT:
            return key.name
        case _:
            return dotted(key.schema, key.name)


def relation(key: Key) -> str:
    """Return the qualified name of the relation that a part belongs to."""
    return dotted(key.schema, key.parent)


def described(found: Object) -> str:
    """Return kind and name of an object, as after COMMENT ON or DROP: `TABLE public.users`."""
    kind = found.key.kind.upper()
    match found:
        case Cast():
            return f"{kind} ({found.source} AS {found.target})"
        case Transform():
            return f"{kind} FOR {found.type} LANGUAGE {ident(found.language)}"
        case Operator():
            return (
                f"{kind} {dotted(found.key.schema)}.{found.key.name} ({found.left or 'NONE'}, {found.right or 'NONE'})"
            )
        case _:
            return f"{kind} {name(found.key)}"


def granted(key: Key) -> str:
    """Return kind and name as GRANT wants them, which knows fewer kinds: views are tables, domains are types."""
    match key.kind:
        case Kind.VIEW | Kind.MATERIALIZED_VIEW | Kind.FOREIGN_TABLE:
            return f"TABLE {name(key)}"
        case Kind.AGGREGATE:
            return f"FUNCTION {dotted(key.schema, key.name)}({_plain_arguments(key.args)})"
        case Kind.DOMAIN:
            return f"TYPE {name(key)}"
        case Kind.SERVER:
            return f"FOREIGN SERVER {name(key)}"
        case _:
            return f"{key.kind.upper()} {name(key)}"


def _plain_arguments(arguments: str) -> str:
    """Return an aggregate's arguments without ORDER BY; a hypothetical set's two VARIADIC are one argument.

    >>> _plain_arguments("double precision ORDER BY anyelement")
    'double precision, anyelement'
    >>> _plain_arguments('VARIADIC "any" ORDER BY VARIADIC "any"')
    'VARIADIC "any"'
    """
    direct, ordered, aggregated = arguments.rpartition("ORDER BY ")
    if not ordered:
        return arguments
    direct = direct.strip()
    if not direct or (direct.endswith(aggregated) and aggregated.startswith("VARIADIC")):
        return direct or aggregated
    return f"{direct}, {aggregated}"
