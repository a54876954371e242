"""Folders of numbered programs that only their own tool runs: read as text, never run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.errors import BadMigrations
from console.migrations.files import by_name, complaints, native, reading
from console.migrations.files.folder import Folder, Migration, Order, Script
from console.migrations.files.own_tool import OwnTool

_LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class Programs:
    """How a tool's files are called and what they say.

    `file` has the groups `version` and `name`; `mark` is what tells them from other files of that name, `back` what
    leads back.
    """

    format: str
    tool: OwnTool
    file: re.Pattern[str]
    mark: re.Pattern[str]
    back: re.Pattern[str]
    called: str

    def recognises(self, path: Path, names: Sequence[str]) -> bool:
        """Tell whether one of the first numbered files of a folder says so."""
        mine = [name for name in names if self.file.fullmatch(name)]
        return any(_says(path / name, self.mark) for name in mine[:_LOOKED_AT])

    def scan(self, path: Path, entries: Iterable[Path]) -> Folder:
        """Return the migrations among some files, in the order of their numbers, with what is wrong with them."""
        mine = [entry for entry in entries if self.file.fullmatch(entry.name)]
        migrations, findings = by_name.gather(mine, self._migration)
        migrations.sort(key=lambda each: Order.NUMBER.key(each.version))
        findings += complaints.duplicates(migrations, Order.NUMBER.key)
        if not migrations and not findings:
            findings.append(complaints.empty(path, self.called))
        return Folder(path, self.format, tuple(migrations), Order.NUMBER, None, tuple(findings), tool=self.tool)

    def _migration(self, path: Path) -> Migration:
        named = self.file.fullmatch(path.name)
        assert named is not None
        text = reading.text(path)
        script = Script(path, text)
        back = script if self.back.search(text) else None
        return Migration(
            named["version"], named["name"], native.checksum(text), script, back, unsupported=self.tool.reason
        )


def _says(path: Path, mark: re.Pattern[str]) -> bool:
    try:
        return mark.search(reading.text(path)) is not None
    except BadMigrations:
        return False
