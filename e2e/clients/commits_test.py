"""Commits and jobs through the Python client: taken out and back in, brought online, cancelled."""

import unittest

import almanac
from portal import fresh, store


class Commits(unittest.TestCase):
    def setUp(self):
        self.fs = store()
        self.group = fresh("visits")
        self.first = self.rows(("2023-01-01", 3))
        self.fs.register_features(self.group, self.first, "customer_id", "seen_at")

    def rows(self, *visits):
        return [{"customer_id": 7, "seen_at": day, "visits": count} for day, count in visits]

    def online(self):
        return self.fs.get_online_features(self.group, entity_key=7)["visits"]

    def history(self, **bounds):
        return [row["visits"] for row in self.fs.get_training_data(self.group, output="rows", **bounds)]

    def test_a_commit_is_taken_out_and_back_in(self):
        [commit] = self.fs.ingest(self.group, self.rows(("2023-01-02", 5))).commits
        self.assertEqual((self.online(), self.history()), (5, [3, 5]))
        reverting = self.fs.revert_commit(self.group, commit, "The sensor was broken.")
        self.assertEqual((reverting["kind"], reverting["reverts"]["id"]), ("revert", commit))
        self.assertEqual((self.online(), self.history()), (3, [3]))
        known = self.fs.get_commit(self.group, commit)
        self.assertEqual((known["state"], known["reverted_by"]["reason"]), ("reverted", "The sensor was broken."))
        self.assertEqual(self.history(known_at=reverting["created"]), [3])
        with self.assertRaises(almanac.ConflictError):
            self.fs.revert_commit(self.group, commit, "Twice.")
        self.fs.take_back_revert(self.group, commit, "It was not.")
        self.assertEqual((self.online(), self.history()), (5, [3, 5]))
        with self.assertRaisesRegex(almanac.DataError, "is in force"):
            self.fs.take_back_revert(self.group, commit, "Twice.")
        kinds = [one["kind"] for one in self.fs.list_commits(self.group)]
        self.assertEqual(kinds, ["revert", "revert", "ingest", "ingest"])

    def test_a_revert_is_named_by_itself_too(self):
        [commit] = self.fs.ingest(self.group, self.rows(("2023-01-02", 5))).commits
        reverting = self.fs.revert_commit(self.group, commit, "No.")
        self.fs.take_back_revert(self.group, reverting["id"], "Yes.")
        self.assertEqual(self.online(), 5)

    def test_rows_that_wait_are_brought_online(self):
        self.fs.ingest(self.group, self.rows(("2023-01-02", 5), ("2023-02-02", 8)), to="offline")
        self.assertEqual((self.online(), self.history()), (3, [3, 5, 8]))
        job = self.fs.materialize(self.group)
        self.assertEqual((job["state"], self.online()), ("succeeded", 8))
        self.assertEqual(self.fs.materialize(self.group)["state"], "succeeded")
        self.assertIn(job["id"], [one["id"] for one in self.fs.list_jobs(resource=self.group)])

    def test_an_ended_job_is_not_cancelled(self):
        job = self.fs.materialize(self.group, "2023-01-01", "2023-01-31", wait=False)
        self.assertEqual(self.fs.wait_for_job(job["id"])["state"], "succeeded")
        self.assertEqual(self.fs.get_job(job["id"])["state"], "succeeded")
        with self.assertRaises(almanac.ConflictError):
            self.fs.cancel_job(job["id"])
        with self.assertRaises(almanac.NotFoundError):
            self.fs.cancel_job("no_such_job")

    def test_a_cancelled_job_ends_its_wait(self):
        spine = [{"customer_id": 7, "event_timestamp": f"2023-01-{day:02}"} for day in range(1, 29)] * 400
        features = [f"{self.group}:visits"]
        made = self.fs.create_training_dataset(fresh("cancelled"), spine, features, wait=False)
        job = made.resource["job"]
        try:
            self.fs.cancel_job(job)
        except almanac.ConflictError:
            self.assertEqual(self.fs.get_job(job)["state"], "succeeded")
            return
        with self.assertRaises(almanac.JobFailedError) as caught:
            self.fs.wait_for_job(job)
        self.assertEqual(caught.exception.job["state"], "cancelled")
        self.assertEqual(self.fs.get_training_dataset(made.name, made.version).state, "cancelled")


if __name__ == "__main__":
    unittest.main()
