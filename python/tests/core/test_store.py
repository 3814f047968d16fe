import re
import threading
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from mizan.core.covering import covering_scopes
from mizan.core.revision import Revision
from mizan.core.store import MemoryStore

scopes = st.sampled_from(["c", "c?a=1", "c?a=2", "c?b=1", "c?a=1&b=1", "c/m?a=1", "c/m"])
instances = st.sampled_from(["c", "c?a=1", "c?a=2", "c?a=1&b=1", "c?a=2&b=1"])


def test_makes_a_record_when_it_is_first_asked_for_with_its_own_epoch() -> None:
    store = MemoryStore(clock=lambda: 1234.9)
    first = store.last("a")
    assert first.n == 1234
    assert re.fullmatch(r"[a-z0-9]{12}", first.epoch)
    assert store.last("a") == first
    assert store.last("b").epoch != first.epoch


def test_gives_no_number_twice_and_never_one_below_the_clock() -> None:
    now = 1000.0
    store = MemoryStore(clock=lambda: now, epoch=lambda context: "e")

    def take() -> int:
        return store.take("c", ["c"], []).revision.n

    assert [take(), take()] == [1001, 1002]
    now = 5000.0
    assert take() == 5000
    now = 10.0
    assert [take(), store.last("c").n] == [5001, 5001]


@given(st.lists(st.tuples(st.lists(scopes, min_size=1, max_size=3, unique=True), instances), max_size=40))
def test_says_when_an_instance_had_changed_as_a_plain_list_of_everything_would(
    steps: list[tuple[list[str], str]],
) -> None:
    store = MemoryStore(clock=lambda: 0, epoch=lambda context: "e")
    noted: list[tuple[str, int]] = []
    for given_scopes, address in steps:
        taken = store.take("c", given_scopes, [address])
        covering = covering_scopes(address)
        assert taken.previous == (
            Revision("e", max([n for text, n in noted if text in covering], default=0)),
        )
        noted += ((text.replace("/m", ""), taken.revision.n) for text in given_scopes)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60), st.integers(1, 5))
def test_is_bounded_and_what_it_drops_raises_the_floor(ids: list[int], cap: int) -> None:
    store = MemoryStore(clock=lambda: 0, epoch=lambda context: "e", scopes=cap)
    truth: dict[str, int] = {}
    for id in ids:
        address = f"c?a={id}"
        taken = store.take("c", [address], [address])
        assert taken.previous[0].n >= truth.get(address, 0)
        truth[address] = taken.revision.n


def at_once(work: Callable[[int], None], threads: int) -> None:
    """Runs it in so many threads, which all begin together."""
    barrier = threading.Barrier(threads)

    def run(at: int) -> None:
        barrier.wait()
        work(at)

    started = [threading.Thread(target=run, args=(at,)) for at in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()


def test_threads_that_find_a_record_absent_agree_on_one() -> None:
    made: list[str] = []

    def epoch(context: str) -> str:
        made.append(context)
        return f"e{len(made)}"

    store = MemoryStore(clock=lambda: 0, epoch=epoch)
    found: set[Revision] = set()
    at_once(lambda at: found.add(store.last("c")), 8)
    assert made == ["c"]
    assert found == {Revision("e1", 0)}


def test_threads_take_each_number_once_and_see_every_earlier_one() -> None:
    store = MemoryStore(clock=lambda: 0, epoch=lambda context: "e", scopes=8)
    taken: list[tuple[int, int]] = []

    def work(at: int) -> None:
        for turn in range(200):
            one = store.take("c", [f"c?a={turn % 16}"], ["c?a=3"])
            taken.append((one.revision.n, one.previous[0].n))

    at_once(work, 8)
    assert sorted(n for n, _ in taken) == list(range(1, 1601))
    assert all(previous < n for n, previous in taken)
    assert store.last("c") == Revision("e", 1600)
