"""Reads in a call's answer (FLT): requests of their own, and given up when they are late."""

from typing import Any

from asgiref.sync import async_to_sync
from desk.gate import ran
from desk.models import Note
from django.contrib.auth.models import User
from django.test import AsyncClient, Client, TestCase, TransactionTestCase, override_settings

from .calls import BASE, acall, atomic_requests, call

ME = ["me"]


def sent(fn: str, **named: Any) -> Any:
    return call(Client(), fn, **named)


def sent_later(fn: str, **named: Any) -> Any:
    return async_to_sync(acall)(AsyncClient(), fn, **named)


class LateTest(TransactionTestCase):
    databases = {"default", "other"}  # noqa: RUF012

    @override_settings(MIZAN={"LIMITS": {"FLIGHT_MILLISECONDS": 1000}})
    def test_what_stands_still_is_given_up_and_rolled_back(self) -> None:
        for name, send in (("WSGI", sent), ("ASGI", sent_later)):
            for aliases in ((), ("default", "other")):
                Note.objects.all().delete()
                ran.clear()
                with self.subTest(name, aliases=aliases), atomic_requests(*aliases):
                    answer = send("touch", teamId=1, shows=["feed?teamId=1", "slow?teamId=1"]).json()
                    self.assertEqual([one.split("?")[0] for one in answer["invalidate"]], ["feed", "slow"])
                    self.assertEqual(answer["contexts"]["feed?teamId=1"]["data"], {"feed": 1})
                    self.assertNotIn("slow?teamId=1", answer["contexts"])
                    self.assertEqual(ran, ["never", "given up"])
                    # With a transaction around it, what it wrote is gone; and the connection is of use.
                    self.assertEqual(Note.objects.count(), 1 if aliases else 2)
                    self.assertEqual(send("addNote", teamId=1, text="next").status_code, 200)


class AnewTest(TestCase):
    """They meet nothing that the call has kept (FLT-3, FLT-6)."""

    def setUp(self) -> None:
        self.ada = User.objects.create_user("ada")

    def test_the_user_is_looked_up_again(self) -> None:
        self.client.force_login(self.ada)
        body = call(self.client, "renameMe", name="grace", shows=ME).json()
        self.assertEqual(body["contexts"]["me"]["data"], {"myName": "grace"})

    def test_the_user_is_looked_up_again_also_after_a_middleware_has_looked(self) -> None:
        self.client.force_login(self.ada)
        body = call(self.client, "renameMe", name="grace", shows=ME, headers={"X-Look-At-User": "1"}).json()
        self.assertEqual(body["contexts"]["me"]["data"], {"myName": "grace"})

    async def test_the_user_is_looked_up_again_under_asgi(self) -> None:
        client = AsyncClient()
        await client.aforce_login(self.ada)
        body = (await acall(client, "renameMe", name="grace", shows=ME)).json()
        self.assertEqual(body["contexts"]["me"]["data"], {"myName": "grace"})

    def test_who_signs_in_or_out_gets_nothing_along(self) -> None:
        for fn in ("signIn", "signInLater"):
            client = Client()
            body = call(client, fn, name="ada", shows=ME).json()
            self.assertEqual((body["invalidate"][0].split("@")[0], "contexts" in body), ("me", False))
            self.assertEqual(client.get(f"{BASE}/ctx/me").json(), {"myName": "ada"})
            self.assertNotIn("contexts", call(client, "signOut", shows=ME).json())
            self.assertEqual(client.get(f"{BASE}/ctx/me").status_code, 401)

    async def test_who_signs_in_gets_nothing_along_under_asgi(self) -> None:
        for fn in ("signIn", "signInLater"):
            client = AsyncClient()
            body = (await acall(client, fn, name="ada", shows=ME)).json()
            self.assertNotIn("contexts", body)
            self.assertEqual((await client.get(f"{BASE}/ctx/me")).json(), {"myName": "ada"})
