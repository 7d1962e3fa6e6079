"""``feedpub completion``."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    r"""Print the completion script of SHELL.

    \b
    bash   eval "$(feedpub completion bash)"              in ~/.bashrc
    zsh    eval "$(feedpub completion zsh)"               in ~/.zshrc
    fish   feedpub completion fish > ~/.config/fish/completions/feedpub.fish
    """
    maker = get_completion_class(shell)
    assert maker is not None
    click.echo(maker(context.find_root().command, {}, "feedpub", "_FEEDPUB_COMPLETE").source())
