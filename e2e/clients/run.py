"""
Runs the tests of the Python client (sdk/python/tests) and of the real clients (here) in this interpreter.

    ALMANAC_URL=http://localhost:3000 ALMANAC_API_KEY=… python e2e/clients/run.py [--report file] [pattern…]

Needs a running portal with the sample, and the packages of requirements.txt. A pattern is part of a test's name.
"""

import argparse
import faulthandler
import json
import os
import sys
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "sdk" / "python" / "tests", ROOT / "e2e" / "clients")
PATHS = (ROOT / "sdk" / "python" / "src", ROOT / "sdk" / "python" / "examples")

#: No test waits for long: what hangs is shown with its place and ends the run.
MOST_SECONDS = 600


class Result(unittest.TextTestResult):
    passed = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1

    def startTest(self, test):
        self.since = time.monotonic()
        super().startTest(test)

    def stopTest(self, test):
        took = time.monotonic() - self.since
        if took > 5:
            self.stream.writeln(f"    {took:.1f} s")
        super().stopTest(test)


def each(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from each(test)
        else:
            yield test


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--report")
    arguments.add_argument("patterns", nargs="*")
    asked = arguments.parse_args()
    faulthandler.dump_traceback_later(MOST_SECONDS, exit=True)
    # Examples and their subprocesses import the client as it stands in the tree.
    sys.path[:0] = [str(path) for path in PATHS]
    os.environ["PYTHONPATH"] = os.pathsep.join(str(path) for path in PATHS)
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    found = [
        test
        for folder in FOLDERS
        for test in each(unittest.TestLoader().discover(str(folder), "*_test.py", str(folder)))
    ]
    wanted = [test for test in found if not asked.patterns or any(one in test.id() for one in asked.patterns)]
    runner = unittest.TextTestRunner(verbosity=2, resultclass=Result, warnings="default")
    result = runner.run(unittest.TestSuite(wanted))
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    report = {
        "passed": result.passed,
        "failed": failed,
        "skipped": [{"test": test.id(), "reason": reason} for test, reason in result.skipped],
    }
    if asked.report:
        Path(asked.report).write_text(json.dumps(report))
    print(f"{result.passed} passed, {failed} failed, {len(result.skipped)} skipped")
    sys.exit(1 if failed or not result.passed else 0)


if __name__ == "__main__":
    main()
