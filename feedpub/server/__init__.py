"""The HTTP server: an output folder, feeds first. The only door to Starlette and uvicorn."""

from feedpub.server.application import create_app
from feedpub.server.links import Links
from feedpub.server.listening import bind
from feedpub.server.push import PushDoors
from feedpub.server.serving import Server

__all__ = ["Links", "PushDoors", "Server", "bind", "create_app"]
