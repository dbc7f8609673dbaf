"""The command line: options, one call of the library, one write; a file for each command.

Data go to the standard output, talk to the standard error; ``-`` is the standard input.
Exit codes: 0 fine, 1 failed, 2 wrong usage, 3 finished but something could not be read,
130 interrupted.
"""

from nqp_biblio.cli.group import cli, main

__all__ = ["cli", "main"]
