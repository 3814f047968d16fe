"""`MIZAN` in the settings: read when it is needed, checked all at once."""

import sys
import types
from typing import Any
from unittest import mock

from django.core import checks
from django.test import SimpleTestCase, override_settings
from django.test.utils import modify_settings

from mizan import ReactContext, client
from mizan.core.settings import SettingsError
from mizan.django.server import get_server

from .calls import BASE


def found(*, deploy: bool = False) -> dict[str, list[str]]:
    """What the checks say of Mizan, by id."""
    by_id: dict[str, list[str]] = {}
    for message in checks.run_checks(include_deployment_checks=deploy):
        if message.id is not None and message.id.startswith("mizan."):
            by_id.setdefault(message.id, []).append(message.msg)
    return by_id


def make_clock() -> float:
    return 1_700_000_000_000.0


class SettingsTest(SimpleTestCase):
    def test_is_read_again_when_a_test_changes_it(self) -> None:
        self.assertEqual(self.client.get(f"{BASE}/contract/").status_code, 404)
        with override_settings(MIZAN={"CONTRACT": True}):
            self.assertEqual(self.client.get(f"{BASE}/contract/").status_code, 200)
        self.assertEqual(self.client.get(f"{BASE}/contract/").status_code, 404)

    def test_development_follows_debug(self) -> None:
        with override_settings(DEBUG=True):
            self.assertTrue(get_server().development)
            with override_settings(MIZAN={"DEVELOPMENT": False}):
                self.assertFalse(get_server().development)
        self.assertFalse(get_server().development)

    def test_the_secret_is_the_projects_unless_it_has_one(self) -> None:
        first = get_server().secret
        with override_settings(SECRET_KEY="another one that is long enough for anybody"):
            self.assertNotEqual(get_server().secret, first)
        self.assertEqual(get_server().secret, first)
        with override_settings(MIZAN={"SECRET": ["s" * 32, "t" * 32]}):
            self.assertEqual(get_server().secret, b"s" * 32)

    def test_fallbacks_are_secrets_too(self) -> None:
        with override_settings(SECRET_KEY_FALLBACKS=["the one before"]):
            self.assertEqual(len(get_server().settings.secrets()), 2)

    def test_everything_else_arrives(self) -> None:
        with override_settings(
            MIZAN={
                "LIMITS": {"SHOWS": 3, "body_bytes": 5},
                "TAG_HEADER": "Cache-Tag",
                "CLOCK": f"{__name__}.make_clock",
                "EPOCH": lambda context: "e1",
                "CONTRACTS": {"0123456789abcdef": {"changed": ["userProfile"]}},
            }
        ):
            server = get_server()
            self.assertEqual((server.limits.shows, server.limits.body_bytes), (3, 5))
            self.assertEqual(server.settings.tag_header, "Cache-Tag")
            self.assertEqual(server.clock(), make_clock())
            self.assertEqual(server.store.last("user").epoch, "e1")
            self.assertEqual(set(server.changed), {"0123456789abcdef"})

    def test_all_faults_come_at_once_and_stop_the_server(self) -> None:
        given = {
            "SECRETS": "x",
            "SECRET": "short",
            "LIMITS": {"BODY_BYTE": 1, "SHOWS": -1},
            "IDENTIFY": "nowhere.identify",
            "CLOCK": 5,
            "TAG_HEADER": "Tags",
            "CONTRACTS": "/nowhere.json",
        }
        with override_settings(MIZAN=given):
            messages = found()["mizan.E002"]
            with self.assertRaises(SettingsError) as raised:
                get_server()
        self.assertEqual([str(fault) for fault in raised.exception.args[0].split("\n")], messages)
        text = "\n".join(messages)
        for part in (
            'MIZAN["SECRETS"]: there is no such setting. Did you mean SECRET?',
            'MIZAN["SECRET"]: a secret has 5 bytes, it needs 32',
            'MIZAN["LIMITS"]["BODY_BYTE"]: there is no such limit. Did you mean BODY_BYTES?',
            'MIZAN["LIMITS"]["SHOWS"]: -1 is not a whole number',
            "MIZAN[\"IDENTIFY\"]: 'nowhere.identify' cannot be imported",
            'MIZAN["CLOCK"]: 5 cannot be called',
            'MIZAN["TAG_HEADER"]: ',
            'MIZAN["CONTRACTS"]: cannot be read',
        ):
            self.assertIn(part, text)
        with override_settings(MIZAN=["SECRET"]):
            self.assertIn("is ['SECRET'], not a dict", found()["mizan.E002"][0])


class CheckTest(SimpleTestCase):
    def test_a_good_project_hears_nothing(self) -> None:
        self.assertEqual(found(), {})

    def test_declarations_that_cannot_be_are_errors(self) -> None:
        module: Any = types.ModuleType(__name__)
        context = ReactContext("note")

        @client(context=context)
        def notes(team_id: object) -> int:
            return 1

        @client(affects=context.scope(team="team_id"))
        def add(team_id: int) -> None:
            raise NotImplementedError

        module.context, module.notes, module.add = context, notes, add
        with mock.patch.dict(sys.modules, {"desk.clients": module}):
            errors = found()["mizan.E001"]
        self.assertGreaterEqual(len(errors), 2)
        for error in errors:
            self.assertIn("test_settings.py:", error)

    def test_a_project_without_functions_is_told_where_they_go(self) -> None:
        with modify_settings(INSTALLED_APPS={"remove": ["desk", "users"]}):
            self.assertIn("clients.py", found()["mizan.W006"][0])

    def test_a_limit_of_djangos_below_ours_is_warned_of(self) -> None:
        with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
            self.assertIn("1000", found()["mizan.W001"][0])
            with override_settings(MIZAN={"LIMITS": {"BODY_BYTES": 1000}}):
                self.assertEqual(found(), {})
        with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=None):
            self.assertEqual(found(), {})

    def test_guards_without_anybody_to_ask_are_warned_of(self) -> None:
        authentication = "django.contrib.auth.middleware.AuthenticationMiddleware"
        session = "django.contrib.sessions.middleware.SessionMiddleware"
        with modify_settings(MIDDLEWARE={"remove": [authentication]}):
            self.assertIn("ask who is calling", found()["mizan.W002"][0])
            with override_settings(MIZAN={"IDENTIFY": make_clock}):
                self.assertEqual(found(), {})
        with override_settings(MIDDLEWARE=[authentication, session]):
            self.assertIn("after SessionMiddleware", found()["mizan.W002"][0])

    def test_urls_that_are_included_nowhere_are_warned_of(self) -> None:
        empty: Any = types.ModuleType("empty_urls")
        empty.urlpatterns = []
        with (
            mock.patch.dict(sys.modules, {"empty_urls": empty}),
            override_settings(ROOT_URLCONF="empty_urls"),
        ):
            self.assertIn("included nowhere", found()["mizan.W003"][0])

    def test_a_deployment_hears_of_what_production_lacks(self) -> None:
        self.assertEqual(set(found(deploy=True)), {"mizan.W004"})
        with override_settings(DEBUG=True):
            self.assertEqual(set(found(deploy=True)), {"mizan.W004", "mizan.W005"})
