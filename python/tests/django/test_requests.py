"""Routes, paths and bodies, among what else a project has."""

import io
import json
from typing import Any
from unittest import mock

from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory, SimpleTestCase, override_settings
from django.urls import reverse

from mizan.django.view import answer as mizan_view

from .calls import BASE, call, code


def call_text(fn: str, **args: object) -> bytes:
    return json.dumps({"fn": fn, "args": args}).encode()


class RouteTest(SimpleTestCase):
    def test_answers_with_and_without_the_slash_and_never_redirects(self) -> None:
        for path in ("/session", "/session/", "/ctx/public?teamId=5", "/ctx/public/?teamId=5"):
            with self.subTest(path):
                self.assertEqual(self.client.get(BASE + path).status_code, 200)
        for path in ("/call", "/call/"):
            with self.subTest(path):
                answer = self.client.post(BASE + path, call_text("translated"), "application/json")
                self.assertEqual(answer.status_code, 200)

    def test_what_is_no_route_is_refused_in_the_protocols_words(self) -> None:
        for path in ("/", "/nowhere", "/call/more", "/ctx/", "/ctx", "/ctx/public/greeting/more", "/a%0Ab"):
            with self.subTest(path):
                self.assertEqual(code(self.client.get(BASE + path)), (404, "NOT_FOUND"))
        self.assertEqual(code(self.client.get(BASE + "/call/")), (405, "METHOD_NOT_ALLOWED"))

    def test_an_escaped_name_is_no_route_where_the_server_tells_the_path(self) -> None:
        plain = self.client.get(BASE + "/ctx/public?teamId=5", RAW_URI=BASE + "/ctx/public?teamId=5")
        self.assertEqual(plain.status_code, 200)
        for raw in ("RAW_URI", "REQUEST_URI"):
            extra: Any = {raw: BASE + "/ctx/publi%63?teamId=5"}
            escaped = self.client.get(BASE + "/ctx/public?teamId=5", **extra)
            self.assertEqual(code(escaped), (404, "NOT_FOUND"))

    def test_is_reached_by_name_and_below_a_script_prefix(self) -> None:
        self.assertEqual(reverse("mizan:endpoint", args=["call/"]), "/api/mizan/call/")
        answer = self.client.get(
            BASE + "/session/", SCRIPT_NAME="/shop", RAW_URI="/shop/api/mizan/sessio%6E/"
        )
        self.assertEqual(code(answer), (404, "NOT_FOUND"))
        answer = self.client.get(BASE + "/session/", SCRIPT_NAME="/shop", RAW_URI="/shop/api/mizan/session/")
        self.assertEqual(answer.status_code, 200)

    def test_head_has_headers_and_no_body(self) -> None:
        got, head = (getattr(self.client, verb)(BASE + "/ctx/public?teamId=5") for verb in ("get", "head"))
        self.assertEqual(head.content, b"")
        # Whatever the server does about it.
        request = RequestFactory().head(BASE + "/ctx/public?teamId=5")
        self.assertEqual(mizan_view(request, "ctx/public").content, b"")
        self.assertEqual(head["Content-Length"], str(len(got.content)))
        self.assertEqual(head["ETag"], got["ETag"])

    def test_304_has_neither_body_nor_content_type(self) -> None:
        tag = self.client.get(BASE + "/ctx/public?teamId=5")["ETag"]
        answer = self.client.get(BASE + "/ctx/public?teamId=5", headers={"If-None-Match": tag})
        self.assertEqual((answer.status_code, answer.content), (304, b""))
        self.assertNotIn("Content-Type", answer)
        self.assertEqual(answer["ETag"], tag)

    def test_the_projects_middleware_and_language_go_on_working(self) -> None:
        answer = call(self.client, "translated", headers={"Accept-Language": "de"})
        self.assertEqual(answer.json()["result"], "Ja")
        self.assertEqual(answer["Content-Language"], "de")
        self.assertEqual(answer["X-Project"], "desk")
        self.assertEqual(call(self.client, "translated").json()["result"], "Yes")


class BodyTest(SimpleTestCase):
    def post(self, body: bytes, **extra: object) -> tuple[int, str]:
        answer = self.client.post(
            BASE + "/call/",
            body,
            "application/json",
            **extra,  # type: ignore[arg-type]
        )
        return answer.status_code, answer.json().get("error", {}).get("code", "")

    def test_the_limit_answers_in_our_words(self) -> None:
        body = call_text("translated")
        with override_settings(MIZAN={"LIMITS": {"BODY_BYTES": len(body)}}):
            self.assertEqual(self.post(body), (200, ""))
            self.assertEqual(self.post(body + b" "), (413, "PAYLOAD_TOO_LARGE"))

    def test_djangos_limit_answers_in_our_words_too(self) -> None:
        body = call_text("translated")
        with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=len(body) - 1):
            self.assertEqual(self.post(body), (413, "PAYLOAD_TOO_LARGE"))

    def served(self, body: bytes, **environ: object) -> int:
        """The status that the handler of a WSGI server comes to."""
        request = RequestFactory().post(BASE + "/call/", b"", "application/json")
        stream = {"CONTENT_TYPE": "application/json", "wsgi.input": io.BytesIO(body)}
        answer: Any = WSGIHandler()({**request.environ, **stream, **environ}, mock.Mock())
        status: int = answer.status_code
        return status

    def test_a_body_without_a_length_is_read_where_the_server_ends_it(self) -> None:
        body = call_text("translated")
        ended = {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
        with override_settings(MIZAN={"LIMITS": {"BODY_BYTES": len(body)}}):
            self.assertEqual(self.served(body, **ended), 200)
            self.assertEqual(self.served(body + b" ", **ended), 413)

    def test_a_body_that_ends_early_is_a_bad_request(self) -> None:
        body = call_text("translated")
        self.assertEqual(self.served(body, CONTENT_LENGTH=str(len(body))), 200)
        self.assertEqual(self.served(body, CONTENT_LENGTH=str(len(body) + 1)), 400)

    def test_a_middleware_may_look_at_the_body(self) -> None:
        self.assertEqual(self.post(call_text("translated"), HTTP_X_READ_BODY="1"), (200, ""))

    def test_a_body_that_a_middleware_drained_is_the_developers_to_mend(self) -> None:
        client = Client(raise_request_exception=False)
        with self.assertLogs("mizan", "ERROR"):
            answer = client.post(
                BASE + "/call/", call_text("translated"), "application/json", HTTP_X_DRAIN_BODY="1"
            )
        self.assertEqual(code(answer), (500, "INTERNAL"))
        self.assertIn("middleware", answer.json()["error"]["message"])

    def test_only_json_is_taken(self) -> None:
        answer = self.client.post(BASE + "/call/", {"fn": "translated"})
        self.assertEqual(code(answer), (415, "UNSUPPORTED_MEDIA_TYPE"))
