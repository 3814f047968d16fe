"""The example as the README prints it."""

from django.test import Client, TestCase
from users.clients import update_profile, user_profile
from users.models import Member

from .calls import BASE, call


class ExampleTest(TestCase):
    def setUp(self) -> None:
        self.ada = Member.objects.create(name="Ada")

    def test_reads_the_context_in_one_request(self) -> None:
        answer = self.client.get(f"{BASE}/ctx/user?userId={self.ada.pk}")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(
            answer.json(),
            {
                "userPosts": [{"id": self.ada.pk * 100 + 1, "title": "Page 1"}],
                "userProfile": {"id": self.ada.pk, "name": "Ada"},
            },
        )
        self.assertRegex(answer["X-Mizan-Revision"], r"^[a-z0-9]{1,12}\.[0-9]{1,16}$")

    def test_the_mutation_makes_that_instance_stale_and_brings_it_fresh(self) -> None:
        address = f"user?page=1&userId={self.ada.pk}"
        shows = [address, "user?page=1&userId=0"]
        answer = call(self.client, "updateProfile", userId=self.ada.pk, name="Grace", shows=shows)
        body = answer.json()
        self.assertEqual(body["result"], {"name": "Grace"})
        self.assertEqual(
            [entry.split("@")[0] for entry in body["invalidate"]], [f"user?userId={self.ada.pk}"]
        )
        self.assertEqual(answer["X-Mizan-Invalidate"], f'"{body["invalidate"][0]}"')
        self.assertEqual(list(body["contexts"]), [address])
        self.assertEqual(body["contexts"][address]["data"]["userProfile"]["name"], "Grace")

    def test_a_function_stays_a_function(self) -> None:
        update_profile(None, self.ada.pk, "Grace")
        self.assertEqual(user_profile(None, user_id=self.ada.pk).name, "Grace")

    def test_what_is_not_an_integer_is_refused(self) -> None:
        answer = call(Client(), "updateProfile", userId="5", name="Grace")
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(answer.json()["error"]["details"][0]["path"], "/userId")
        self.ada.refresh_from_db()
        self.assertEqual(self.ada.name, "Ada")
