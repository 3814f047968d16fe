"""The fixture's rows through Django's ORM."""

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.functions import StrIndex

from ..fixture import rows as first
from ..fixture.types import Card, Note, Profile, State
from . import models as table

ACCOUNTS = table.Account._meta.db_table


def create_tables() -> None:
    """An empty database is all that there is before."""
    with connection.schema_editor() as editor:
        for model in table.TABLES:
            editor.create_model(model)


class DjangoRows:
    """`Rows` over the connection of the running thread."""

    def reset(self) -> None:
        """Back to the first state."""
        for model in table.TABLES:
            model._default_manager.all().delete()
        table.Account.objects.bulk_create(table.Account(id=id, name=f"Account {id}") for id in first.ACCOUNTS)
        table.Note.objects.bulk_create(
            table.Note(account_id=account_id, number=number, place=place, text=text)
            for place, (account_id, number, text) in enumerate(first.NOTES)
        )
        table.Card.objects.bulk_create(
            table.Card(board_id=board_id, number=number, title=title, state=state.value)
            for board_id, number, title, state in first.CARDS
        )
        table.Thing.objects.bulk_create(table.Thing(id=id, name=name) for id, name in first.THINGS)
        table.Stamp.objects.create(id=1)

    def account(self, account_id: int) -> Profile | None:
        """An account."""
        found = table.Account.objects.filter(id=account_id).first()
        return None if found is None else _profile(found)

    def rename(self, account_id: int, name: str) -> Profile | None:
        """Names an account and raises its version by one."""
        changed = table.Account.objects.filter(id=account_id).update(
            name=name, version=models.F("version") + 1
        )
        return self.account(account_id) if changed else None

    def add_account(self, name: str) -> Profile:
        """An account with the next number."""
        last = table.Account.objects.aggregate(last=models.Max("id", default=0))["last"]
        return _profile(table.Account.objects.create(id=last + 1, name=name))

    def committed_version(self, account_id: int) -> int | None:
        """The version of an account, on another connection."""
        other = connections.create_connection(DEFAULT_DB_ALIAS)
        try:
            with other.cursor() as cursor:
                cursor.execute(f"SELECT version FROM {ACCOUNTS} WHERE id = %s", [account_id])  # noqa: S608
                row = cursor.fetchone()
        finally:
            other.close()
        return None if row is None else int(row[0])

    def notes(self, account_id: int, limit: int) -> list[Note]:
        """The newest notes of an account."""
        found = table.Note.objects.filter(account_id=account_id)[:limit]
        return [Note(id=note.number, text=note.text) for note in found]

    def add_note(self, account_id: int, text: str) -> Note:
        """A note with the account's next number."""
        known = table.Note.objects.filter(account_id=account_id)
        ends = known.aggregate(last=models.Max("number", default=0), first=models.Min("place", default=0))
        number, place = ends["last"] + 1, ends["first"] - 1
        table.Note.objects.create(account_id=account_id, number=number, place=place, text=text)
        return Note(id=number, text=text)

    def cards(self, board_id: int, state: State | None, part: str) -> list[Card]:
        """The cards of a board that are in a state, where one is given, and whose title has this part."""
        # `contains` takes no notice of case in SQLite.
        found = table.Card.objects.filter(board_id=board_id).annotate(
            at=StrIndex("title", models.Value(part))
        )
        found = found.filter(at__gt=0) if state is None else found.filter(at__gt=0, state=state.value)
        return [Card(id=card.number, title=card.title, state=State(card.state)) for card in found]

    def count_cards(self, board_id: int) -> int:
        """How many cards a board has."""
        return table.Card.objects.filter(board_id=board_id).count()

    def move_card(self, board_id: int, card_id: int, state: State) -> None:
        """Changes the state of a card, if there is one."""
        table.Card.objects.filter(board_id=board_id, number=card_id).update(state=state.value)

    def clear_cards(self) -> None:
        """Takes every card off its board."""
        table.Card.objects.all().delete()

    def thing(self, thing_id: int) -> str | None:
        """The name of a thing."""
        return table.Thing.objects.values_list("name", flat=True).filter(id=thing_id).first()

    def name_thing(self, thing_id: int, name: str) -> None:
        """Names a thing, an unknown one too."""
        table.Thing.objects.update_or_create(id=thing_id, defaults={"name": name})

    def stamp(self) -> int:
        """The stamp."""
        return table.Stamp.objects.get().value

    def raise_stamp(self) -> int:
        """The stamp, raised by one."""
        table.Stamp.objects.update(value=models.F("value") + 1)
        return self.stamp()


def _profile(account: table.Account) -> Profile:
    return Profile(id=account.id, name=account.name, version=account.version)
