"""Reads `.env` files: NAME=value lines with quotes, comments and `export`, as shells and frameworks write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from console.errors import BrokenConfig

_NAME = re.compile(r"[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_][A-Za-z0-9_.-]*)[ \t]*(?P<sign>=?)[ \t]*")
_NOTHING = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\r?\n|$)")
_QUOTED = re.compile(r"'(?P<single>[^']*)'|`(?P<back>[^`]*)`|\"(?P<double>(?:[^\"\\]|\\.)*)\"", re.S)
_COMMENT = re.compile(r"(?:^|\s)#.*")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


def read(path: Path) -> Mapping[str, str] | None:
    """Return a file's variables, None where there is no file. Raises BrokenConfig, naming the line, never its text."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError):
        return None
    except OSError as error:
        raise BrokenConfig(f"{path} cannot be read.", detail=error.strerror or "") from error
    except UnicodeDecodeError:
        raise BrokenConfig(f"{path} is not UTF-8 text.") from None
    return MappingProxyType(parse(text, path=path))


def parse(text: str, *, path: Path) -> dict[str, str]:
    r"""Return the variables of a `.env` text; of equal names the last one counts. Raises BrokenConfig.

    >>> parse("export A='x y' # why\nB=p#q\n", path=Path(".env"))
    {'A': 'x y', 'B': 'p#q'}
    """
    found: dict[str, str] = {}
    place = 0
    while place < len(text):
        if blank := _NOTHING.match(text, place):
            place = blank.end()
            continue
        start = _NAME.match(text, place)
        if start is None:
            raise _broken(text, place, path, "this is not NAME=value")
        value, place = _value(text, start.end(), path)
        if start["sign"]:
            found[start["name"]] = value  # a bare NAME, as Docker has it, says nothing
        elif value:
            raise _broken(text, start.start(), path, "there is no = after the name")
    return found


def _value(text: str, place: int, path: Path) -> tuple[str, int]:
    """Return the value that begins at `place` and where the next line begins."""
    if text[place : place + 1] in ("'", '"', "`"):
        return _quoted(text, place, path)
    line = text[place:].partition("\n")[0]
    return _COMMENT.sub("", line).strip(), place + len(line) + 1


def _quoted(text: str, place: int, path: Path) -> tuple[str, int]:
    quoted = _QUOTED.match(text, place)
    if quoted is None:
        raise _broken(text, place, path, "a quote is opened here and not closed")
    end = _NOTHING.match(text, quoted.end())
    if end is None:
        raise _broken(text, quoted.end(), path, "something follows the closing quote")
    if quoted["double"] is not None:
        return re.sub(r"\\(.)", lambda sign: _ESCAPES.get(sign[1], sign[1]), quoted["double"], flags=re.S), end.end()
    return quoted["single"] or quoted["back"] or "", end.end()


def _broken(text: str, place: int, path: Path, sentence: str) -> BrokenConfig:
    line = text.count("\n", 0, place) + 1
    return BrokenConfig(
        f"{path}, line {line}: {sentence}.",
        hint="Write NAME=value, with quotes around a value that has blanks or a # after a blank.",
        line=line,
    )
