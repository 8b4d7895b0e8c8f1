"""The line that moves: on terminals only, and never in the way."""

import io
import unittest
from unittest import mock

from almanac.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def drawn(work, stream, setting=None, seconds=1.0, **options):
    clock = iter(number * seconds for number in range(1000))
    with mock.patch("sys.stderr", stream), mock.patch("time.monotonic", lambda: next(clock)):
        with (
            mock.patch.dict("os.environ", {"TERM": "xterm"}),
            Progress(setting, "rows", **options) as progress,
        ):
            work(progress)
    return stream.getvalue()


def three(progress):
    for _ in range(3):
        progress.add(1000)


class Bar(unittest.TestCase):
    def test_a_terminal_sees_how_far_it_is(self):
        told = drawn(three, Terminal(), total=3000)
        self.assertIn("33% · 1,000 of 3,000 rows", told)
        self.assertIn("100% · 3,000 of 3,000 rows", told)
        self.assertTrue(told.endswith("\n"))

    def test_without_a_total_it_counts(self):
        self.assertIn("3.0 kB", drawn(three, Terminal(), unit="bytes"))

    def test_a_log_file_sees_nothing(self):
        self.assertEqual(drawn(three, io.StringIO(), total=3000), "")
        self.assertEqual(drawn(three, Terminal(), setting=False, total=3000), "")
        self.assertIn("3,000", drawn(three, io.StringIO(), setting=True, total=3000))

    def test_what_is_quick_draws_nothing(self):
        self.assertEqual(drawn(three, Terminal(), seconds=0.01, total=3000), "")

    def test_a_function_of_ones_own(self):
        seen = []
        drawn(three, Terminal(), setting=lambda *told: seen.append(told), total=3000)
        self.assertEqual(seen, [(1000, 3000, "rows"), (2000, 3000, "rows"), (3000, 3000, "rows")])


if __name__ == "__main__":
    unittest.main()
