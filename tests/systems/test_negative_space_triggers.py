"""The other triggers of negative_space: the time of an update, and the audit trail of images that come and go."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from psycopg.errors import CheckViolation, ForeignKeyViolation

from tests.systems import negative_space
from tests.systems.negative_space_rows import Connection, image, insert, queued, result, user, value

SYSTEM = negative_space.SYSTEM


@pytest.mark.parametrize("table", ["users", "images", "analysis_results"])
@pytest.mark.parametrize("change", ["metadata = '{}'", "updated_at = '1999-01-01'"])
def test_an_update_is_noted(connection: Connection, table: str, change: str) -> None:
    change = change.replace("metadata", "quality_metrics") if table == "analysis_results" else change
    updated = connection.execute(
        f"UPDATE public.{table} SET {change} WHERE updated_at < now() - interval '1 day'"
        " RETURNING updated_at = now(), created_at < now() - interval '1 day'".encode()
    ).fetchall()
    assert set(updated) == {(True, True)}


def test_an_inserted_row_keeps_the_time_it_came_with(connection: Connection) -> None:
    old = user(connection, updated_at="2000-01-01 00:00+00")
    kept = "SELECT updated_at = '2000-01-01 00:00+00' FROM public.users WHERE id = %s"
    assert value(connection, kept, [old]) is True


def _entries(connection: Connection, about: UUID) -> list[tuple[Any, ...]]:
    return connection.execute(
        "SELECT action, user_id, resource_type, status, changes_before, changes_after FROM public.security_audit"
        " WHERE resource_id = %s ORDER BY action",
        [str(about)],
    ).fetchall()


def test_an_image_that_comes_or_goes_is_audited(connection: Connection) -> None:
    owner = user(connection)
    uploaded = image(connection, owner, file_name="plate.tif", file_size=77, file_hash="abc")
    told = {"file_name": "plate.tif", "file_size": 77, "file_hash": "abc", "analysis_status": "pending"}
    came = ("create_image", owner, "image", "success", None, told)
    assert _entries(connection, uploaded) == [came]
    connection.execute("DELETE FROM public.images WHERE id = %s", [uploaded])
    went = ("delete_image", owner, "image", "success", told, None)
    assert _entries(connection, uploaded) == [came, went]


def test_an_update_of_an_image_is_not_audited(connection: Connection) -> None:
    uploaded = image(connection, user(connection))
    connection.execute("UPDATE public.images SET width = 1 WHERE id = %s", [uploaded])
    assert len(_entries(connection, uploaded)) == 1


def test_a_user_whose_images_are_audited_can_be_deleted(connection: Connection) -> None:
    """The images go with her; their audit entries stay, and name nobody any more: neither old ones nor the new."""
    owner = user(connection)
    uploaded = [image(connection, owner) for _ in range(3)]
    for one in uploaded:
        result(connection, one, owner)
        queued(connection, one, owner)
    insert(connection, "api_keys", user_id=owner, key_hash="x", name="x")
    connection.execute("DELETE FROM public.users WHERE id = %s", [owner])
    for one in uploaded:
        assert [(action, who) for action, who, *_ in _entries(connection, one)] == [
            ("create_image", None),
            ("delete_image", None),
        ]
    for table in ("images", "analysis_results", "processing_queue", "api_keys"):
        assert value(connection, f"SELECT count(*) FROM public.{table} WHERE user_id = %s", [owner]) == 0


def test_all_users_of_the_sample_can_be_deleted_at_once(connection: Connection) -> None:
    images = value(connection, "SELECT count(*) FROM public.images")
    entries = value(connection, "SELECT count(*) FROM public.security_audit")
    connection.execute("DELETE FROM public.users")
    assert value(connection, "SELECT count(*) FROM public.images") == 0
    assert value(connection, "SELECT count(*) FROM public.security_audit WHERE user_id IS NOT NULL") == 0
    assert value(connection, "SELECT count(*) FROM public.security_audit") == entries + images


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("users", "(email, password_hash) VALUES ('plain@example.com', 'secret')"),
        ("users", "(email, password_hash) VALUES ('other@example.com', '$1$md5$hash')"),
        ("images", "(user_id, file_name, file_path, file_size, mime_type, file_hash)"
                   " SELECT id, 'x', 'x', 0, 'x', 'ab' FROM public.users LIMIT 1"),
        ("images", "(user_id, file_name, file_path, file_size, mime_type, file_hash)"
                   " SELECT id, 'x', 'x', 1, 'x', 'no hash' FROM public.users LIMIT 1"),
        ("processing_queue", "(image_id, user_id, retry_count) SELECT id, user_id, 4 FROM public.images LIMIT 1"),
        ("processing_queue", "(image_id, user_id, priority) SELECT id, user_id, 11 FROM public.images LIMIT 1"),
        ("api_keys", "(user_id, key_hash, name, rate_limit_per_minute)"
                     " SELECT id, 'x', 'x', 0 FROM public.users LIMIT 1"),
        ("performance_metrics", "(metric_name, metric_type, value, unit) VALUES ('x', 'guess', 1, 'x')"),
    ],
)  # fmt: skip
def test_a_row_that_breaks_a_rule_is_refused(connection: Connection, table: str, values: str) -> None:
    with pytest.raises(CheckViolation), connection.transaction():
        connection.execute(f"INSERT INTO public.{table} {values}".encode())


@pytest.mark.parametrize("start", ["$2a$", "$2b$", "$2y$"])
def test_every_dialect_of_bcrypt_is_taken(connection: Connection, start: str) -> None:
    assert user(connection, password_hash=f"{start}12$no-hash-of-a-password")


def test_the_audit_trail_names_no_strangers(connection: Connection) -> None:
    nobody = "00000000-0000-0000-0000-000000000000"
    with pytest.raises(ForeignKeyViolation), connection.transaction():
        insert(connection, "security_audit", user_id=nobody, action="login")
