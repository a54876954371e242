"""What the wire sends looks as what Textual wrote, on any terminal, after every step."""

from __future__ import annotations

from random import Random

import pytest

from console.ui.wire.abilities import Abilities
from console.ui.wire.cells import sure_width
from console.ui.wire.wire import Wire
from tests.emulator import Emulator, Glyph, difference
from tests.ui.wire.painter import Painter

XTERM = Abilities(erases_characters=True, colours_erased=True)
SCREEN = Abilities()
ELSE = (
    "\x1b[?25l", "\x1b[?25h", "\x1b[?2026$p", "\x1b[>25u", "\x07", "\x1b]0;a title\x07", "\x1b]52;c;YQ==\x07",
    "\x1b[2J", "\x1b[H", "\x1b[3;4Hraw \x1b[31mred\x1b[m", "\x1b[m\x1b[K", "\x1b[?1049h", "\x1b[5;1H\x1b[2M",
    "plain\r\n", "\x1b[1;1H\ttab\x1b[1;1H", "\x1b[2;3H\x1b[38;5mbroken\x1b[m\x1b[1;1H",
)  # fmt: skip
NAMES = [f"name {row:03} {Random(row).random():.40f}" for row in range(24)]


class Pair:
    """Two terminals: one gets all that Textual writes, the other what the wire makes of it."""

    def __init__(self, columns: int, rows: int, abilities: Abilities, *, joins: bool = True) -> None:
        self.plain = Emulator(columns, rows, colours_erased=abilities.colours_erased)
        self.thin = Emulator(columns, rows, colours_erased=abilities.colours_erased, joins=joins)
        self.wire = Wire(abilities)
        self.written = self.sent = 0

    def write(self, text: str) -> str:
        """Write what Textual would; return what was sent of it."""
        sent = self.wire.send(text, columns=self.plain.columns, rows=self.plain.lines)
        self.plain.feed(text)
        self.thin.feed(sent)
        self.written += len(text.encode())
        self.sent += len(sent.encode())
        return sent

    def resize(self, columns: int, rows: int) -> None:
        """Give both another size."""
        self.plain.resize(rows, columns)
        self.thin.resize(rows, columns)

    def assert_equal(self) -> None:
        """Fail with the first cell in which the two differ."""
        assert not difference(self.plain, self.thin)
        assert self.thin.cursor.attrs == self.plain.cursor.attrs


@pytest.mark.parametrize("abilities", [XTERM, SCREEN], ids=["xterm", "screen"])
@pytest.mark.parametrize("seed", range(5))
def test_the_screen_is_the_same_after_every_step(abilities: Abilities, seed: int) -> None:
    """Frames, resizes, clears and everything else that a program may write, in any order."""
    random = Random(seed)
    painter = Painter(random, 46, 13)
    pair = Pair(46, 13, abilities)
    for _ in range(300):
        chance = random.random()
        if chance < 0.02:
            painter.resize(random.randint(20, 60), random.randint(5, 20))
            pair.resize(painter.columns, painter.rows)
            pair.wire.forget()
        pair.write(random.choice(ELSE) if chance > 0.95 else painter.frame())
        pair.assert_equal()


def test_at_the_size_of_a_real_terminal() -> None:
    """The same at 120 by 36, where even of random words less is sent than is written."""
    painter = Painter(Random(11), 120, 36)
    pair = Pair(120, 36, XTERM)
    for _ in range(100):
        pair.write(painter.frame())
        pair.assert_equal()
    assert pair.sent < pair.written * 0.6


@pytest.mark.parametrize("seed", range(4))
def test_signs_of_unsure_width_never_shift_their_neighbours(seed: int) -> None:
    """On a terminal that gives such signs another width than Textual does, everything else is in its place."""
    random = Random(seed)
    painter = Painter(random, 40, 10, whole_rows=True)
    pair = Pair(40, 10, XTERM, joins=False)
    pair.write("\x1b[?7l")  # as Textual does: what goes over the right edge does not wrap
    for _ in range(150):
        pair.write(painter.frame())
        for wanted, found in zip(pair.plain.glyphs(), pair.thin.glyphs(), strict=True):
            signs = _signs(wanted)
            for sign, one, other in zip(signs, wanted, found, strict=True):
                if len(sign) == 1 and sure_width(sign):
                    assert one.seen() == other.seen()
                else:
                    assert other.data.strip() in "".join(signs), "nothing older is seen beside it"


def _signs(row: list[Glyph]) -> list[str]:
    """Return for each column the sign that stands there, or of which the other half does."""
    signs: list[str] = []
    for glyph in row:
        signs.append(glyph.data or signs[-1])
    return signs


class TestSent:
    """What goes over the wire in particular cases."""

    @pytest.fixture
    def pair(self) -> Pair:
        pair = Pair(80, 24, XTERM)
        pair.write("".join(f"\x1b[{row + 1};1H\x1b[44m{NAMES[row]:<80}\x1b[0m\n" for row in range(23)) + "\x1b[1;1H")
        return pair

    def test_a_frame_that_changes_nothing_sends_nothing(self, pair: Pair) -> None:
        assert pair.write("\x1b[5;1H\x1b[44mname 004\x1b[0m\x1b[1;1H") == ""

    def test_synchronized_output_around_nothing_is_not_sent(self, pair: Pair) -> None:
        assert [pair.write(text) for text in ("\x1b[?2026h", "\x1b[1;1H", "\x1b[?2026l")] == ["", "", ""]

    def test_synchronized_output_stays_around_a_change(self, pair: Pair) -> None:
        sent = "".join(pair.write(text) for text in ("\x1b[?2026h", "\x1b[2;1Hx\x1b[1;1H", "\x1b[?2026l"))
        assert sent.startswith("\x1b[?2026h")
        assert sent.endswith("\x1b[?2026l")
        pair.assert_equal()

    def test_one_changed_cell_is_a_move_a_pen_and_a_sign(self, pair: Pair) -> None:
        assert pair.write("\x1b[5;1H\x1b[44mname 0X4\x1b[0m\x1b[1;1H") == "\x1b[5;7H\x1b[44mX\x1b[m\x1b[H"

    def test_a_scrolled_line_moves_the_block(self, pair: Pair) -> None:
        rows = "".join(f"\x1b[{row + 1};1H\x1b[44m{NAMES[row + 1]:<80}\x1b[0m\n" for row in range(23))
        sent = pair.write(rows + "\x1b[1;1H")
        assert len(sent) < 100
        pair.assert_equal()

    @pytest.mark.parametrize("text", ["\x1b[2J", "\x1b[?1049h", "what is this"])
    def test_what_is_not_understood_is_sent_raw_and_the_next_frame_whole(self, pair: Pair, text: str) -> None:
        frame = "\x1b[5;1H\x1b[44mname 004\x1b[0m\x1b[1;1H"
        assert pair.write(text) == text
        assert pair.write(frame) == "\x1b[5H\x1b[0;44mname 004\x1b[m\x1b[H"

    def test_after_a_resize_the_next_frame_is_sent_whole(self, pair: Pair) -> None:
        pair.wire.forget()
        assert "name 004" in pair.write("\x1b[5;1H\x1b[44mname 004\x1b[0m\x1b[1;1H")

    def test_a_link_keeps_its_number_though_rich_changes_it(self, pair: Pair) -> None:
        frame = "\x1b[5;1H\x1b]8;id={};https://example.org\x1b\\here\x1b]8;;\x1b\\\x1b[1;1H"
        assert "https://example.org" in pair.write(frame.format(17))
        assert pair.write(frame.format(18)) == ""
