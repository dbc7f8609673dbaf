"""``nqp-biblio dedupe``: one work of the records that several sources have of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from nqp_biblio.cli.options import Reading, files_argument, json_option, reading_options
from nqp_biblio.cli.telling import finish, talk, write_json
from nqp_biblio.cli.writing import write_corpus

if TYPE_CHECKING:
    from nqp_biblio.corpus.corpus import Corpus

__all__ = ["dedupe"]


@click.command()
@files_argument
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help="File to write; its format is told by the ending, - is CSL-JSON on the standard output.",
)
@click.option("--to", "target", metavar="NAME", help="Format to write; by the ending if left out.")
@click.option(
    "--review", "pairs", metavar="FILE", help="Write the doubtful pairs to a CSV file to fill in."
)
@click.option(
    "--all-pairs",
    is_flag=True,
    help="In the file of --review list the merged pairs too, to be taken back there.",
)
@click.option(
    "--decisions", metavar="FILE", help="Such a file with same or different for each pair decided."
)
@click.option(
    "--min-score",
    type=click.FloatRange(0.5, 1.0),
    default=0.9,
    show_default=True,
    help="Score from which two records are one work.",
)
@json_option
@reading_options
def dedupe(  # noqa: PLR0913  one parameter an option
    files: tuple[str, ...],
    *,
    output: str | None,
    target: str | None,
    pairs: str | None,
    all_pairs: bool,
    decisions: str | None,
    min_score: float,
    as_json: bool,
    reading: Reading,
    quiet: bool,
    verbose: bool,
) -> None:
    """Make one work of the records that several files have of it.

    Which records were merged, by which rule and with what score, is said by --json.

    Example: nqp-biblio dedupe export.bib more.ris -o merged.bib
    """
    import nqp_biblio as nb

    if not (output or pairs or as_json):
        raise click.UsageError("dedupe needs -o, --review or --json")
    corpus = reading.read(files)
    with talk("looking for duplicates", quiet=quiet):
        merged = nb.dedupe(corpus, min_score=min_score, decisions=decisions)
    if output:
        write_corpus(merged, output, target)
    n_pairs = None
    if pairs:
        settings: dict[str, Any] = {"min_score": min_score, "decisions": decisions}
        n_pairs = _write_pairs(corpus if all_pairs else merged, pairs, settings)
    if as_json:
        write_json(_told(merged))
    told = f"{len(corpus)} records, {merged.n_rows('merges')} merged, {len(merged)} works"
    told += "" if n_pairs is None else f"; {n_pairs} pairs to decide in {pairs}"
    finish(merged, told, quiet=quiet, verbose=verbose)


def _write_pairs(corpus: Corpus, file: str, settings: dict[str, Any]) -> int:
    """Write the pairs of a corpus that a person should see; tell how many are to be decided."""
    import nqp_biblio as nb
    from nqp_biblio.outputs.files import write_text
    from nqp_biblio.outputs.tables import format_rows

    table = nb.dedupe(corpus, review="all", **settings)
    rows = table.astype(object).where(table.notna(), None).itertuples(index=False)
    write_text(file, format_rows(list(table.columns), rows))
    return int(table["decision"].isna().sum())


def _told(corpus: Corpus) -> dict[str, object]:
    """Return the flow of records, merges and relations for JSON."""
    import nqp_biblio as nb

    columns = ("merge_id", "work_id", "file", "line", "key", "doi", "title", "rule", "score")
    merges = corpus.sql(f"SELECT {', '.join(columns)} FROM merges ORDER BY merge_id")
    names = ("work_id", "other_work_id", "relation", "rule", "score")
    relations = corpus.sql(f"SELECT {', '.join(names)} FROM relations ORDER BY 1, 2, 3")
    flow = nb.record_flow(corpus)
    return {
        "flow": [dict(zip(flow.columns, row, strict=True)) for row in flow.rows],
        "merges": [dict(zip(columns, row, strict=True)) for row in merges],
        "relations": [dict(zip(names, row, strict=True)) for row in relations],
    }
