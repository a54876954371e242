"""Takes one target through up, down or redo, and tells what came of it."""

from __future__ import annotations

from console.cli.migrations.applying import steps
from console.cli.migrations.applying.course import Course
from console.cli.migrations.applying.wishing import Wishes
from console.cli.migrations.project import Project
from console.cli.terminal.telling import answer, tell_error
from console.errors import ConsoleError


def apply(project: Project, wishes: Wishes) -> int:
    """Take one target through its course, tell what came of it, and return the exit code."""
    from console.cli.call.running import run

    course = Course.of(project, wishes)
    try:
        run(lambda: _through(course))
    except ConsoleError as error:
        return _failed(course, error)
    if wishes.how.as_json:
        answer(course.as_dict(), target=project.target.name, ok=True)
    else:
        course.tell_result()
    return 0


async def _through(course: Course) -> None:
    async with course.project.session("migrations", direct=True) as session:
        await steps.prepare(course, session)
        await steps.carry_out(course, session)


def _failed(course: Course, error: ConsoleError) -> int:
    """Print, as a document, what was done before an error; the error itself is raised where there is no such thing."""
    done = course.progress.outcomes.found or course.trial
    if not (course.wishes.how.as_json and (done or course.more)):
        raise error
    tell_error(error)
    found = course.so_far()
    if not done:
        found["summary"] = error.title
    answer(found, target=course.project.target.name, ok=False, error=error.as_dict())
    return error.exit_code
