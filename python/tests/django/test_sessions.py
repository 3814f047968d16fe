"""Sessions, users and Django's own check of forged requests."""

from typing import Any

from desk.gate import ran
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.http import HttpRequest
from django.test import AsyncClient, Client, TestCase, override_settings

from mizan import Identity, MizanError

from .calls import BASE, acall, call, code


def by_header(request: HttpRequest) -> Identity | None:
    name = request.headers.get("X-Name")
    if name == "forged":
        raise MizanError.unauthenticated()
    return Identity(name) if name else None


async def by_header_later(request: HttpRequest) -> Identity | None:
    return by_header(request)


class UserTest(TestCase):
    def setUp(self) -> None:
        self.ada = User.objects.create_user("ada", password="engine")
        self.staff = User.objects.create_user("sam", is_staff=True)

    def test_the_user_of_the_session_is_who_is_calling(self) -> None:
        self.assertEqual(code(self.client.get(f"{BASE}/ctx/me")), (401, "UNAUTHENTICATED"))
        self.client.force_login(self.ada)
        answer = self.client.get(f"{BASE}/ctx/me")
        self.assertEqual(answer.json(), {"myName": "ada"})
        self.assertEqual(answer["Cache-Control"], "private, no-store")

    async def test_under_asgi_too(self) -> None:
        client = AsyncClient()
        self.assertEqual(code(await client.get(f"{BASE}/ctx/me")), (401, "UNAUTHENTICATED"))
        await client.aforce_login(self.ada)
        self.assertEqual((await client.get(f"{BASE}/ctx/me")).json(), {"myName": "ada"})

    def test_an_identity_says_what_a_user_may(self) -> None:
        self.assertEqual(code(call(self.client, "staffOnly", teamId=1)), (401, "UNAUTHENTICATED"))
        self.client.force_login(self.ada)
        self.assertEqual(code(call(self.client, "staffOnly", teamId=1)), (403, "FORBIDDEN"))
        self.client.force_login(self.staff)
        self.assertEqual(code(call(self.client, "staffOnly", teamId=0)), (403, "FORBIDDEN"))
        self.assertEqual(ran, [])
        self.assertEqual(call(self.client, "staffOnly", teamId=1).json()["result"], 1)

    def may_add_notes(self) -> None:
        self.ada.user_permissions.add(Permission.objects.get(codename="add_note"))

    def test_permissions_are_looked_up_when_a_guard_asks(self) -> None:
        self.client.force_login(self.ada)
        for fn in ("permitted", "permittedLater"):
            self.assertEqual(code(call(self.client, fn, teamId=1)), (403, "FORBIDDEN"))
        self.may_add_notes()
        for fn in ("permitted", "permittedLater"):
            self.assertEqual(call(self.client, fn, teamId=1).json()["result"], 1)

    async def test_permissions_under_asgi(self) -> None:
        client = AsyncClient()
        await client.aforce_login(self.ada)
        for fn in ("permitted", "permittedLater"):
            self.assertEqual(code(await acall(client, fn, teamId=1)), (403, "FORBIDDEN"))
        from asgiref.sync import sync_to_async

        await sync_to_async(self.may_add_notes)()
        for fn in ("permitted", "permittedLater"):
            self.assertEqual((await acall(client, fn, teamId=1)).json()["result"], 1)

    def test_a_public_read_asks_neither_session_nor_user(self) -> None:
        self.client.force_login(self.ada)
        with self.assertNumQueries(0):
            answer = self.client.get(f"{BASE}/ctx/public?teamId=5")
        self.assertEqual(answer["Cache-Control"], "public, max-age=0, s-maxage=60")
        self.assertNotIn("Cookie", answer["Vary"])
        # The guarded one does vary.
        self.assertIn("Cookie", self.client.get(f"{BASE}/ctx/me")["Vary"])

    def test_no_shared_cache_keeps_an_answer_that_sets_a_cookie(self) -> None:
        answer = self.client.get(f"{BASE}/ctx/public?teamId=5&count=true")
        self.assertIn(settings.SESSION_COOKIE_NAME, answer.cookies)
        self.assertEqual(answer["Cache-Control"], "private, no-cache")

    def test_an_own_identify_decides(self) -> None:
        for own in (by_header, by_header_later, f"{__name__}.by_header"):
            with self.subTest(own=own), override_settings(MIZAN={"IDENTIFY": own}):
                self.client.force_login(self.ada)
                headers = {"X-Name": str(self.ada.pk)}
                self.assertEqual(self.client.get(f"{BASE}/ctx/me", headers=headers).status_code, 200)
                self.assertEqual(code(self.client.get(f"{BASE}/ctx/me")), (401, "UNAUTHENTICATED"))
                forged = call(self.client, "translated", headers={"X-Name": "forged"})
                self.assertEqual(code(forged), (401, "UNAUTHENTICATED"))

    async def test_an_own_identify_under_asgi(self) -> None:
        for own in (by_header, by_header_later):
            with override_settings(MIZAN={"IDENTIFY": own}):
                answer = await acall(AsyncClient(), "translated", headers={"X-Name": "forged"})
                self.assertEqual(code(answer), (401, "UNAUTHENTICATED"))


