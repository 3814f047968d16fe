"""Django's own exceptions as codes (ERR-14), and what Django is told of the others."""

from typing import Any

from asgiref.sync import async_to_sync
from desk.models import Note
from django.core.signals import got_request_exception
from django.test import AsyncClient, Client, TestCase

from mizan.core.findings import Finding

from .calls import acall, call, code


class ErrorTest(TestCase):
    def test_exceptions_that_stand_for_a_status_have_its_code(self) -> None:
        for kind, expected in (
            ("404", (404, "NOT_FOUND")),
            ("403", (403, "FORBIDDEN")),
            ("400", (400, "BAD_REQUEST")),
        ):
            with self.subTest(kind):
                answer = call(self.client, "fail", kind=kind)
                self.assertEqual(code(answer), expected)
                self.assertNotIn("secret", answer.content.decode())

    def test_a_suspicious_operation_stands_in_the_security_log(self) -> None:
        with self.assertLogs("django.security.SuspiciousOperation", "ERROR"):
            answer = call(self.client, "fail", kind="suspicious")
        self.assertEqual(code(answer), (400, "BAD_REQUEST"))
        self.assertNotIn("secret", answer.content.decode())

    def test_a_validation_error_names_fields_as_the_wire_does(self) -> None:
        self.assertEqual(
            self.details("field"),
            [
                {"path": "/displayName", "code": "invalid", "message": "Too short."},
                {"path": "/displayName", "code": "invalid", "message": "Taken."},
            ],
        )
        self.assertEqual(
            self.details("whole"), [{"path": "", "code": "invalid", "message": "Ends before it begins."}]
        )

    def details(self, kind: str) -> list[Finding]:
        answer = call(self.client, "fail", kind=kind)
        self.assertEqual(code(answer), (422, "VALIDATION_FAILED"))
        details: list[Finding] = answer.json()["error"]["details"]
        return details

    def test_the_rest_is_internal_and_says_nothing(self) -> None:
        client = Client(raise_request_exception=False)
        for kind in ("missing", "broken"):
            with self.subTest(kind), self.assertLogs("mizan", "ERROR") as logged:
                answer = call(client, "fail", kind=kind)
            self.assertEqual(code(answer), (500, "INTERNAL"))
            error = answer.json()["error"]
            self.assertEqual(set(error), {"code", "message", "id"})
            self.assertIn(error["id"], logged.output[0])
            self.assertNotIn("secret", answer.content.decode())

    def test_the_test_client_raises_what_a_function_raised(self) -> None:
        with self.assertRaises(ZeroDivisionError), self.assertLogs("mizan", "ERROR"):
            call(self.client, "fail", kind="broken")
        with self.assertRaises(Note.DoesNotExist), self.assertLogs("mizan", "ERROR"):
            async_to_sync(acall)(AsyncClient(), "fail", kind="missing")

    def test_error_reporters_hear_of_faults_only(self) -> None:
        heard: list[Any] = []

        def hear(request: Any, **_: Any) -> None:
            heard.append(request.path)

        got_request_exception.connect(hear)
        try:
            client = Client(raise_request_exception=False)
            call(client, "fail", kind="404")
            call(client, "fail", kind="field")
            self.assertEqual(heard, [])
            with self.assertLogs("mizan", "ERROR"):
                call(client, "fail", kind="broken")
            self.assertEqual(heard, ["/api/mizan/call/"])
        finally:
            got_request_exception.disconnect(hear)
