"""Cuts SQL the way the Supabase CLI does, for its ledger keeps the statements.

It knows quotes, dollar quotes, comments, parentheses and bodies `BEGIN ATOMIC … END`; all else ends at a semicolon.
A comment belongs to what follows it, also at the end, where it is a statement of its own. As in the CLI, the first
closing parenthesis ends all that are open.
"""

from __future__ import annotations

import re

_WORD = r"[A-Za-z0-9_$\x80-\U0010ffff]"
_TAG = r"[A-Za-z0-9_\x80-\U0010ffff]"
_SIGN = re.compile(
    rf"(?P<line>--[^\n\r]*)|(?P<block>/\*)|(?P<dollar>(?<!{_WORD})\${_TAG}*\$)"
    rf"|(?P<escapes>(?<!{_WORD})[Ee]')|(?P<quote>['\"])|\\.|(?P<end>;)|(?P<open>\()|(?P<close>\))"
    rf"|(?P<atomic>(?<!{_WORD})(?i:begin)[ \t\n\r\f\v]+(?i:atomic))",
    re.DOTALL,
)
_BODY_END = re.compile(rf"(?i:end)(?!{_WORD})")
_COMMENT_ENDS = re.compile(r"/\*|\*/")
_QUOTED = {"'": re.compile(r"(?:[^']|'')*+'"), '"': re.compile(r'(?:[^"]|"")*+"')}
_ESCAPED = re.compile(r"(?:[^'\\]|\\.|'')*+'", re.DOTALL)
_GOES_ON = re.compile(r"(?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r])*+'")
_FILLER = re.compile(r"(?:[ \t\n\r\f\v]|--[^\n\r]*)*+")
_SPACES = "\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))


def split(text: str) -> tuple[str, ...]:
    """Return the statements, without the semicolons between them and the space around them; empty ones are left out.

    >>> split("SELECT ';'; -- one\\nSELECT 2;")
    ("SELECT ';'", '-- one\\nSELECT 2')
    """
    cut = (text[start:end].rstrip(";").strip(_SPACES) for start, end in _bounds(text))
    return tuple(statement for statement in cut if statement)


def _bounds(text: str) -> list[tuple[int, int]]:
    bounds, start, at, inside = [], 0, 0, False
    while sign := _SIGN.search(text, at):
        kind, at = sign.lastgroup, sign.end()
        if kind == "atomic":
            at = _atomic_end(text, at)
        elif kind in ("open", "close"):
            inside = kind == "open"
        elif kind == "end":
            if not inside:
                bounds.append((start, at))
                start = at
        else:
            at = _skipped(text, sign)
    return [*bounds, (start, len(text))]


def _skipped(text: str, sign: re.Match[str]) -> int:
    """Return where a comment or a quoted text ends that begins with this sign."""
    if sign["block"]:
        return _block_end(text, sign.end())
    if sign["dollar"]:
        closing = text.find(sign["dollar"], sign.end())
        return len(text) if closing < 0 else closing + len(sign["dollar"])
    if sign["escapes"]:
        return _escaped_end(text, sign.end())
    if sign["quote"]:
        return _end(_QUOTED[sign["quote"]].match(text, sign.end()), text)
    return sign.end()


def _block_end(text: str, at: int) -> int:
    depth = 1
    for sign in _COMMENT_ENDS.finditer(text, at):
        depth += 1 if sign[0] == "/*" else -1
        if depth == 0:
            return sign.end()
    return len(text)


def _escaped_end(text: str, at: int) -> int:
    """Return where E'…' ends; after a line feed it goes on with the next quote."""
    end = _end(_ESCAPED.match(text, at), text)
    while (more := _GOES_ON.match(text, end)) and ("\n" in more[0] or "\r" in more[0]):
        end = _end(_ESCAPED.match(text, more.end()), text)
    return end


def _atomic_end(text: str, at: int) -> int:
    """Return where a body BEGIN ATOMIC ends: at an END that stands where a statement would begin."""
    while True:
        closing = _BODY_END.match(text, _after_comments(text, at))
        if closing:
            return closing.end()
        inside = False
        while sign := _SIGN.search(text, at):
            at = sign.end()
            if sign.lastgroup in ("open", "close"):
                inside = sign.lastgroup == "open"
            elif sign.lastgroup == "end" and not inside:
                break
            else:
                at = _skipped(text, sign)
        else:
            return len(text)


def _after_comments(text: str, at: int) -> int:
    while True:
        filler = _FILLER.match(text, at)
        assert filler is not None
        if not text.startswith("/*", filler.end()):
            return filler.end()
        at = _block_end(text, filler.end() + 2)


def _end(match: re.Match[str] | None, text: str) -> int:
    return match.end() if match else len(text)
