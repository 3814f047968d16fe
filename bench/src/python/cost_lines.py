"""Says what a server costs, whenever it is asked."""

from __future__ import annotations

import json
import resource
import sys
import threading
from collections.abc import Callable
from pathlib import Path


def answer_cost_lines(port: int, end: Callable[[], None]) -> None:
    """Prints the port, then for each line that comes in what this process has used.

    Processor time in microseconds and memory in bytes. `end` is called when no more will come.
    """

    def answer() -> None:
        for _line in sys.stdin:
            used = resource.getrusage(resource.RUSAGE_SELF)
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            cpu = (used.ru_utime + used.ru_stime) * 1e6
            print(json.dumps({"cpu": cpu, "memory": pages * resource.getpagesize()}), flush=True)
        end()

    threading.Thread(target=answer, daemon=True).start()
    print(json.dumps({"port": port}), flush=True)
