"""Words of PostgreSQL that colours and titles know. The grammar itself is asked where it matters."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Reserved words and those that begin or join clauses. Words that are mostly names of columns are left out (name,
# value, type, data, key, level, …): a colour that is wrong is worse than none.
KEYWORDS = _set(
    """
    abort add after all alter always analyse analyze and any array as asc asymmetric atomic attach authorization before
    begin between both by call cascade case cast check checkpoint close cluster collate collation column comment commit
    concurrently constraint copy create cross cube current cursor cycle database deallocate declare default deferrable
    deferred delete desc detach disable discard distinct do domain drop each else enable end enum escape except exclude
    execute exists explain extension false fetch filter first following for force foreign from full function generated
    grant group grouping having identity if ilike immediate immutable in include index inherits initially inner
    insert instead intersect into is isnull join language lateral leading leakproof left like limit listen load lock
    locked logged materialized merge minvalue maxvalue natural no not nothing notify notnull nowait null nulls of offset
    on only operator or order ordinality outer over overriding owned owner parallel partition placing policy preceding
    prepare primary privileges procedure publication range reassign recursive references refresh reindex release rename
    replace reset restart restrict return returning returns revoke right role rollback rollup row rows rule savepoint
    schema security select sequence server session set sets setof share show similar skip some stable start statement
    statistics stored strict subscription symmetric system table tables tablesample tablespace temp temporary then ties
    to trailing transaction trigger true truncate unbounded union unique unlisten unlogged update user using vacuum
    valid validate values variadic verbose view volatile when where window with within without work
    """
)

# What stands for a type where it is written, as far as it is hardly ever a column's name.
TYPES = _set(
    """
    bigint bigserial bit bool boolean bytea char character cidr daterange decimal double float float4 float8
    halfvec hstore inet int int2 int4 int4range int8 int8range integer interval json jsonb jsonpath lseg macaddr
    macaddr8 money nchar numeric numrange oid pg_lsn polygon precision real record regclass regnamespace
    regproc regprocedure regrole regtype serial smallint smallserial sparsevec text timestamp timestamptz timetz tsquery
    tsrange tstzrange tsvector uuid varbit varchar vector void xid xid8 xml
    """
)
