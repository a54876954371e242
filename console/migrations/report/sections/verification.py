"""The verification: how many checks passed, by migration, which failed, and where the queries are."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.marks import bullets, code, plain, table
from console.migrations.report.facts import Report
from console.migrations.report.sections.saying import labelled
from console.migrations.verify import Check, Verification
from console.text import sanitize

_WAITING = "Checks of migrations that are not applied, which fail until these are:"


def verification(report: Report) -> Iterator[str]:
    """Return the results of the verify files, which ran while the report was made."""
    found = report.verification
    yield "## Verification"
    yield f"**{found.summary}**, run while this report was made, in a read-only transaction that is rolled back."
    if report.verify_files:
        heads = ("Migration", "Checks", "Passed", "Failed", "Share", "Queries")
        yield table(heads, [*_rows(report)], right={1, 2, 3, 4})
        yield f"The queries are in {code(sanitize(str(report.folder)))}; what is pending is checked too."
    failed = [check for check in found.checks if not check.ok]
    waiting = [check for check in failed if check.migration in report.waiting]
    for title, some in (("Failed checks:", [check for check in failed if check not in waiting]), (_WAITING, waiting)):
        if some:
            yield title
            yield bullets(map(_failed, some))


def _rows(report: Report) -> Iterator[tuple[str, ...]]:
    for label, path in report.verify_files.items():
        some = Verification(tuple(check for check in report.verification.checks if check.migration == label))
        yield labelled(label), *_figures(some), code(sanitize(path.name))
    yield "**all**", *_figures(report.verification), ""


def _figures(found: Verification) -> tuple[str, str, str, str]:
    share = f"{found.passed * 1000 // found.total / 10:.1f} %" if found.total else "–"
    return str(found.total), str(found.passed), str(found.failed), share


def _failed(check: Check) -> str:
    detail = f" ({plain(check.detail)})" if check.detail else ""
    return f"{labelled(check.migration)}: {plain(check.name)}{detail}"
