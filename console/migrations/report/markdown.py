"""A report as GitHub's Markdown, which reads well as plain text too."""

from __future__ import annotations

from console.migrations.report.facts import Report
from console.migrations.report.sections.before import before
from console.migrations.report.sections.closing import closing
from console.migrations.report.sections.inventory import inventory
from console.migrations.report.sections.metrics import metrics
from console.migrations.report.sections.opening import opening
from console.migrations.report.sections.phases import phases
from console.migrations.report.sections.verification import verification

_SECTIONS = (opening, before, phases, inventory, metrics, verification, closing)


def render(report: Report) -> str:
    """Return the whole report. Text of the database and of files is sanitised and inert."""
    blocks = [block for section in _SECTIONS for block in section(report) if block]
    return "\n\n".join(blocks) + "\n"
