import pickle

from django.http import HttpResponse
from django.http.response import BadHeaderError
from django.test import RequestFactory, SimpleTestCase

from mizan.core.wire import WireResponse
from mizan.django.response import to_response


def made(*headers: tuple[str, str], body: bytes | None = b"{}") -> HttpResponse:
    return to_response(RequestFactory().get("/"), WireResponse(201, headers, body))


class Responses(SimpleTestCase):
    def test_are_what_their_constructor_makes(self) -> None:
        response = made(("Content-Type", "application/json"), ("X-Mizan-Contract", "0123"))
        own = HttpResponse(b"{}", content_type="application/json", status=201)
        own["X-Mizan-Contract"], own["Content-Length"] = "0123", "2"
        self.assertEqual({**vars(response), "headers": None}, {**vars(own), "headers": None})
        self.assertEqual(response.serialize(), own.serialize())
        self.assertEqual(response["content-type"], "application/json")
        self.assertEqual(pickle.loads(pickle.dumps(response)).content, b"{}")

    def test_have_nothing_in_common(self) -> None:
        first, second = made(), made()
        first.set_cookie("a", "1")
        first["X-Own"] = "1"
        first.write(b"more")
        self.assertEqual((dict(second.cookies), second.content), ({}, b"{}"))
        self.assertNotIn("X-Own", second)

    def test_a_header_cannot_break_out(self) -> None:
        with self.assertRaises(BadHeaderError):
            made(("X-Mizan-Invalidate", "a\r\nSet-Cookie: b"))

    def test_without_a_body_there_is_no_length(self) -> None:
        self.assertNotIn("Content-Length", made(body=None))
