"""The course of one target through up, down or redo: what was asked, how far it has come, what is said of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from console.cli.migrations.applying import planned, preflighting, scripting
from console.cli.migrations.applying.wishing import Wishes
from console.cli.terminal.progress import Progress
from console.cli.terminal.telling import tell
from console.migrations.plan import Plan

if TYPE_CHECKING:
    from console.cli.migrations.project import Project
    from console.db.guard import Consent
    from console.migrations.hazards.looking import Looked
    from console.migrations.ledgers.choosing import Chosen
    from console.migrations.ledgers.ledger import Recorded
    from console.migrations.preflight.finding import Preflight
    from console.migrations.trial.result import Trial


@dataclass(slots=True)
class Course:
    """How far one target has come; filled step by step, so that an error leaves what was found before it.

    `lines` stand above the question. `more` is what the document has besides the outcomes: each step that has a result
    puts it there under its name. Without `consent` nothing is carried out. One that is `named` is one of several.
    `script` is the plan as SQL, `trial` what became of trying it, where that was asked for.
    """

    project: Project
    wishes: Wishes
    progress: Progress
    chosen: Chosen | None = None
    plan: Plan = field(default_factory=Plan)
    looked: list[Looked] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    more: dict[str, object] = field(default_factory=dict)
    consent: Consent | None = None
    named: bool = False
    recorded: Recorded | None = None
    script: str = ""
    trial: Trial | None = None
    preflight: Preflight | None = None

    @classmethod
    def of(cls, project: Project, wishes: Wishes, *, named: bool = False) -> Course:
        """Return the beginning of a target's course."""
        return cls(project, wishes, Progress(quiet=wishes.how.as_json), named=named)

    @property
    def summary(self) -> str:
        """What is said of it in one line."""
        if self.trial is not None:
            return self.trial.summary
        return self.plan.summary if self._only_planned else self.progress.outcomes.summary

    @property
    def _only_planned(self) -> bool:
        return self.wishes.how.dry_run or self.wishes.as_sql or not self.plan.steps

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of what became of it. Raises BadSql, Refused for a plan with an unreadable script."""
        if self.wishes.as_sql:
            return {**self.plan.as_dict(), "sql": self.script}
        if self.wishes.trial:
            return self.so_far()
        dry = self.wishes.how.dry_run
        found = planned.as_dict(self.plan, self.looked) if dry else self.progress.outcomes.as_dict()
        return {**found, **self.more}

    def so_far(self) -> dict[str, object]:
        """Return the same where an error ended it."""
        from console.migrations.trial.result import Trial

        nothing = Trial((), self.wishes.max_lock, 0.0) if self.wishes.trial else None
        found = self.trial or nothing or self.progress.outcomes
        return {**found.as_dict(), **self.more}

    def tell_result(self) -> None:
        """Say what came of a course that went through: what would run, or what was done."""
        if self.wishes.as_sql:
            scripting.show(self.script)
        elif self.wishes.how.dry_run:
            if self.preflight is not None:
                preflighting.show(self.preflight)
            planned.print_statements(self.plan, self.looked)
        tell(self.summary)
