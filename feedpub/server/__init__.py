"""The HTTP server: an output folder, feeds first. The only door to Starlette and uvicorn."""

from feedpub.server.application import Application, Manners, create_app
from feedpub.server.links import Links
from feedpub.server.listening import bind
from feedpub.server.metrics import create_admin_app
from feedpub.server.patience import Limits
from feedpub.server.push import PushDoors
from feedpub.server.records import AccessLog, Answer, OnAnswer
from feedpub.server.serving import Server, run_loop
from feedpub.server.switch import Switch

__all__ = [
    "AccessLog",
    "Answer",
    "Application",
    "Limits",
    "Links",
    "Manners",
    "OnAnswer",
    "PushDoors",
    "Server",
    "Switch",
    "bind",
    "create_admin_app",
    "create_app",
    "run_loop",
]
