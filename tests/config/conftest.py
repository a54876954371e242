"""A home and a project for the tests of configuration, with nothing of this machine in them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from console.config import files, trust
from console.config.files import Configuration
from console.config.profile import Target
from console.config.target import resolve


@dataclass
class Place:
    """A user's home and a project, and what the console makes of them."""

    home: Path
    project: Path
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def user_file(self) -> Path:
        return self.home / "config" / "config.toml"

    @property
    def project_file(self) -> Path:
        return self.project / "dbconsole.toml"

    def user(self, text: str) -> Place:
        self.user_file.parent.mkdir(parents=True, exist_ok=True)
        self.user_file.write_text(text)
        return self

    def ours(self, text: str) -> Place:
        self.project_file.write_text(text)
        return self

    def env(self, text: str, name: str = "") -> Place:
        (self.project / f".env{name}").write_text(text)
        return self

    def trust(self) -> Place:
        trust.trust(self.project_file, environ=self.environ)
        return self

    def load(self) -> Configuration:
        return files.load(environ=self.environ, cwd=self.project)

    def resolve(self, word: str | None = None, **options: object) -> Target:
        return resolve(word, environ=self.environ, cwd=self.project, **options)  # type: ignore[arg-type]

    def having(self, values: Mapping[str, str]) -> Place:
        self.environ.update(values)
        return self


@pytest.fixture
def place(tmp_path: Path) -> Place:
    home, project = tmp_path / "home", tmp_path / "project"
    project.mkdir()
    (project / ".git").mkdir()
    return Place(home, project, {"DBCONSOLE_HOME": str(home), "HOME": str(home), "PATH": os.environ["PATH"]})
