"""The HTTP server: an output folder, feeds first. The only door to Starlette and uvicorn."""

from feedpub.server.application import create_app
from feedpub.server.listening import bind
from feedpub.server.serving import Server

__all__ = ["Server", "bind", "create_app"]
