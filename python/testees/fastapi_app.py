"""The FastAPI testee for its export command: `python -m mizan.fastapi export testees.fastapi_app:app`."""

from .fastapi_testee import create_app
from .handshake import Handshake

app = create_app(Handshake())
