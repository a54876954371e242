"""A small kimbleai in which it is known whose each row is, and a way to be one of its people.

The owner shares project `shared` with a viewer and an editor, and keeps `private`; a stranger has the project `other`.
Every vector is the same, so that a search finds all that it may see.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.errors import InsufficientPrivilege

from tests.databases import Databases
from tests.systems.kimbleai import SYSTEM

PEOPLE = {
    "owner": "authenticated",
    "viewer": "authenticated",
    "editor": "authenticated",
    "admin": "authenticated",
    "stranger": "authenticated",
    "nobody": "authenticated",
    "anon": "anon",
    "service": "service_role",
}
"""Who may ask, with the role; `nobody` has signed in, but is none of the users."""

VECTOR = "(1::real || array_fill(0::real, ARRAY[1535]))::public.vector"
_ROWS = f"""
INSERT INTO public.users (id, email, name, role) VALUES
    ('owner', 'owner@example.com', 'Owner', 'user'), ('viewer', 'Viewer@example.com', 'Viewer', 'user'),
    ('editor', 'editor@example.com', 'Editor', 'user'), ('admin', 'admin@example.com', 'Admin', 'admin'),
    ('stranger', 'stranger@example.com', 'Stranger', 'user');
INSERT INTO public.user_tokens (user_id, provider, access_token) VALUES
    ('owner', 'drive', 'made-up'), ('stranger', 'drive', 'made-up');
INSERT INTO public.user_activity_log (user_id, activity) VALUES
    ('owner', 'a'), ('owner', 'b'), ('stranger', 'c');
INSERT INTO public.auth_logs (user_id, email, event_type, success) VALUES
    ('owner', 'owner@example.com', 'signin_success', true), (NULL, 'Owner@Example.com', 'signin_failed', false),
    ('stranger', 'stranger@example.com', 'signout', true);
INSERT INTO public.projects (id, owner_id, name, category_id) VALUES
    ('private', 'owner', 'Private', NULL), ('shared', 'owner', 'Shared', 'general'),
    ('other', 'stranger', 'Other', NULL);
INSERT INTO public.project_collaborators (project_id, user_id, role) VALUES
    ('shared', 'viewer', 'viewer'), ('shared', 'editor', 'editor');
INSERT INTO public.project_tasks (project_id, title) VALUES
    ('private', 'a'), ('shared', 'b'), ('shared', 'c'), ('other', 'd');
INSERT INTO public.project_tags (project_id, tag) VALUES ('private', 'a'), ('shared', 'b'), ('other', 'c');
INSERT INTO public.conversations (id, user_id, project_id) VALUES
    ('c-own', 'owner', NULL), ('c-shared', 'owner', 'shared'), ('c-editor', 'editor', 'shared'),
    ('c-other', 'stranger', 'other');
INSERT INTO public.messages (id, conversation_id, user_id, role, content, embedding)
    SELECT id, conversation, person, role, id, {VECTOR}
    FROM (VALUES
        ('m-own', 'c-own', 'owner', 'user'), ('m-shared', 'c-shared', 'owner', 'user'),
        ('m-answer', 'c-shared', 'owner', 'assistant'), ('m-editor', 'c-editor', 'editor', 'user'),
        ('m-other', 'c-other', 'stranger', 'user')
    ) AS m (id, conversation, person, role);
INSERT INTO public.conversation_summaries (conversation_id, summary) VALUES
    ('c-own', 'a'), ('c-shared', 'b'), ('c-other', 'c');
INSERT INTO public.knowledge_base (user_id, content, category_id, embedding) VALUES
    ('owner', 'a', 'general', {VECTOR}), ('owner', 'b', 'dnd', {VECTOR}),
    ('stranger', 'c', 'general', {VECTOR});
INSERT INTO public.memory_chunks (user_id, content, embedding) VALUES
    ('owner', 'a', {VECTOR}), ('owner', 'b', {VECTOR}), ('stranger', 'c', {VECTOR});
INSERT INTO public.message_references (message_id, reference_type) VALUES
    ('m-own', 'url'), ('m-shared', 'url'), ('m-other', 'url');
