"""Random families of tables: partitions with partitions of their own, and heirs of several parents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hypothesis.strategies import SearchStrategy

from tests.drift.inventing.things import SHARED, Kind, Values, maybe, shared, some

# How the whole is divided, and what each part gets; the parts of the last are divided once more.
_BOUNDS: Mapping[str, tuple[str, ...]] = {
    "RANGE (a)": ("FOR VALUES FROM (1) TO (10)", "FOR VALUES FROM (10) TO (20)", "DEFAULT"),
    "RANGE (a, b)": ("FOR VALUES FROM (1, 'a') TO (10, MAXVALUE)", "FOR VALUES FROM (20, 'a') TO (30, 'a')", "DEFAULT"),
    "LIST (a)": ("FOR VALUES IN (1, 2)", "FOR VALUES IN (3, NULL)", "DEFAULT"),
    "LIST (b)": ("FOR VALUES IN ('x')", "FOR VALUES IN ('y', 'z')", "DEFAULT"),
    "HASH (a)": tuple(f"FOR VALUES WITH (MODULUS 3, REMAINDER {rest})" for rest in range(3)),
    "LIST (f1(a))": ("FOR VALUES IN (1)", "FOR VALUES IN (2)", "DEFAULT"),
}
_SECOND = {"LIST (b)": ("FOR VALUES IN ('x', 'z')", "DEFAULT"), "RANGE (c)": ("FOR VALUES FROM (1) TO (5)", "DEFAULT")}
# What a partition may have of its own.
_OWN = maybe(
    *(
        "SET (fillfactor = 50)",
        "ADD CHECK (b <> 'own')",
        "ADD UNIQUE (c)",
        "ALTER c SET DEFAULT 9",
        "ALTER b SET NOT NULL",
    ),
    *("ALTER c SET STATISTICS 20", "ENABLE ROW LEVEL SECURITY", "REPLICA IDENTITY FULL", "ADD PRIMARY KEY (a, b)"),
    *("ADD CONSTRAINT checked CHECK (c > 0)", "OWNER TO drift_a", "ADD FOREIGN KEY (c) REFERENCES r1 (a)"),
    *("ALTER b SET STORAGE EXTERNAL", "SET UNLOGGED"),
)
_WAYS = some("of", "of", "attached", "attached in another order", "alone", "")
_PARTS: Mapping[str, SearchStrategy[str]] = {
    "by": some(*_BOUNDS),
    "a": some("integer", "integer", "bigint", "integer NOT NULL"),
    "b": some("text", "varchar(10)", "text DEFAULT 'x'", "k1"),
    "c": some("integer", "bigint", "integer DEFAULT f1(1)", "integer GENERATED ALWAYS AS IDENTITY"),
    "e": some("", "numeric GENERATED ALWAYS AS (c * 2) STORED", "numeric DEFAULT 1", "k2"),
    **{f"{part}": _WAYS for part in ("one", "two", "three")},
    **{f"{part} own": _OWN for part in ("one", "two", "three")},
    **{f"{part} more": _OWN for part in ("one", "two")},
    "divided": maybe(*_SECOND),
    "key": maybe("PRIMARY KEY (a)", "PRIMARY KEY (a, b)", "UNIQUE (a, b)", "UNIQUE (b, a) DEFERRABLE"),
    "check": maybe("CHECK (c > 0)", "CONSTRAINT checked CHECK (b <> 'z')", "CHECK (a > 0) NOT VALID"),
    "foreign": maybe("FOREIGN KEY (c) REFERENCES r1 (a)", "FOREIGN KEY (c) REFERENCES r1 ON DELETE SET NULL"),
    "index": maybe("(b)", "(b, c DESC)", "(lower(b::text))", "(c) WHERE c > 0", "(b) INCLUDE (c)"),
    "only": maybe("(c)", "(b)"),
    "attached index": maybe("yes"),
    "pointed": maybe("ADD FOREIGN KEY (a) REFERENCES {}", "ADD FOREIGN KEY (a, b) REFERENCES {} (a, b)"),
    "trigger": maybe("BEFORE INSERT", "AFTER UPDATE OF b", "AFTER INSERT"),
    "trigger of part": maybe("DISABLE", "ENABLE ALWAYS"),
    "move": some("", "", "SET SCHEMA n", "RENAME TO moved"),
    **SHARED,
}


def _partitioned(name: str, values: Values) -> Iterable[str]:
    """Write a partitioned table with three partitions, of which the last may be divided again."""
    bare = name.rpartition(".")[2]
    columns = ", ".join(f"{each} {values[each]}" for each in "abce" if values[each])
    yield f"CREATE TABLE {name} ({columns}) PARTITION BY {values['by']}"
    for place, part in enumerate(("one", "two", "three")):
        divided = f"PARTITION BY {values['divided']}" if part == "three" and values["divided"] else ""
        yield from _part(f"{bare}_{part}", name, _BOUNDS[values["by"]][place], values, part, divided)
    for place, bound in enumerate(_SECOND.get(values["divided"], ())):
        yield f"CREATE TABLE {bare}_three_{place} PARTITION OF {bare}_three {bound}"
    for part in ("key", "check", "foreign"):
        if values[part]:
            yield f"ALTER TABLE {name} ADD {values[part]}"
    if values["index"]:
        yield f"CREATE INDEX {bare}_index ON {name} {values['index']}"
    if values["only"]:
        yield f"CREATE INDEX {bare}_only ON ONLY {name} {values['only']}"
        yield f"CREATE INDEX {bare}_own ON {bare}_one {values['only']}"
        if values["attached index"]:
            yield f"ALTER INDEX {bare}_only ATTACH PARTITION {bare}_own"
    yield from _triggers(name, bare, values)
    if values["pointed"]:
        yield f"ALTER TABLE r1 {values['pointed'].format(name)}"
    if values["move"]:
        yield f"ALTER TABLE {bare}_two {values['move']}"
    yield from shared("TABLE", name, values, "SELECT, UPDATE")


def _part(part: str, whole: str, bound: str, values: Values, name: str, divided: str) -> Iterable[str]:
    way = values[name]
    if way == "of":
        yield f"CREATE TABLE {part} PARTITION OF {whole} {bound} {divided}"
    elif way:
        names = "ecba" if way.endswith("order") else "abce"
        columns = ", ".join(f"{each} {_bare(values[each])}" for each in names if values[each])
        yield f"CREATE TABLE {part} ({columns}) {divided}"
    yield from (f"ALTER TABLE {part} {values[own]}" for own in (f"{name} own", f"{name} more") if values.get(own))
    if way.startswith("attached"):
        yield f"ALTER TABLE {whole} ATTACH PARTITION {part} {bound}"


def _bare(column: str) -> str:
    """Return a column without the identity, which a partition gets from above."""
    return column.replace("GENERATED ALWAYS AS IDENTITY", "NOT NULL")


def _triggers(name: str, bare: str, values: Values) -> Iterable[str]:
    if values["trigger"]:
        yield f"CREATE FUNCTION {bare}_fired() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
        yield f"CREATE TRIGGER fires {values['trigger']} ON {name} FOR EACH ROW EXECUTE FUNCTION {bare}_fired()"
        if values["trigger of part"]:
            yield f"ALTER TABLE {bare}_one {values['trigger of part']} TRIGGER fires"


_COLUMN = some("integer", "bigint", "integer NOT NULL", "integer DEFAULT 1", "integer CHECK (a > 0)")
_HEIRS: Mapping[str, SearchStrategy[str]] = {
    "father": _COLUMN,
    "mother": _COLUMN,
    "mother b": maybe("text", "text NOT NULL", "text DEFAULT 'm'", "text GENERATED ALWAYS AS ('x') STORED"),
    "of": some("(father, mother)", "(father)", "(mother, father)", "(mother)"),
    "own": some("", "a integer", "a integer NOT NULL", "a integer DEFAULT 5", "c text", "b text, c text"),
    "later": maybe("ALTER a SET DEFAULT 7", "ALTER a DROP DEFAULT", "ALTER a DROP NOT NULL", "ALTER a SET NOT NULL"),
    "child": maybe("()", "(a integer, d text)", "(c text DEFAULT 'child')"),
    "check": maybe("CHECK (a > 1)", "CHECK (a > 1) NO INHERIT", "CHECK (a IS NOT NULL) NOT VALID"),
    "again": maybe("CHECK (a > 1)", "CHECK (a > 2)"),
    "parts": maybe("NO INHERIT father", "INHERIT mother", "INHERIT father", "NO INHERIT mother"),
    "above": maybe("ADD COLUMN f text", "ALTER a TYPE bigint", "RENAME a TO aa", "ALTER a SET NOT NULL"),
    **SHARED,
}


def _heirs(name: str, values: Values) -> Iterable[str]:
    """Write two parents, their heir, and an heir of that."""
    bare = name.rpartition(".")[2]
    father, mother = f"{bare}_father", f"{bare}_mother"
    of = values["of"].replace("father", father).replace("mother", mother)
    yield f"CREATE TABLE {father} (a {values['father']})"
    yield f"CREATE TABLE {mother} (a {values['mother']}{', b ' * bool(values['mother b'])}{values['mother b']})"
    if values["check"]:
        yield f"ALTER TABLE {father} ADD CONSTRAINT heard {values['check']}"
    yield f"CREATE TABLE {name} ({values['own']}) INHERITS {of}"
    if values["child"]:
        yield f"CREATE TABLE {bare}_child {values['child']} INHERITS ({name})"
    if values["again"]:
        yield f"ALTER TABLE {name} ADD CONSTRAINT heard {values['again']}"
    if values["later"]:
        yield f"ALTER TABLE {name} {values['later']}"
    if values["parts"]:
        yield f"ALTER TABLE {name} {values['parts'].replace('father', father).replace('mother', mother)}"
    if values["above"]:
        yield f"ALTER TABLE {father} {values['above']}"
    yield from shared("TABLE", name, values, "SELECT")


FAMILY = Kind("partitions", _PARTS, _partitioned)
HEIRS = Kind("heirs", _HEIRS, _heirs)
