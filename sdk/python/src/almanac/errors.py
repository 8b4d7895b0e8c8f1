"""What can go wrong, as exceptions that carry the portal's problem document (RFC 9457)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Mapping, Optional

if TYPE_CHECKING:
    from .results import IngestResult


class AlmanacDeprecationWarning(FutureWarning):
    """What was read is deprecated; the text names the successor and the day from which reads are refused."""


class AlmanacError(Exception):
    """Anything that this client raises on purpose."""


class ConfigurationError(AlmanacError):
    """The client was set up in a way that cannot work: no key, an address that is none."""


class DataError(AlmanacError, ValueError):
    """Data that cannot be sent as it is: a column without a type, a time finer than a microsecond."""


class SchemaMismatchError(DataError):
    """The data does not fit the feature group that is there: other keys, columns that it does not have."""


class ConnectionFailedError(AlmanacError, ConnectionError):
    """No whole answer came, after all retries."""


@dataclass(frozen=True)
class FieldError:
    """One fault in a request, by its place: a JSON pointer, or a row (from 1) and a column."""

    reason: str
    pointer: Optional[str] = None
    code: Optional[str] = None
    row: Optional[int] = None
    column: Optional[str] = None
    value: Optional[str] = None
    rule: Optional[str] = None

    @classmethod
    def of(cls, document: Mapping[str, Any], row_offset: int = 0) -> FieldError:
        row = document.get("row")
        return cls(
            reason=str(document.get("reason", "")),
            pointer=document.get("pointer"),
            code=document.get("code"),
            row=row + row_offset if isinstance(row, int) else None,
            column=document.get("column"),
            value=document.get("value"),
            rule=document.get("rule"),
        )

    def __str__(self) -> str:
        if self.row is not None:
            place = f"row {self.row}" + (f", {self.column}" if self.column else "")
        else:
            place = self.pointer or ""
        return f"{place}: {self.reason}" if place else self.reason


class ProblemError(AlmanacError):
    """The portal refused or failed. Subclasses say how; `code` is the portal's own word."""

    def __init__(
        self,
        status: int,
        problem: Mapping[str, Any],
        retry_after: Optional[float] = None,
        row_offset: int = 0,
    ):
        self.status = status
        self.problem = dict(problem)
        self.code = str(problem.get("code") or "unknown")
        self.title = str(problem.get("title") or "")
        self.detail = str(problem.get("detail") or self.title or f"HTTP {status}")
        self.request_id: Optional[str] = problem.get("request_id")
        #: Every fault by its place; rows count from 1 over all that was sent.
        self.errors = tuple(FieldError.of(one, row_offset) for one in problem.get("errors") or ())
        self.retry_after = retry_after
        super().__init__(self.detail)

    def __str__(self) -> str:
        lines = [self.detail]
        shown = self.errors[:5]
        if len(self.errors) > 1:
            lines += [f"  {error}" for error in shown]
            if len(self.errors) > len(shown):
                lines.append(f"  … and {len(self.errors) - len(shown)} more in .errors")
        elif shown and shown[0].reason not in self.detail:
            lines.append(f"  {shown[0]}")
        request = f", request {self.request_id}" if self.request_id else ""
        lines.append(f"  ({self.status} {self.code}{request})")
        return "\n".join(lines)


class BadRequestError(ProblemError):
    """400: the request could not be parsed."""


class AuthenticationError(ProblemError):
    """401: no key, or one that is unknown, revoked or expired."""


class PermissionDeniedError(ProblemError):
    """403: `decision` has the rule that decided, what is missing and who can help."""

    @property
    def decision(self) -> Mapping[str, Any]:
        found = self.problem.get("decision")
        return found if isinstance(found, dict) else {}

    @property
    def who_can_help(self) -> tuple[str, ...]:
        return tuple(self.decision.get("who_can_help") or ())


class NotFoundError(ProblemError):
    """404: it does not exist, or you may not know that it does."""


class ConflictError(ProblemError):
    """409: it exists already, is in use, or the Idempotency-Key was used for another body."""


class GoneError(ProblemError):
    """410: deprecated and past its sunset date; `replacement` may name the successor."""

    @property
    def replacement(self) -> Optional[str]:
        return self.problem.get("replacement")


class PreconditionError(ProblemError):
    """412, 428: it was changed by somebody else since it was read."""


class TooLargeError(ProblemError):
    """413: more than one request may carry."""


class UnsupportedFormatError(ProblemError):
    """415: a content type that is not taken."""


class InvalidError(ProblemError):
    """422: understood and refused; `errors` names each fault."""


class RateLimitedError(ProblemError):
    """429, after all retries."""


class UnavailableError(ProblemError):
    """502, 503, 504, after all retries."""


class ServerError(ProblemError):
    """500: `request_id` leads to the cause in the portal's log."""


class IngestError(AlmanacError):
    """
    A later chunk of an ingestion failed: `committed` says what the chunks before it brought. The same call with
    `idempotency_key=error.idempotency_key` goes on where this one ended: committed chunks are not stored twice.
    """

    def __init__(self, cause: AlmanacError, committed: IngestResult, idempotency_key: str):
        self.committed = committed
        self.idempotency_key = idempotency_key
        self.errors: tuple[FieldError, ...] = cause.errors if isinstance(cause, ProblemError) else ()
        super().__init__(
            f"{committed.accepted:,} rows in {len(committed.commits)} commits were stored before this:\n{cause}"
        )


class JobFailedError(AlmanacError):
    """Work that the portal does in the background failed or was cancelled; `job` is its record."""

    def __init__(self, job: Mapping[str, Any]):
        self.job = dict(job)
        error = job.get("error")
        told = error.get("detail") or error.get("message") if isinstance(error, dict) else error
        super().__init__(f"Job {job.get('id')} {job.get('state', 'failed')}" + (f": {told}" if told else ""))


_BY_STATUS: Mapping[int, type[ProblemError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    405: BadRequestError,
    409: ConflictError,
    410: GoneError,
    412: PreconditionError,
    413: TooLargeError,
    415: UnsupportedFormatError,
    422: InvalidError,
    428: PreconditionError,
    429: RateLimitedError,
    502: UnavailableError,
    503: UnavailableError,
    504: UnavailableError,
}


def error_of(status: int, problem: Mapping[str, Any], retry_after: Optional[float] = None) -> ProblemError:
    """The exception for an answer of failure."""
    kind = _BY_STATUS.get(status) or (ServerError if status >= 500 else BadRequestError)
    return kind(status, problem, retry_after)
