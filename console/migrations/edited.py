"""What was changed in a file since it was applied, where the ledger keeps the text that was. Pure."""

from __future__ import annotations

from difflib import unified_diff

from console.migrations.files.folder import Migration
from console.migrations.files.supabase_statements import split

_APPLIED, _NOW = "applied", "in the file now"
_LONGEST = 5_000  # lines that are compared one by one


def difference(kept: str, migration: Migration) -> str:
    """Return the unified difference between the text that a ledger has kept and the up file as it is, as lines.

    Both are cut into statements as the ledger does it, so that nothing counts but the statements; empty when they are
    equal. Of very long texts all lines are taken for changed.
    """
    before, after = kept.split("\n"), "".join(f"{statement};\n" for statement in split(migration.up.text)).split("\n")
    if before == after:
        return ""
    if max(len(before), len(after)) > _LONGEST:
        return "\n".join(_replaced(before[:-1], after[:-1]))
    return "\n".join(unified_diff(before[:-1], after[:-1], _APPLIED, _NOW, lineterm=""))


def _replaced(before: list[str], after: list[str]) -> list[str]:
    head = [f"--- {_APPLIED}", f"+++ {_NOW}", f"@@ -1,{len(before)} +1,{len(after)} @@"]
    return [*head, *(f"-{line}" for line in before), *(f"+{line}" for line in after)]
