"""Contracts as other tools read them: against the standard's own schema and its own Python model."""

import json
import os
import unittest
import urllib.request
from importlib.resources import files

try:
    import jsonschema
    import yaml
    from open_data_contract_standard.model import OpenDataContractStandard
except ImportError as error:
    raise unittest.SkipTest(f"the standard's own package is not installed: {error}") from error

GROUPS = ("airport_delays", "route_delays", "airport_hourly", "airport_profile", "customer_engagement", "flight_outcome")
TERMS = {
    "enforcement": "warn",
    "freshness": {"max_age": "P2D", "by": "06:00"},
    "checks": [{"name": "time_needs_logins", "expression": "num_logins > 0 or avg_session_duration is null"}],
    "unique": [{"columns": ["customer_id", "interaction_date"]}],
    "rows": {"per_commit": {"max": 1_000_000}, "per_day": {"min": 1, "max": 1_000_000}},
    "null_share": [{"feature": "avg_session_duration", "max": 0.5}],
}


# What readers of YAML 1.1, Python's among them, take for something else where it stands plain.
WORDS = ["yes", "no", "on", "12:30:45", "2026-01-01"]

# Of its own: a contract that only warns lets in what other tests of the sample see refused.
OWN = {
    "name": "odcs_engagement",
    "description": "What a customer did on a day.",
    "entity": "customer",
    "primary_key": ["customer_id"],
    "timestamp_key": "interaction_date",
    "features": [
        {"name": "num_logins", "type": "int64", "description": "Sign-ins.", "contract": {"min": 0}},
        {"name": "avg_session_duration", "type": "float64", "description": "Minutes."},
        {"name": "mailing", "type": "string", "description": "yes", "contract": {"allowed": WORDS}},
    ],
}


def call(path, body=None):
    request = urllib.request.Request(
        f"{os.environ['ALMANAC_URL']}/api/v1/feature-groups{path and '/'}{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {os.environ['ALMANAC_API_KEY']}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read().decode()


class Contracts(unittest.TestCase):
    def setUp(self):
        schema = json.loads(files("open_data_contract_standard").joinpath("schema.json").read_text())
        self.validator = jsonschema.Draft201909Validator(schema)

    def read(self, group):
        text = call(f"{group}/contract/odcs")
        faults = [f"{list(one.absolute_path)}: {one.message}" for one in self.validator.iter_errors(yaml.safe_load(text))]
        self.assertEqual(faults, [], group)
        return text, OpenDataContractStandard.from_string(text)

    def test_documents_keep_to_the_standard(self):
        for group in GROUPS:
            _, contract = self.read(group)
            self.assertEqual((contract.kind, contract.name), ("DataContract", group))
            self.assertEqual(contract.schema_[0].name, group)

    def test_a_contract_with_every_term_goes_out_and_comes_back(self):
        call("", OWN)
        call("odcs_engagement/contract/versions", {"terms": TERMS, "purpose": "Churn models.", "limitations": "12:30", "support": "#growth"})
        text, contract = self.read("odcs_engagement")
        self.assertEqual(contract.description.purpose, "Churn models.")
        metrics = sorted(rule.metric or rule.type for rule in contract.schema_[0].quality)
        mailing = next(one for one in contract.schema_[0].properties if one.name == "mailing")
        self.assertEqual((mailing.description, mailing.quality[0].arguments["validValues"]), ("yes", WORDS))
        self.assertEqual(metrics, ["custom", "duplicateValues", "rowCount", "rowCount", "rowCount"])
        preview = json.loads(call("odcs_engagement/contract/import", {"document": text, "mode": "replace"}))
        self.assertEqual((preview["changes"], preview["features"], preview["not_enforced"]), ([], [], []))


if __name__ == "__main__":
    unittest.main()
