"""The two state machines of negative_space: every step that there could be, taken by a real UPDATE."""

from __future__ import annotations

from itertools import product

import pytest
from psycopg.errors import CheckViolation, NotNullViolation

from tests.systems import negative_space
from tests.systems.negative_space_rows import Connection, image, queued, user, value

SYSTEM = negative_space.SYSTEM

IMAGE = SYSTEM.enums["public.analysis_status"]
IMAGE_STEPS = {
    ("pending", "processing"),
    ("pending", "failed"),
    ("pending", "archived"),
    ("processing", "completed"),
    ("processing", "failed"),
}
QUEUE = SYSTEM.enums["public.queue_status"]
QUEUE_STEPS = {
    ("queued", "processing"),
    ("queued", "cancelled"),
    ("processing", "completed"),
    ("processing", "failed"),
    ("failed", "retrying"),
    ("failed", "cancelled"),
    ("retrying", "processing"),
}
SET_IMAGE = "UPDATE public.images SET analysis_status = %s WHERE id = %s RETURNING analysis_status"
SET_QUEUE = "UPDATE public.processing_queue SET status = %s WHERE id = %s RETURNING status"


def _legal(statuses: tuple[str, ...], steps: set[tuple[str, str]]) -> list[tuple[str, str]]:
    return [step for step in product(statuses, statuses) if step in steps or step[0] == step[1]]


def _illegal(statuses: tuple[str, ...], steps: set[tuple[str, str]]) -> list[tuple[str, str]]:
    return [step for step in product(statuses, statuses) if step not in steps and step[0] != step[1]]


def test_every_pair_is_tried() -> None:
    assert len(_legal(IMAGE, IMAGE_STEPS)) + len(_illegal(IMAGE, IMAGE_STEPS)) == 25
    assert len(_legal(QUEUE, QUEUE_STEPS)) + len(_illegal(QUEUE, QUEUE_STEPS)) == 36


@pytest.mark.parametrize(("old", "new"), _legal(IMAGE, IMAGE_STEPS))
def test_an_image_may_take_this_step(connection: Connection, old: str, new: str) -> None:
    """It is inserted with the old status, whichever that is, and a status may be set to what it is."""
    taken = image(connection, user(connection), analysis_status=old)
    assert value(connection, SET_IMAGE, [new, taken]) == new


@pytest.mark.parametrize(("old", "new"), _illegal(IMAGE, IMAGE_STEPS))
def test_an_image_may_not_take_this_step(connection: Connection, old: str, new: str) -> None:
    kept = image(connection, user(connection), analysis_status=old)
    with pytest.raises(CheckViolation) as refused, connection.transaction():
        connection.execute(SET_IMAGE, [new, kept])
    said = refused.value.diag
    assert (said.sqlstate, said.message_primary) == ("23514", f"image status: {old} → {new} is not allowed")
    assert (said.table_name, said.column_name, said.constraint_name) == (
        *("images", "analysis_status", "validate_image_status"),
    )
    assert str(kept) in (said.message_detail or "")
    assert value(connection, "SELECT analysis_status FROM public.images WHERE id = %s", [kept]) == old


@pytest.mark.parametrize(("old", "new"), _legal(QUEUE, QUEUE_STEPS))
def test_a_queue_item_may_take_this_step(connection: Connection, old: str, new: str) -> None:
    owner = user(connection)
    taken = queued(connection, image(connection, owner), owner, status=old)
    assert value(connection, SET_QUEUE, [new, taken]) == new


@pytest.mark.parametrize(("old", "new"), _illegal(QUEUE, QUEUE_STEPS))
def test_a_queue_item_may_not_take_this_step(connection: Connection, old: str, new: str) -> None:
    owner = user(connection)
    kept = queued(connection, image(connection, owner), owner, status=old)
    with pytest.raises(CheckViolation) as refused, connection.transaction():
        connection.execute(SET_QUEUE, [new, kept])
    said = refused.value.diag
    assert (said.sqlstate, said.message_primary) == ("23514", f"queue status: {old} → {new} is not allowed")
    assert (said.table_name, said.column_name, said.constraint_name) == (
        *("processing_queue", "status", "validate_queue_status"),
    )
    assert str(kept) in (said.message_detail or "")
    assert value(connection, "SELECT status FROM public.processing_queue WHERE id = %s", [kept]) == old


def test_a_failed_item_can_be_retried_to_the_end(connection: Connection) -> None:
    owner = user(connection)
    item = queued(connection, image(connection, owner), owner)
    for status in ("processing", "failed", "retrying", "processing", "failed", "retrying", "processing", "completed"):
        assert value(connection, SET_QUEUE, [status, item]) == status


@pytest.mark.parametrize("status", IMAGE)
def test_the_rest_of_an_image_may_change_in_any_status(connection: Connection, status: str) -> None:
    changed = image(connection, user(connection), analysis_status=status)
    update = "UPDATE public.images SET width = 7 WHERE id = %s RETURNING width"
    assert value(connection, update, [changed]) == 7


@pytest.mark.parametrize(("statement", "table"), [(SET_IMAGE, "images"), (SET_QUEUE, "processing_queue")])
def test_a_status_that_is_no_status_is_left_to_the_column(connection: Connection, statement: str, table: str) -> None:
    row = value(connection, f"SELECT id FROM public.{table} LIMIT 1")
    with pytest.raises(NotNullViolation), connection.transaction():
        connection.execute(statement, [None, row])


def test_one_illegal_step_undoes_the_whole_statement(connection: Connection) -> None:
    count = "SELECT count(*) FROM public.images WHERE analysis_status = 'failed'"
    before = value(connection, count)
    with pytest.raises(CheckViolation), connection.transaction():
        connection.execute(
            "UPDATE public.images SET analysis_status = 'failed' WHERE analysis_status IN ('pending', 'archived')"
        )
    assert value(connection, count) == before
