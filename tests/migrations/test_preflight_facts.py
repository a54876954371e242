"""What preflight decides from facts alone: standbys, old servers, extensions, backups; and how it is said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from console.errors import Refused
from console.migrations.preflight import backups, deciding, needs
from console.migrations.preflight.extensions import Wanted
from console.migrations.preflight.facts import Extension, Facts, Role
from console.migrations.preflight.finding import Finding, Preflight, Status, Subject
from console.migrations.preflight.needs import Needs, Spot
from tests.migrations.planning import steps

_SPOT = Spot("0001_step", 1)
_SUPER = Role("boss", True, True, True, True, True, False, "public", (), False, False, None, None, 0)
_PLAIN = replace(_SUPER, role="app", superuser=False, roles=False, databases=False, schemas=False)


def _facts(*, version: int = 180_000, role: Role = _SUPER, **more: Any) -> Facts:
    return Facts(version, more.pop("standby", False), role, **more)


def _decided(facts: Facts, needed: Needs | None = None) -> Preflight:
    return deciding.preflight(needed or Needs(), facts)


class TestTheServer:
    def test_a_standby(self) -> None:
        [stop] = _decided(_facts(standby=True)).stops
        assert stop.sentence == "This server is a standby: it takes no changes."

    @pytest.mark.parametrize("version", [14, 15, 16, 17, 18])
    @pytest.mark.parametrize(
        ("since", "script"),
        [
            (15, "MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE"),
            (18, "CREATE TABLE t (a int, CHECK (a > 0) NOT ENFORCED)"),
        ],
    )
    def test_a_server_that_is_too_old(self, version: int, since: int, script: str) -> None:
        found = needs.of(steps(script), version=version)
        assert bool(found.features) is (version < since)
        stops = deciding.preflight(found, _facts(version=version * 10_000)).stops
        assert len(stops) == int(version < since)
        if stops:
            assert f"came with PostgreSQL {since}; this is PostgreSQL {version}.0." in stops[0].sentence


class TestExtensions:
    """What the embedded server does not have is decided from facts."""

    _CUBE = Extension("cube", None, "1.5", True, False, True, (), ())

    @pytest.mark.parametrize(
        ("wanted", "known", "role", "said"),
        [
            (Wanted("cube"), _CUBE, _SUPER, ""),
            (Wanted("cube"), replace(_CUBE, trusted=False, superuser_only=True), _SUPER, ""),
            (Wanted("cube"), replace(_CUBE, trusted=False, superuser_only=True), _PLAIN, "only a superuser"),
            (Wanted("cube"), _CUBE, _PLAIN, "needs the right CREATE on the database"),
            (Wanted("cube"), _CUBE, replace(_PLAIN, schemas=True), ""),
            (Wanted("cube", sure=False), _CUBE, _PLAIN, ""),
            (Wanted("cube"), replace(_CUBE, trusted=False, superuser_only=True), replace(_PLAIN, managed=True), ""),
            (Wanted("cube"), _CUBE, replace(_PLAIN, libraries=("plpgsql", "extwlist")), ""),
            (Wanted("cube"), _CUBE, replace(_PLAIN, libraries=("plpgsql",)), "needs the right CREATE"),
            (Wanted("cube", version="9"), replace(_CUBE, has_version=False), _SUPER, "offers cube 1.5, not 9"),
            (Wanted("cube"), replace(_CUBE, installed="1.4"), _SUPER, "is there already"),
            (Wanted("cube", if_missing=True), replace(_CUBE, installed="1.4", offered=None), _SUPER, ""),
            (Wanted("cube"), replace(_CUBE, requires=("base",)), _SUPER, "needs base, which is not installed"),
            (Wanted("cube", cascade=True), replace(_CUBE, requires=("base",)), _SUPER, ""),
            (Wanted("cube"), replace(_CUBE, requires=("base",), required_there=("base",)), _SUPER, ""),
        ],
    )
    def test_may_it_be_made(self, wanted: Wanted, known: Extension, role: Role, said: str) -> None:
        found = _decided(_facts(role=role, extensions={"cube": known}), Needs(wanted={wanted: _SPOT}))
        stops = [each.sentence for each in found.stops]
        assert (stops == []) is (said == "")
        assert all(said in stop for stop in stops)

    @pytest.mark.parametrize(
        ("script", "wanted"),
        [
            ("CREATE EXTENSION vector", Wanted("vector")),
            ("CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA x", Wanted("vector", if_missing=True)),
            ("CREATE EXTENSION vector VERSION '0.8A' CASCADE", Wanted("vector", "0.8A", cascade=True)),
            ("DO $$ BEGIN END $$; CREATE EXTENSION vector", Wanted("vector", sure=False)),
        ],
    )
    def test_what_is_wanted(self, script: str, wanted: Wanted) -> None:
        assert list(needs.of(steps(script), version=18).wanted) == [wanted]

    @pytest.mark.parametrize(
        ("script", "used"),
        [
            ("CREATE TABLE t (e extensions.halfvec(3))", ["vector"]),
            ("ALTER TABLE t ADD COLUMN c citext", ["citext"]),
            ("CREATE INDEX ON t USING hnsw (e vector_cosine_ops)", ["vector", "vector"]),
            ("CREATE INDEX ON t USING gin (name gin_trgm_ops)", ["pg_trgm"]),
            ("CREATE EXTENSION IF NOT EXISTS vector; CREATE TABLE t (e vector(3))", []),
            ("DROP EXTENSION vector; CREATE TABLE t (e vector(3))", []),
            ("DO $$ BEGIN EXECUTE 'CREATE EXTENSION vector'; END $$; CREATE TABLE t (e vector(3))", []),
            ("CREATE TABLE vector (id int)", []),
            ("COMMENT ON TABLE t IS 'a vector'", []),
        ],
    )
    def test_what_is_used(self, script: str, used: list[str]) -> None:
        assert [each.extension for each in needs.of(steps(script), version=18).used] == used


class TestBackups:
    @pytest.mark.parametrize(
        ("facts", "loses", "wanted", "status", "said"),
        [
            ({"provider": "Neon"}, False, False, "skipped", "restore window"),
            ({"provider": "Supabase"}, True, False, "skipped", "daily backups on paid plans"),
            ({}, False, False, "skipped", "No backup is known; "),
            ({}, True, False, "warn", "The plan drops rows, and no backup is known"),
            ({"standbys": 2}, False, False, "skipped", "2 standbys, but what a plan drops is gone there, too"),
            ({"archives": True, "archived_ago": 240.0}, True, False, "skipped", "archives its log, last 4 m ago"),
            ({"archives": True, "archived_ago": 240.0, "failed_ago": 9.0}, False, False, "warn", "Archiving fails"),
            ({"archives": True, "archived_ago": 9.0, "failed_ago": 99.0}, False, False, "skipped", "archives its log"),
            ({"provider": "Neon"}, True, True, "ok", "A backup is made first"),
        ],
    )
    def test_what_is_known(self, facts: dict[str, Any], loses: bool, wanted: bool, status: str, said: str) -> None:
        provider = facts.pop("provider", "")
        known = _facts(role=replace(_SUPER, **facts), provider=provider)
        [found] = backups.findings(known, wanted=wanted, loses=loses)
        assert (found.status.value, said in found.sentence) == (status, True)


class TestTheList:
    def test_lines_and_document(self) -> None:
        found = Preflight(
            (
                Finding(Subject.SERVER, Status.OK, "It is new."),
                Finding(Subject.BACKUP, Status.SKIPPED, "Nobody knows.", "Ask."),
                Finding(Subject.SESSIONS, Status.WARN, "Somebody is there.", "Wait."),
                Finding(Subject.PRIVILEGES, Status.STOP, "You may not.", "Do not."),
                Finding(Subject.EXTENSIONS, Status.OK, "It is there."),
            )
        )
        assert found.lines == (
            "✗ You may not.",
            "  → Do not.",
            "! Somebody is there.",
            "  → Wait.",
            "– Nobody knows.",
            "  → Ask.",
            "✓ It is new. It is there.",
        )
        assert found.as_dict()[0] == {"subject": "server", "status": "ok", "detail": "It is new.", "advice": ""}

    def test_one_stop_is_the_error_itself(self) -> None:
        with pytest.raises(Refused) as refused:
            Preflight((Finding(Subject.SERVER, Status.STOP, "No.", "Yes."),)).refuse()
        assert (refused.value.title, refused.value.hint, refused.value.exit_code) == ("No.", "Yes.", 5)

    def test_several_are_listed(self) -> None:
        stop = Finding(Subject.SERVER, Status.STOP, "No.", "Yes.")
        with pytest.raises(Refused) as refused:
            Preflight((stop, replace(stop, sentence="Never."))).refuse()
        assert refused.value.title == "2 things would stop this plan. Nothing has run."
        assert refused.value.detail == "✗ No. Yes.\n✗ Never. Yes."

    def test_nothing_stops(self) -> None:
        Preflight((Finding(Subject.SERVER, Status.WARN, "Hm."),)).refuse()
