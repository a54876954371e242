"""What statements about indexes do, and those that write a whole table anew to put it in order."""

from __future__ import annotations

from collections.abc import Iterator

from console.migrations.hazards.hazard import Hazard, Kind, Lock, Name
from console.migrations.hazards.scene import Scene
from console.sql.grammar import OFF, Fields, options

_REPACK = "VACUUM without FULL makes room for new rows beside running work; pg_repack gives it back."


def created(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what CREATE INDEX does."""
    table = scene.name(statement["relation"])
    index = scene.name({"schemaname": table.schema, "relname": statement.get("idxname", "")})
    new = scene.is_new(table)
    if new or statement.get("if_not_exists") is None:
        scene.make(index)
    if new or (statement.get("if_not_exists") and scene.relation(index) is not None):
        return
    if statement.get("concurrent"):
        yield scene.work(Kind.BUILD, Lock.SHARE_UPDATE_EXCLUSIVE, table, "builds an index over")
        return
    only = not statement["relation"].get("inh")
    if only and _is_partitioned(scene, table):
        yield scene.brief(Lock.SHARE, table)
        return
    advice = "CREATE INDEX CONCURRENTLY, in a migration of its own outside a transaction."
    if _is_partitioned(scene, table):
        advice = "CREATE INDEX ON ONLY the parent, CONCURRENTLY on each partition, then ATTACH PARTITION."
    yield scene.work(Kind.BUILD, Lock.SHARE, table, "builds an index over", advice=advice)


def _is_partitioned(scene: Scene, table: Name) -> bool:
    found = scene.relation(table)
    return found is not None and found.kind == "p"


def dropped(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what DROP INDEX does: the lock is on the table, too."""
    for each in statement["objects"]:
        index = scene.dotted(each["List"]["items"])
        if scene.is_new(index) or (statement.get("missing_ok") and scene.is_missing(index)):
            scene.unmake(index)
            continue
        if not statement.get("concurrent"):
            found = scene.relation(index)
            table = found.table if found is not None else None
            advice = "DROP INDEX CONCURRENTLY, in a migration of its own outside a transaction."
            yield scene.brief(
                Lock.ACCESS_EXCLUSIVE, index, why=f"and on {table}" if table else "and on its table", advice=advice
            )


def rebuilt(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what REINDEX of a table or index does."""
    if "relation" not in statement:
        return
    name = scene.name(statement["relation"])
    concurrently = options(statement, "params").get("concurrently", "off") not in OFF
    if scene.is_new(name):
        return
    if concurrently:
        yield scene.work(Kind.BUILD, Lock.SHARE_UPDATE_EXCLUSIVE, name, "builds indexes anew over")
    else:
        advice = "REINDEX … CONCURRENTLY, in a migration of its own outside a transaction."
        yield scene.work(Kind.BUILD, Lock.SHARE, name, "builds indexes anew over", advice=advice)


def clustered(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what CLUSTER does."""
    if "relation" in statement and not scene.is_new(name := scene.name(statement["relation"])):
        yield scene.work(Kind.REWRITE, Lock.ACCESS_EXCLUSIVE, name, "rewrites", advice=_REPACK)


def vacuumed(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what VACUUM FULL does; without FULL it gets in nobody's way."""
    if options(statement).get("full", "off") in OFF:
        return
    for each in statement.get("rels", ()):
        name = scene.name(each["VacuumRelation"]["relation"])
        yield scene.work(Kind.REWRITE, Lock.ACCESS_EXCLUSIVE, name, "rewrites", advice=_REPACK)


def refreshed(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what REFRESH MATERIALIZED VIEW does."""
    name = scene.name(statement["relation"])
    if scene.is_new(name):
        return
    if statement.get("concurrent"):
        yield scene.work(Kind.SCAN, Lock.EXCLUSIVE, name, "fills")
        return
    advice = "REFRESH MATERIALIZED VIEW CONCURRENTLY lets reads go on; it needs a unique index."
    yield scene.work(Kind.REWRITE, Lock.ACCESS_EXCLUSIVE, name, "fills anew", advice=advice)
