"""Makes an answer whole: where an index left rows out, all are compared, and it is said.

An index may give fewer rows than there are: it looks at ef_search candidates or at a few lists, and conditions come
after that. So an answer with too few rows is looked at again: by what plan it came and, if by an index, what reading
all rows finds.
"""

from __future__ import annotations

from dataclasses import replace

from console.db.session import Session
from console.errors import TimedOut
from console.vectors.search import remarks
from console.vectors.search.answer import Answer, planned, run
from console.vectors.search.approach import Search
from console.vectors.search.composing import by_distance

# What is compared to make an answer whole: so many numbers in so many seconds at most. Who wants more says exact.
_EXACT_UP_TO = 200_000_000
_PATIENCE = 5.0


async def whole(session: Session, asked: Search, answer: Answer, *, plan: bool, timeout: float | None) -> Answer:
    """Return the answer, or, where an index left rows out, that of all rows; and say so."""
    short = len(answer.rows) < asked.question.k if answer.came is None else answer.came < asked.taken
    if not short or asked.exact or not asked.indexed:
        said = remarks.whole(asked, len(answer.rows), answer.plan, answer.looked)
        return replace(answer, remarks=said, plan=answer.plan if plan else None)
    chosen = answer.plan or await planned(session, asked.column, asked.metric, answer.statement)
    if not chosen.index:
        said = remarks.all_there_are(asked, len(answer.rows))
        return replace(answer, remarks=said, plan=chosen if plan else None)
    kept = replace(answer, plan=chosen if plan else None)
    if asked.question.knobs.iterative == "off" or asked.numbers > _EXACT_UP_TO:
        return replace(kept, remarks=remarks.left_out(asked, len(answer.rows), chosen.index, answer.looked))
    return await _of_all_rows(session, asked, kept, chosen.index, plan=plan, timeout=timeout)


async def _of_all_rows(
    session: Session, asked: Search, answer: Answer, index: str, *, plan: bool, timeout: float | None
) -> Answer:
    exact = replace(asked, question=replace(asked.question, exact=True))
    try:
        found = await run(
            session,
            asked.column,
            by_distance(exact),
            plan=plan,
            asked=exact,
            timeout=_PATIENCE if not timeout else min(timeout, _PATIENCE),
        )
    except TimedOut:
        return replace(answer, remarks=remarks.left_out(asked, len(answer.rows), index, answer.looked, tried=True))
    seconds = answer.seconds + found.seconds
    if found.distances != answer.distances:
        said = remarks.mended(asked, len(answer.rows), len(found.rows), index, answer.looked)
        return replace(found, remarks=said, seconds=seconds)
    return replace(answer, remarks=remarks.all_there_are(asked, len(answer.rows)), seconds=seconds)
