"""What is there only because something else is: rows that the server keeps for itself, parts that come with a whole."""

from __future__ import annotations

from collections.abc import Collection

from console.catalog.model import Constraint, Index, Key, Object, Sequence, Trigger


def is_clone(made: Object) -> bool:
    """Tell whether a row only keeps a foreign key towards partitions of the table that it points at."""
    if not isinstance(made, Constraint) or made.parent is None:
        return False
    return made.parent.owner_relation == made.key.owner_relation


def is_forerunner(made: Constraint) -> bool:
    """Tell whether a partition's foreign key has a name of its own: made first, it is taken up by the whole table's."""
    return made.type == "f" and made.parent is not None and not is_clone(made) and made.parent.name != made.key.name


def comes_with(made: Object, others: Collection[Key]) -> bool:
    """Tell whether an object comes and goes with one of the others.

    The index of a constraint with the constraint, an identity's sequence with its column, a partition's trigger or
    foreign key with the partitioned table's.
    """
    match made:
        case Index():
            return made.constraint is not None and made.constraint in others
        case Sequence():
            return made.identity
        case Trigger():
            return made.parent is not None and made.parent in others
        case Constraint():
            together = made.type == "f" and not is_forerunner(made) and made.parent in others
            return is_clone(made) or together
    return False
