"""The examples run as they are written, and so does the code of the client's README."""

import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from portal import ROOT, fresh, run_example, store


class Examples(unittest.TestCase):
    def test_flights(self):
        told = run_example("flights.py")
        flights = int(re.search(r"spine +([\d,]+) flights", told).group(1).replace(",", ""))
        self.assertEqual(flights, 100_000)
        joined = re.search(r"joined +([\d,]+) rows × 5 features .* all known in ([\d.]+)%", told)
        self.assertEqual(joined.group(1), "100,000")
        self.assertGreater(float(joined.group(2)), 90)
        self.assertGreater(float(re.search(r"left later (0\.\d+)", told).group(1)), 0.52)
        values, present = re.search(r"the same .* ([\d,]+) values of .* ([\d,]+) present", told).groups()
        self.assertGreater(int(values.replace(",", "")), 1000)
        self.assertEqual(values, present)
        self.assertRegex(told, r"predicted [A-Z]{3} → [A-Z]{3}: late with probability 0\.\d+")
        print(told, file=sys.stderr)

    def test_a_flights_own_delay_is_not_in_its_features(self):
        fs = store()
        outcomes = fs.get_training_data("flight_outcome", features=["origin", "destination", "delay_minutes"]).tail(200)
        spine = outcomes.rename(columns={"departed_at": "event_timestamp"}).assign(airport_code=outcomes["origin"])
        joined = fs.get_historical_features(spine, features=["airport_delays:mean_delay_1d", "airport_delays:departures_1d"])
        # Every value is that of the last midnight before the departure: nothing of the day itself.
        midnights = joined["event_timestamp"].dt.floor("D")
        before = fs.get_historical_features(
            spine.assign(event_timestamp=midnights), features=["airport_delays:mean_delay_1d", "airport_delays:departures_1d"]
        )
        self.assertEqual(joined["mean_delay_1d"].tolist(), before["mean_delay_1d"].tolist())
        self.assertGreater(joined["departures_1d"].min(), 0)

    def test_every_tool_reads_the_same(self):
        # The sample's dataset is built while the portal is up already.
        fs = store()
        fs.wait_for_job(fs.get_training_dataset("flight_delays").resource["job"])
        told = run_example("read_with.py").splitlines()
        tools = ["pandas", "polars", "pyarrow", "duckdb"]
        self.assertEqual([line.split()[0] for line in told], [*tools, "plain", *tools])
        for lines, pattern in ((told[:5], r"^1: \d+\.\d\d, 2: "), (told[5:], r"^[1-9]\d?\.\d{4}% of the flights")):
            answers = {line.split(maxsplit=1)[1] for line in lines}
            self.assertEqual(len(answers), 1, told)
            self.assertRegex(answers.pop(), pattern)

    def test_the_readmes_code_runs(self):
        readme = (ROOT / "sdk" / "python" / "README.md").read_text(encoding="utf-8")
        code = "\n".join(re.findall(r"^```python\n(.*?)^```$", readme, re.M | re.S))
        self.assertGreater(code.count("fs."), 6)
        code = code.replace("churn_quick_start", fresh("churn")).replace("churn_rows", fresh("rows"))
        with tempfile.TemporaryDirectory() as folder:
            script = Path(folder, "readme.py")
            script.write_text(code, encoding="utf-8")
            command = [sys.executable, "-W", "error::ResourceWarning", str(script)]
            ended = subprocess.run(command, capture_output=True, text=True, timeout=120, env=os.environ, cwd=folder)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertIn("['PRESENT', 'PRESENT', 'NOT_FOUND']", ended.stdout)
        self.assertRegex(ended.stdout, r"1 interaction_date .*yesterday")


if __name__ == "__main__":
    unittest.main()
