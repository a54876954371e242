"""Who stands in the way of a plan right now: locks on its tables, transactions that are open for long. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from console.migrations.hazards.hazard import Lock, Name
from console.migrations.preflight.facts import Facts, Holder
from console.migrations.preflight.finding import Finding, Status, Subject
from console.migrations.preflight.needs import Needs
from console.text import age, plural

_NAMED = 5
_LONG = 300.0  # seconds
_IDLE = 60.0
_IN_TRANSACTION = "idle in transaction"
_UNTIL_DONE = "It waits with a lock_timeout and tries again a few times; so it queues nobody for long."
_END_IT = "SELECT pg_terminate_backend({pid}); ends it, with all that it has not committed."

# Which modes a lock waits for, by the table of conflicts in PostgreSQL's manual (13.3.1).
CONFLICTS = {
    Lock.ACCESS_SHARE: {Lock.ACCESS_EXCLUSIVE},
    Lock.ROW_SHARE: {Lock.EXCLUSIVE, Lock.ACCESS_EXCLUSIVE},
    Lock.ROW_EXCLUSIVE: {Lock.SHARE, Lock.SHARE_ROW_EXCLUSIVE, Lock.EXCLUSIVE, Lock.ACCESS_EXCLUSIVE},
    Lock.SHARE_UPDATE_EXCLUSIVE: {each for each in Lock if each >= Lock.SHARE_UPDATE_EXCLUSIVE},
    Lock.SHARE: {each for each in Lock if each >= Lock.ROW_EXCLUSIVE} - {Lock.SHARE},
    Lock.SHARE_ROW_EXCLUSIVE: {each for each in Lock if each >= Lock.ROW_EXCLUSIVE},
    Lock.EXCLUSIVE: {each for each in Lock if each >= Lock.ROW_SHARE},
    Lock.ACCESS_EXCLUSIVE: {each for each in Lock if each >= Lock.ACCESS_SHARE},
}


def findings(needs: Needs, facts: Facts) -> Iterator[Finding]:
    """Yield who holds what the plan will wait for, and who is in the way of everybody."""
    in_the_way = {(holder.pid, holder.relation): holder for holder in _in_the_way(needs, facts.holders)}
    told = {holder.pid for holder in in_the_way.values()}
    found = [_holds(holder, needs.locks[holder.relation]) for holder in list(in_the_way.values())[:_NAMED]]
    if len(in_the_way) > _NAMED:
        more = plural(len(in_the_way) - _NAMED, "more lock is", "more locks are")
        found.append(Finding(Subject.SESSIONS, Status.WARN, f"{more} held that the plan waits for.", _UNTIL_DONE))
    found += _open_long(needs, facts, told)
    yield from found
    if not found and facts.transactions and facts.transactions[0].hidden and not facts.role.sees_sessions:
        yield _blind(facts)
    elif not found:
        yield Finding(Subject.SESSIONS, Status.OK, "No other session is in its way now.")


def _in_the_way(needs: Needs, holders: Iterable[Holder]) -> Iterator[Holder]:
    """Yield whose lock the plan's own would wait for: the strongest of each session on each relation.

    Whoever waits for a lock comes before us as well. A vacuum of the server's own gives way by itself, unless it
    keeps transaction ids from running out.
    """
    strongest: dict[tuple[int, Name], Holder] = {}
    for holder in holders:
        wanted = needs.locks.get(holder.relation, Lock.NONE)
        gives_way = holder.kind == "autovacuum worker" and not holder.wraparound
        if holder.lock in CONFLICTS.get(wanted, ()) and not gives_way:
            known = strongest.get((holder.pid, holder.relation))
            if known is None or holder.lock > known.lock:
                strongest[holder.pid, holder.relation] = holder
    yield from strongest.values()


def _holds(holder: Holder, wanted: Lock) -> Finding:
    does = "holds" if holder.granted else "waits for"
    meanwhile = f" ({_work(holder)})" if _work(holder) else ""
    said = (
        f"{_capital(holder.who.sentence)}{meanwhile} {does} {holder.lock.word} on {holder.relation}, which the plan"
        f" locks {wanted.word}."
    )
    idle = (holder.state or "").startswith(_IN_TRANSACTION)
    advice = _END_IT.format(pid=holder.pid) if idle and holder.pid else _UNTIL_DONE
    return Finding(Subject.SESSIONS, Status.WARN, said, advice)


def _work(holder: Holder) -> str:
    if holder.wraparound:
        return "a vacuum to prevent wraparound, which does not give way"
    return holder.phase or ""


def _open_long(needs: Needs, facts: Facts, told: set[int]) -> Iterator[Finding]:
    """Yield the oldest transaction, and whoever idles in one; CONCURRENTLY waits for every one that is open."""
    others = [each for each in facts.transactions if each.pid is not None and each.pid not in told]
    if needs.concurrent is not None and others:
        names = ", ".join(each.who.sentence for each in others[:_NAMED])
        said = f"{needs.concurrent}: CONCURRENTLY waits for all transactions that are open: {names}."
        yield Finding(Subject.SESSIONS, Status.WARN, said, "Wait until they end, or end them.")
        return
    for each in others:
        idle = (each.state or "").startswith(_IN_TRANSACTION)
        if (each.seconds or 0) >= (_IDLE if idle else _LONG):
            said = f"{_capital(each.who.sentence)} has had a transaction open for {age(each.seconds)}."
            advice = "It holds no lock that the plan waits for; it keeps vacuum from its work, and may take one yet."
            yield Finding(Subject.SESSIONS, Status.WARN, said, advice)
            return


def _blind(facts: Facts) -> Finding:
    hidden = facts.transactions[0].hidden
    said = f"What {plural(hidden, 'other session is', 'other sessions are')} at cannot be seen by this role."
    return Finding(Subject.SESSIONS, Status.SKIPPED, said, "GRANT pg_read_all_stats TO the role to see it.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