class ForgeryTest(TestCase):
    """Calls that ride on the session's cookie pass Django's check."""

    def setUp(self) -> None:
        self.ada = User.objects.create_user("ada")
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(self.ada)

    def refused(self, answer: Any) -> bool:
        body = answer.json()
        if "error" not in body:
            self.assertEqual(answer.status_code, 200)
            return False
        self.assertEqual(code(answer), (403, "FORBIDDEN"))
        self.assertEqual(body["error"]["details"], [{"code": "csrf"}])
        return True

    def test_a_call_without_a_token_is_refused_and_nothing_runs(self) -> None:
        with self.assertLogs("django.security.csrf", "WARNING"):
            self.assertTrue(self.refused(call(self.client, "renameMe", name="mallory")))
        self.ada.refresh_from_db()
        self.assertEqual(self.ada.username, "ada")

    def test_the_token_of_the_session_lets_the_call_be_repeated(self) -> None:
        with self.assertLogs("django.security.csrf", "WARNING"):
            self.assertTrue(self.refused(call(self.client, "renameMe", name="grace")))
        token = self.client.get(f"{BASE}/session/").json()["csrf"]
        for header in ("X-Mizan-CSRF", "X-CSRFToken"):
            self.assertFalse(
                self.refused(call(self.client, "renameMe", name="grace", headers={header: token}))
            )

    def test_the_token_of_a_form_and_the_cookie_are_good_too(self) -> None:
        token = self.client.get("/form/").content.decode()
        self.assertFalse(self.refused(call(self.client, "translated", headers={"X-CSRFToken": token})))
        cookie = self.client.cookies[settings.CSRF_COOKIE_NAME].value
        self.assertFalse(self.refused(call(self.client, "translated", headers={"X-CSRFToken": cookie})))

    def test_a_forged_token_and_a_foreign_origin_are_refused(self) -> None:
        token = self.client.get(f"{BASE}/session/").json()["csrf"]
        bad: list[dict[str, str]] = [
            {"X-CSRFToken": token[:-1] + ("a" if token[-1] != "a" else "b")},
            {"X-CSRFToken": token, "Origin": "https://evil.example"},
            {"X-CSRFToken": token, "Origin": "null"},
            {"X-CSRFToken": token, "Sec-Fetch-Site": "cross-site"},
            {"X-CSRFToken": token, "Sec-Fetch-Site": "same-site"},
        ]
        for headers in bad:
            with self.subTest(headers=headers), self.assertLogs("django.security.csrf", "WARNING"):
                self.assertTrue(self.refused(call(self.client, "translated", headers=headers)))
        good = [{"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin"}]
        for headers in good:
            with self.subTest(headers=headers):
                headers = {"X-CSRFToken": token, **headers}
                self.assertFalse(self.refused(call(self.client, "translated", headers=headers)))

    def test_trusted_origins_are_trusted(self) -> None:
        token = self.client.get(f"{BASE}/session/").json()["csrf"]
        headers = {"X-CSRFToken": token, "Origin": "https://shop.example", "Sec-Fetch-Site": "cross-site"}
        with self.assertLogs("django.security.csrf", "WARNING"):
            self.assertTrue(self.refused(call(self.client, "translated", headers=headers)))
        with override_settings(CSRF_TRUSTED_ORIGINS=["https://shop.example"]):
            self.assertFalse(self.refused(call(self.client, "translated", headers=headers)))

    def test_a_secret_in_the_session_and_other_names_are_honoured(self) -> None:
        for changed in (
            {"CSRF_USE_SESSIONS": True},
            {"CSRF_COOKIE_NAME": "token", "CSRF_HEADER_NAME": "HTTP_X_TOKEN"},
        ):
            with self.subTest(changed), override_settings(**changed):
                with self.assertLogs("django.security.csrf", "WARNING"):
                    self.assertTrue(self.refused(call(self.client, "translated")))
                token = self.client.get(f"{BASE}/session/").json()["csrf"]
                name = "X-Token" if "CSRF_HEADER_NAME" in changed else "X-CSRFToken"
                self.assertFalse(self.refused(call(self.client, "translated", headers={name: token})))

    def test_works_without_djangos_middleware(self) -> None:
        fewer = [name for name in settings.MIDDLEWARE if "csrf" not in name]
        with override_settings(MIDDLEWARE=fewer):
            client = Client(enforce_csrf_checks=True)
            client.force_login(self.ada)
            with self.assertLogs("django.security.csrf", "WARNING"):
                self.assertTrue(self.refused(call(client, "translated")))
            token = client.get(f"{BASE}/session/").json()["csrf"]
            self.assertFalse(self.refused(call(client, "translated", headers={"X-CSRFToken": token})))

    def test_what_rides_on_no_cookie_needs_no_token(self) -> None:
        self.assertFalse(self.refused(call(Client(enforce_csrf_checks=True), "translated")))
        bearer = {"Authorization": "Bearer abc"}
        self.assertFalse(self.refused(call(self.client, "translated", headers=bearer)))
        with self.assertLogs("django.security.csrf", "WARNING"):
            basic = {"Authorization": "Basic YTpi"}
            self.assertTrue(self.refused(call(self.client, "translated", headers=basic)))

    def test_with_an_own_identify_every_cookie_counts(self) -> None:
        client = Client(enforce_csrf_checks=True)
        client.cookies["my_session"] = "ada"
        self.assertFalse(self.refused(call(client, "translated")))
        with (
            override_settings(MIZAN={"IDENTIFY": by_header}),
            self.assertLogs("django.security.csrf", "WARNING"),
        ):
            self.assertTrue(self.refused(call(client, "translated")))

    def test_clients_that_do_not_enforce_it_need_no_token(self) -> None:
        client = Client()
        client.force_login(self.ada)
        self.assertFalse(self.refused(call(client, "renameMe", name="grace")))

    async def test_under_asgi_too(self) -> None:
        client = AsyncClient(enforce_csrf_checks=True)
        await client.aforce_login(self.ada)
        with self.assertLogs("django.security.csrf", "WARNING"):
            self.assertTrue(self.refused(await acall(client, "translated")))
        token = (await client.get(f"{BASE}/session/")).json()["csrf"]
        answer = await acall(client, "translated", headers={"X-CSRFToken": token})
        self.assertFalse(self.refused(answer))

    def test_reads_need_no_token_and_a_project_without_sessions_has_none(self) -> None:
        self.assertEqual(self.client.get(f"{BASE}/ctx/me").status_code, 200)
        with override_settings(MIDDLEWARE=[]):
            answer = Client().get(f"{BASE}/session/")
        self.assertIsNone(answer.json()["csrf"])
        self.assertEqual(answer.cookies, {})
