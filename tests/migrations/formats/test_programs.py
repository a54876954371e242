"""Rails, Ecto and Django: programs that are never run, and what their ledgers say of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.db.session import Session
from console.migrations import history
from console.migrations.files import django, formats
from tests.migrations.foreign import Site
from tests.migrations.formats.bookkeeping import fill
from tests.migrations.own_tools import OWN
from tests.migrations.project import agreed

CLASS = "class Migration(migrations.Migration):\n"


@pytest.fixture(params=["rails", "ecto", "django"])
def site(request: pytest.FixtureRequest, tmp_path: Path, session: Session) -> Site:
    """Return a project of three migrations, and its session."""
    OWN[request.param].make(tmp_path)
    return Site(tmp_path / "migrations", session)


async def record(site: Site, *statements: str) -> None:
    async with site.session.writing(agreed(site.session.target)) as writer:
        for statement in statements:
            await writer.execute(statement)


@pytest.mark.parametrize("site", ["rails", "ecto"], indirect=True)
async def test_numbers_are_compared_as_numbers(site: Site) -> None:
    mark = "class A < ActiveRecord::Migration[8.0]; end" if formats.detect(site.path).format == "rails" else ""
    site.lay({f"0007_first.{'rb' if mark else 'exs'}": mark})
    tool = OWN[formats.detect(site.path).format]
    await record(site, *tool.records(site.path), "INSERT INTO schema_migrations VALUES (7), (20230101000000)")
    assert await site.states() == {
        "0007": "applied",
        "20240101000000": "applied",
        "20240102000000": "applied",
        "20240103000000": "pending",
        "20230101000000": "missing",
    }


@pytest.mark.parametrize("site", ["rails"], indirect=True)
async def test_the_environment_is_told(site: Site) -> None:
    await record(site, *OWN["rails"].records(site.path))
    assert (await site.recorded()).notes == ("Rails calls the environment of this database “staging”.",)


@pytest.mark.parametrize("site", ["ecto", "django"], indirect=True)
async def test_history_is_the_ledger(site: Site) -> None:
    tool = OWN[formats.detect(site.path).format]
    await record(site, *tool.records(site.path))
    found = (await history.read(site.session)).entries
    assert [(each.version, f"{each.at:%d}") for each in found] == [(tool.versions[1], "02"), (tool.versions[0], "01")]


@pytest.mark.parametrize("site", ["ecto"], indirect=True)
async def test_ecto_looks_into_folders(site: Site) -> None:
    site.lay({"old/20230101000000_x.exs": "use Ecto.Migration"})
    assert next(iter(await site.states())) == "20230101000000"


class TestDjango:
    def test_all_apps_of_a_project_in_the_order_of_what_needs_what(self, tmp_path: Path) -> None:
        fill(
            tmp_path,
            {
                "manage.py": "",
                "a/migrations/0001_x.py": CLASS
                + "    dependencies = [\n        ('b', '0001_y'),\n        swap(X),\n    ]\n",
                "a/migrations/helpers.py": "x = 1\n",
                "inner/b/migrations/0001_y.py": CLASS + "    dependencies = []\n",
                "c/apps.py": "class C(AppConfig):\n    name = 'x.c'\n    label = 'third'\n",
                "c/migrations/0001_z.py": CLASS,
                "venv/pyvenv.cfg": "",
                "venv/lib/auth/migrations/0001_no.py": CLASS,
                ".tox/auth/migrations/0001_no.py": CLASS,
            },
        )
        folder = formats.read(tmp_path)
        assert [each.version for each in folder.migrations] == ["third.0001_z", "b.0001_y", "a.0001_x"]
        assert folder.format == "django"
        assert folder.findings == ()

    def test_a_circle_is_said(self, tmp_path: Path) -> None:
        needs = CLASS + "    dependencies = [('shop', '{}')]\n"
        fill(tmp_path / "shop", {"migrations/0001_a.py": needs.format("0002_b")})
        fill(tmp_path / "shop", {"migrations/0002_b.py": needs.format("0001_a")})
        [finding] = django.scan(tmp_path / "shop" / "migrations", {}).findings
        assert (finding.fatal, "in a circle" in finding.sentence) == (True, True)

    @pytest.mark.parametrize("site", ["django"], indirect=True)
    async def test_a_squashed_one_counts_when_all_it_stands_for_is_applied(self, site: Site) -> None:
        replaced = "    replaces = [('shop', '0001_people'), ('shop', '0002_ada')]\n"
        site.lay(
            {"0001_squashed.py": CLASS + replaced, "0003_squashed.py": CLASS + replaced.replace("0002_ada", "0003_age")}
        )
        await record(
            site,
            *OWN["django"].records(site.path),
            "INSERT INTO django_migrations (app, name, applied) VALUES ('auth', '0001_initial', now())",
        )
        assert await site.states() == {
            "shop.0001_people": "applied",
            "shop.0001_squashed": "applied",
            "shop.0002_ada": "applied",
            "shop.0003_age": "pending",
            "shop.0003_squashed": "pending",
        }
