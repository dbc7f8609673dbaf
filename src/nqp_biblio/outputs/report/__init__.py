"""The citation report: one page that stands by itself, and a folder of data beside it."""

from nqp_biblio.outputs.report.write import write_report

__all__ = ["write_report"]