INSERT INTO public.indexed_files (user_id, source, path, filename) VALUES
    ('owner', 'drive', '/a', 'a'), ('stranger', 'drive', '/b', 'b');
INSERT INTO public.audio_transcriptions (user_id, project_id, filename) VALUES
    ('owner', NULL, 'a'), ('owner', 'shared', 'b'), ('stranger', 'other', 'c');
INSERT INTO public.files
    (id, user_id, project_id, filename, original_filename, file_type, mime_type, size_bytes, storage_path, embedding)
    SELECT id, person, project, id, id, 'image', 'image/png', 1, '/' || id, {VECTOR}
    FROM (VALUES
        ('f-own', 'owner', NULL), ('f-shared', 'owner', 'shared'), ('f-editor', 'editor', 'shared'),
        ('f-other', 'stranger', 'other')
    ) AS f (id, person, project);
INSERT INTO public.activity_logs (user_id, action_type, resource_type, created_at) VALUES
    ('owner', 'created', 'project', now()), ('owner', 'created', 'file', now() - interval '100 days'),
    ('stranger', 'created', 'file', now());
INSERT INTO public.zapier_webhook_logs (user_id, event_type, success) VALUES
    ('owner', 'a', true), ('stranger', 'b', true), (NULL, 'c', false);
INSERT INTO public.api_cost_tracking (user_id, model, endpoint, input_tokens, output_tokens, cost_usd) VALUES
    ('owner', 'large', 'chat', 1, 1, 2), ('owner', 'small', 'chat', 1, 1, 3), ('stranger', 'large', 'chat', 1, 1, 10);
INSERT INTO public.budget_config (user_id, monthly_limit) VALUES ('owner', 20), ('stranger', 20);
INSERT INTO public.budget_alerts (user_id, severity, period) VALUES
    ('owner', 'warning', 'day'), ('stranger', 'warning', 'day');
INSERT INTO public.content_categories (id, name, created_by, keywords) VALUES
    ('sailing', 'Sailing', 'owner', '{{boat}}'), ('chess', 'Chess', 'stranger', '{{pawn}}');
"""


def opened(databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """Open a database of every migration and the rows above, as their owner, and drop it at the end."""
    ups = [SYSTEM.text(migration, "up") for migration in SYSTEM.migrations]
    target = databases.make("\n".join([*ups, _ROWS]))
    with databases.connect(target) as connection:
        yield connection
    databases.drop(target)


@contextmanager
def acting(connection: psycopg.Connection[Any], person: str) -> Iterator[None]:
    """Be this person, as in a request through PostgREST, and undo all at the end."""
    role = PEOPLE[person]
    with connection.transaction(force_rollback=True):
        if role == "authenticated":
            claims = json.dumps({"email": f"{person}@example.com", "role": role})
            connection.execute("SELECT set_config('request.jwt.claims', %s, true)", [claims])
        connection.execute(f"SET LOCAL ROLE {role}".encode())
        yield


def outcome(connection: psycopg.Connection[Any], person: str, statement: str) -> int | None:
    """Return how many rows this person reads or changes by the statement; None where it is refused."""
    with acting(connection, person):
        try:
            return connection.execute(statement.encode()).rowcount
        except InsufficientPrivilege:
            return None


def outcomes(connection: psycopg.Connection[Any], statement: str) -> dict[str, int | None]:
    """Return what comes of the statement for each person; `{me}` in it is who asks."""
    return {person: outcome(connection, person, statement.format(me=person)) for person in PEOPLE}


def table(text: str) -> dict[str, dict[str, int | None]]:
    """Read a table of expectations: a thing and a number for each person, `-` where it is refused.

    >>> table("what owner anon\\nusers 1 -")
    {'users': {'owner': 1, 'anon': None}}
    """
    head, *lines = [line.split() for line in text.strip().splitlines()]
    return {
        what: {person: None if cell == "-" else int(cell) for person, cell in zip(head[1:], cells, strict=True)}
        for what, *cells in lines
    }
