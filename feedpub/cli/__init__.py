"""The command line: arguments in, `app` called, result printed, exit status.

Commands are imported when they are used, so that ``feedpub --help`` answers at once. Results go to
standard output, everything else to standard error.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from feedpub import __version__
from feedpub.cli.context import Setup
from feedpub.cli.output import printable_lines
from feedpub.concealing import conceal
from feedpub.exceptions import ConfigError, FeedpubError

# name → what `feedpub --help` says of it; the module of that name under feedpub.cli holds the command.
COMMANDS = {
    "init": "Write a commented config.yaml and a sample bulletin.",
    "check": "Validate the configuration and the folders it names.",
    "parse": "Show what a bulletin would become; touch nothing.",
    "preview": "Show what subscribers would see if a bulletin were dropped now.",
    "build": "Take in what is new or changed, publish what that changes, exit.",
    "run": "Watch, schedule, publish and serve, in the foreground.",
    "serve": "Serve an existing output folder over HTTP.",
    "list": "List the entries in the store.",
    "status": "Show health, rejected bulletins and what comes next.",
    "stats": "Show who reads: requests, subscribers, readers.",
    "history": "Show what was published when of one entry.",
    "diff": "Show how the entries of a bulletin changed over time.",
    "adopt": "Take over ids, links and dates of an existing feed.",
    "backup": "Copy the store, also while the daemon runs.",
    "verify": "Hold store, input and output against each other.",
    "withdraw": "Take an entry back, until it is restored.",
    "restore": "Put a withdrawn entry back.",
    "approve": "Publish a bulletin that is held.",
    "service": "Install or remove the systemd unit.",
    "completion": "Print the shell completion script.",
}


class _Commands(click.Group):
    """A group whose commands live in modules of their own."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"feedpub.cli.{name}").command
        return command

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(context, args)
        except click.NoSuchCommand as error:
            # click suggests from the commands it holds itself, which are none here.
            raise click.NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=context) from None

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-c",
    "--config",
    metavar="FILE",
    help="The configuration; by default the first of $FEEDPUB_CONFIG, ./config.yaml, "
    "$XDG_CONFIG_HOME/feedpub/config.yaml, /etc/feedpub/config.yaml.",
)
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    envvar="FEEDPUB_LOG_FORMAT",
    show_default=True,
    help="How log lines are written.",
)
@click.option("-v", "--verbose", is_flag=True, help="Log more.")
@click.option("-q", "--quiet", is_flag=True, help="Log warnings and errors alone; no progress bar.")
@click.version_option(__version__, prog_name="feedpub")
@click.pass_context
def feedpub(
    context: click.Context, config: str | None, log_format: str, *, verbose: bool, quiet: bool
) -> None:
    """Turn a folder of plain-text bulletins into RSS, Atom and JSON feeds."""
    context.obj = Setup(config=config, log_format=log_format, verbose=verbose, quiet=quiet)
    if "NO_COLOR" in os.environ:
        context.color = False


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status: 0 done, 1 something failed, 2 wrong usage or config."""
    status: object
    try:
        status = feedpub.main(args=arguments, prog_name="feedpub", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except FeedpubError as error:
        wrong_setup = isinstance(error, ConfigError)
        text = conceal(str(error) if wrong_setup else f"feedpub: {error}")
        click.echo(printable_lines(text), err=True)
        status = 2 if wrong_setup else 1
    except (click.Abort, KeyboardInterrupt):
        status = 130
    except BrokenPipeError:
        # The reader of a pipe has seen enough (`feedpub list | head`); say nothing, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    return status if isinstance(status, int) else 0
