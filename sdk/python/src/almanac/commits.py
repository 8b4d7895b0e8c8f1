"""What arrived in a feature group: the timeline, taking a commit out and back in, bringing rows online."""

from __future__ import annotations

from typing import Any, Optional

from .base import segment
from .errors import DataError
from .ingestion import Ingestion
from .types import time_text


class Commits(Ingestion):
    def list_commits(
        self, feature_group_name: str, *, version: Optional[int] = None, **filters: Any
    ) -> list[dict[str, Any]]:
        """What arrived, newest first. Filters: `kind`, `state` ("in_force", "reverted"), `by`."""
        path = f"/feature-groups/{segment(feature_group_name)}/commits"
        return self._all(path, environment=self.environment, version=version, **filters)

    def get_commit(self, feature_group_name: str, commit: str) -> dict[str, Any]:
        """A commit with what it changed of the statistics; `known_before` is the `known_at` just before it."""
        path = f"/feature-groups/{segment(feature_group_name)}/commits/{segment(commit)}"
        found: dict[str, Any] = self._get(path, environment=self.environment)
        return found

    def revert_commit(self, feature_group_name: str, commit: str, reason: str) -> dict[str, Any]:
        """
        Takes the rows of a commit out, by one new commit, which is answered: reads without `known_at`, or with a later
        one, no longer have them, and online each key that they touched has what the rest of the history says.
        """
        path = f"/feature-groups/{segment(feature_group_name)}/commits/{segment(commit)}/revert"
        reverting: dict[str, Any] = self._act(
            "POST", path, {"reason": reason}, {"environment": self.environment}
        )
        return reverting

    def take_back_revert(self, feature_group_name: str, commit: str, reason: str) -> dict[str, Any]:
        """Brings the rows of a reverted commit back, by one new commit. `commit` is the reverted one, or its revert."""
        found = self.get_commit(feature_group_name, commit)
        if found["kind"] == "revert" and found["state"] == "in_force":
            return self.revert_commit(feature_group_name, commit, reason)
        if found["reverted_by"] is None:
            raise DataError(f"Commit {commit} of {feature_group_name} is in force: nothing is to be taken back.")
        return self.revert_commit(feature_group_name, found["reverted_by"]["id"], reason)

    def materialize(
        self,
        feature_group_name: str,
        start: Any = None,
        end: Any = None,
        *,
        version: Optional[int] = None,
        wait: bool = True,
    ) -> dict[str, Any]:
        """
        Brings rows online that were written with `to="offline"`: all of them, or those with event times from `start`
        to `end`, both inclusive. Answers the job's record; its `result` says how many. With `wait=False` at once, while
        the job goes on.
        """
        bounds = {"from": time_text(start), "to": time_text(end)}
        asked = {word: text for word, text in bounds.items() if text is not None}
        query = {"environment": self.environment, "version": version}
        path = f"/feature-groups/{segment(feature_group_name)}/materialize"
        job = self._act("POST", path, asked, query)["job"]
        return self.wait_for_job(job) if wait else self.get_job(job)
