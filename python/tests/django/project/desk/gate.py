"""What functions and tests meet at."""

import threading
from dataclasses import dataclass, field


@dataclass
class Gate:
    """A function stands in it until the test opens it."""

    entered: threading.Event = field(default_factory=threading.Event)
    open: threading.Event = field(default_factory=threading.Event)

    def close(self) -> None:
        self.entered.clear()
        self.open.clear()


gate = Gate()
ran: list[str] = []
