"""What happens when the portal is busy, away, cut off or refuses."""

import os
import socket
import threading
import unittest
import warnings
from unittest import mock

import almanac
from almanac import FeatureStore
from local_portal import KEY, LocalPortal, Reply, Reset, problem

ME = {"name": "tester"}


class Retries(unittest.TestCase):
    def test_a_busy_portal_is_asked_again_after_the_time_it_names(self):
        with LocalPortal(problem(429, "rate_limited", {"Retry-After": "7"}), ME) as portal:
            self.assertEqual(portal.store().whoami(), ME)
            self.assertEqual(portal.pauses, [7.0])
            self.assertEqual(len(portal.received), 2)

    def test_without_a_time_the_pauses_grow(self):
        with LocalPortal(*[problem(503, "unavailable")] * 4, ME) as portal:
            self.assertEqual(portal.store().whoami(), ME)
            for number, pause in enumerate(portal.pauses):
                self.assertTrue(0.125 * 2**number <= pause <= 0.25 * 2**number, portal.pauses)
            self.assertEqual(len(portal.pauses), 4)

    def test_it_gives_up_with_the_portals_own_words(self):
        with LocalPortal(otherwise=problem(429, "rate_limited", {"Retry-After": "1"})) as portal:
            with self.assertRaises(almanac.RateLimitedError) as raised:
                portal.store(retries=3).whoami()
            self.assertEqual(len(portal.received), 4)
            self.assertEqual((raised.exception.code, raised.exception.retry_after), ("rate_limited", 1.0))

    def test_a_wait_of_an_hour_is_left_to_the_caller(self):
        with LocalPortal(problem(503, "unavailable", {"Retry-After": "3600"})) as portal:
            with self.assertRaises(almanac.UnavailableError) as raised:
                portal.store().whoami()
            self.assertEqual((raised.exception.retry_after, portal.pauses), (3600.0, []))

    def test_a_refusal_is_not_asked_again(self):
        for status in (400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 500):
            with self.subTest(status), LocalPortal(problem(status, "some_code"), ME) as portal:
                with self.assertRaises(almanac.ProblemError) as raised:
                    portal.store().whoami()
                self.assertEqual(raised.exception.status, status)
                self.assertEqual(len(portal.received), 1)

    def test_a_reset_connection_is_replaced(self):
        with LocalPortal(Reset(), Reset(), ME) as portal:
            self.assertEqual(portal.store().whoami(), ME)
            self.assertEqual((len(portal.received), len(portal.pauses)), (3, 2))

    def test_an_answer_cut_short_is_never_taken_for_a_whole_one(self):
        for chunked in (False, True):
            with self.subTest(chunked=chunked), LocalPortal(Reset(b'{"name": "te', chunked), ME) as portal:
                self.assertEqual(portal.store().whoami(), ME)
                self.assertEqual(len(portal.received), 2)
            with (
                self.subTest(chunked=chunked),
                LocalPortal(otherwise=Reset(b'{"name": "te', chunked)) as portal,
            ):
                with self.assertRaises(almanac.ConnectionFailedError):
                    portal.store(retries=1).whoami()

    def test_a_kept_connection_that_was_closed_costs_no_attempt(self):
        with LocalPortal(ME, Reset(), ME) as portal:
            store = portal.store(retries=0)
            store.whoami()
            self.assertEqual(store.whoami(), ME)
            self.assertEqual(portal.pauses, [])

    def test_connections_are_kept(self):
        with LocalPortal(otherwise=ME) as portal:
            store = portal.store()
            for _ in range(5):
                store.whoami()
            self.assertEqual(len({one.connection for one in portal.received}), 1)

    def test_nobody_at_the_address(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{taken.getsockname()[1]}"
            pauses = []
            with self.assertRaisesRegex(
                almanac.ConnectionFailedError, "tried 3 times: ConnectionRefusedError"
            ):
                FeatureStore(url, KEY, retries=2, sleep=pauses.append).whoami()
            self.assertEqual(len(pauses), 2)

    def test_silence_is_not_asked_again(self):
        release = threading.Event()

        def silent(_):
            release.wait(20)
            return ME

        with LocalPortal(otherwise=silent) as portal:
            try:
                with self.assertRaisesRegex(almanac.ConnectionFailedError, "tried once: .*timed out"):
                    portal.store(timeout=0.2).whoami()
                self.assertEqual(len(portal.received), 1)
            finally:
                release.set()

    def test_a_refusal_of_a_large_body_is_read_though_the_portal_hangs_up(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            document = b'{"code": "too_large", "detail": "Too much.", "status": 413}'

            def refuse_early():
                connection, _ = listener.accept()
                with connection:
                    connection.recv(1000)
                    head = b"HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(
                        document
                    )
                    connection.sendall(head + document)
                    connection.shutdown(socket.SHUT_WR)
                    while connection.recv(1 << 20):
                        pass

            thread = threading.Thread(target=refuse_early)
            thread.start()
            store = FeatureStore(f"http://127.0.0.1:{listener.getsockname()[1]}", KEY, retries=0)
            with self.assertRaises(almanac.TooLargeError) as raised:
                store._act("POST", "/feature-groups", {"description": "x" * (8 << 20)})
            self.assertEqual(raised.exception.detail, "Too much.")
            thread.join()


class Problems(unittest.TestCase):
    kinds = {
        400: almanac.BadRequestError,
        401: almanac.AuthenticationError,
        403: almanac.PermissionDeniedError,
        404: almanac.NotFoundError,
        409: almanac.ConflictError,
        410: almanac.GoneError,
        412: almanac.PreconditionError,
        413: almanac.TooLargeError,
        415: almanac.UnsupportedFormatError,
        422: almanac.InvalidError,
        428: almanac.PreconditionError,
        429: almanac.RateLimitedError,
        500: almanac.ServerError,
        503: almanac.UnavailableError,
    }

    def raised(self, reply):
        with LocalPortal(otherwise=reply) as portal, self.assertRaises(almanac.AlmanacError) as caught:
            portal.store(retries=0).whoami()
        return caught.exception

    def test_each_status_has_its_exception(self):
        for status, kind in self.kinds.items():
            with self.subTest(status):
                error = self.raised(problem(status, "the_code"))
                self.assertIs(type(error), kind)
                self.assertEqual(
                    (error.code, error.request_id, error.detail), ("the_code", "r-1", "It is the_code.")
                )

    def test_a_refusal_carries_the_decision(self):
        decision = {"rule": "Only owners.", "missing": ["role"], "who_can_help": ["mara@sample.example"]}
        error = self.raised(problem(403, "forbidden", decision=decision))
        self.assertEqual(
            (error.decision["rule"], error.who_can_help), ("Only owners.", ("mara@sample.example",))
        )

    def test_faults_are_named_by_row_and_column(self):
        faults = [
            {
                "row": 2,
                "column": "age",
                "value": "x",
                "rule": "type",
                "reason": "is no int64",
                "pointer": "/rows/1/age",
            },
            {"reason": "must be a name", "pointer": "/name", "code": "name"},
        ]
        error = self.raised(problem(422, "invalid", errors=faults))
        self.assertEqual(
            (error.errors[0].row, error.errors[0].column, error.errors[0].rule), (2, "age", "type")
        )
        self.assertIn("row 2, age: is no int64", str(error))
        self.assertIn("/name: must be a name", str(error))
        self.assertIn("422 invalid, request r-1", str(error))

    def test_a_proxys_page_is_shown_as_it_is(self):
        error = self.raised(Reply(502, body=b"<h1>Bad gateway</h1>"))
        self.assertIs(type(error), almanac.UnavailableError)
        self.assertIn("<h1>Bad gateway</h1>", error.detail)

    def test_deprecation_is_a_warning_with_the_successor(self):
        headers = {
            "Deprecation": "@1781082741",
            "Sunset": "Mon, 01 Jan 2035 00:00:00 GMT",
            "Link": '</api/v1/feature-groups/new>; rel="successor-version"',
        }
        with (
            LocalPortal(Reply(200, ME, headers)) as portal,
            self.assertWarns(almanac.AlmanacDeprecationWarning) as told,
        ):
            portal.store().whoami()
        self.assertIn("/api/v1/feature-groups/new", str(told.warning))
        self.assertIn("2035", str(told.warning))
        self.assertEqual(os.path.basename(told.filename), "transport_test.py")


class Settings(unittest.TestCase):
    def test_the_request_carries_key_and_name(self):
        with LocalPortal(ME) as portal:
            portal.store().whoami()
            headers = portal.received[0].headers
            self.assertEqual(headers["Authorization"], f"Bearer {KEY}")
            self.assertEqual(headers["User-Agent"], f"almanac-python/{almanac.__version__}")
            self.assertEqual(portal.received[0].path, "/api/v1/me")

    def test_settings_come_from_the_environment(self):
        for name in ("ALMANAC_KEY", "ALMANAC_API_KEY"):
            with self.subTest(name), LocalPortal(ME) as portal:
                given = {"ALMANAC_URL": portal.url + "/", name: "alm_env", "ALMANAC_ENVIRONMENT": "staging"}
                with mock.patch.dict(os.environ, given):
                    for other in {"ALMANAC_KEY", "ALMANAC_API_KEY"} - {name}:
                        os.environ.pop(other, None)
                    with FeatureStore() as store:
                        store.whoami()
                        self.assertEqual(store.environment, "staging")
                self.assertEqual(portal.received[0].headers["Authorization"], "Bearer alm_env")

    def test_an_address_may_have_a_path(self):
        with LocalPortal(ME, ME) as portal:
            for path in ("/portal", "/portal/api/v1/"):
                FeatureStore(portal.url + path, KEY).whoami()
            self.assertEqual([one.path for one in portal.received], ["/portal/api/v1/me"] * 2)

    def test_what_cannot_work_is_said_at_once(self):
        with mock.patch.dict(os.environ, clear=True):
            with self.assertRaisesRegex(almanac.ConfigurationError, "npm run almanac -- key create"):
                FeatureStore("http://localhost")
        for url in ("ftp://host", "http://", "http://host?x=1"):
            with self.subTest(url), self.assertRaises(almanac.ConfigurationError):
                FeatureStore(url, KEY)
        with self.assertRaisesRegex(almanac.ConfigurationError, "character"):
            FeatureStore("http://host", "alm_x\n")

    def test_names_are_encoded_in_paths_and_queries(self):
        with LocalPortal(otherwise={"data": [], "meta": {}}) as portal:
            store = portal.store()
            store.list_feature_groups(q="a&b=c/ü", team=["x", "y"])
            store._get("/feature-services/a%2Fb")
            self.assertEqual(portal.received[0].query["q"], "a&b=c/ü")
            self.assertEqual(portal.received[1].path, "/api/v1/feature-services/a%2Fb")

    def test_threads_may_share_a_client(self):
        with LocalPortal(otherwise=lambda got: {"path": got.path}) as portal, warnings.catch_warnings():
            store = portal.store()
            wrong = []

            def ask(number):
                for _ in range(20):
                    name = f"service_{number}"
                    if store.get_feature_service(name) != {"path": f"/api/v1/feature-services/{name}"}:
                        wrong.append(name)

            threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual((wrong, len(portal.received)), ([], 160))


if __name__ == "__main__":
    unittest.main()
