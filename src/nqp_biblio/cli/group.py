"""The group of all commands, and how it is run."""

from __future__ import annotations

import sys

import click

from nqp_biblio import __version__
from nqp_biblio.cli.check import check
from nqp_biblio.cli.convert import convert
from nqp_biblio.cli.dedupe import dedupe
from nqp_biblio.cli.enrich import enrich
from nqp_biblio.cli.formats import formats
from nqp_biblio.cli.measure import measure
from nqp_biblio.cli.network import network
from nqp_biblio.cli.parse import parse
from nqp_biblio.cli.report import report
from nqp_biblio.errors import BiblioError, OptionError

__all__ = ["cli", "main"]


_NAME = "nqp-biblio"


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # a console of another encoding must not end a run over one character
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = cli.main(prog_name=_NAME, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(f"{_NAME}: interrupted", err=True)
        code = 130
    except BiblioError as error:
        click.echo(f"{_NAME}: {error}", err=True)
        code = 2 if isinstance(error, OptionError) else 1
    except BrokenPipeError:
        sys.stderr.close()
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name=_NAME)
def cli() -> None:
    """Bibliometric citation analysis: references and exports in, networks and reports out.

    Nothing but enrich uses the network. Exit codes: 0 fine, 1 failed, 2 wrong usage,
    3 finished but something could not be read, 130 interrupted.
    """


for _command in (report, parse, convert, formats, check, dedupe, network, measure, enrich):
    cli.add_command(_command)
