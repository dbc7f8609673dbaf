"""The command ``measure``: any measure of the catalogue, on files or a saved corpus."""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

import nqp_biblio as nb
from nqp_biblio.cli.group import cli
from nqp_biblio.cli.measure_options import first_line, function_of, options_of
from nqp_biblio.measures.catalogue import MEASURES

if TYPE_CHECKING:
    from pathlib import Path

    import click

RIS = """TY  - JOUR
TI  - Maps of science
AU  - Ek, A.
AU  - Bo, C.
PY  - 2019
ER  -
TY  - JOUR
TI  - Books of science
AU  - Ek, A.
PY  - 2021
ER  -
"""


@pytest.fixture
def works(tmp_path: Path) -> Path:
    """Write two works."""
    path = tmp_path / "works.ris"
    path.write_text(RIS, encoding="utf-8")
    return path


def _run(*words: object) -> click.testing.Result:
    return CliRunner().invoke(cli, ["measure", *map(str, words)])


def test_list_tells_each_measure() -> None:
    """The list names every measure, with what it does."""
    told = _run("--help").output
    for name in MEASURES:
        assert f"\n  {name} " in told
        assert first_line(name)[:20] in told


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_measure_can_be_called(name: str) -> None:
    """Each is there, takes a corpus, and each of its options says what it does."""
    function = function_of(name)
    first = next(iter(inspect.signature(function).parameters))
    assert first == "corpus"
    for option in options_of(function):
        assert option.help, option.name
    assert f"measure {name} works.bib" in _run(name, "--help").output


def test_table(works: Path) -> None:
    """The table goes to the standard output as CSV."""
    ran = _run("author-production", works)
    assert ran.exit_code == 0
    assert ran.stdout.splitlines()[:2] == [
        "author,n_works,n_works_fractional,n_first,first_year,last_year",
        '"Ek, A.",2,1.5,2,2019,2021',
    ]
    assert "production of authors: 2 rows" in ran.stderr


def test_json_has_the_manifest(works: Path) -> None:
    """As JSON it comes with its parameters."""
    told: dict[str, Any] = json.loads(_run("annual-production", works, "--json", "-q").stdout)
    assert told["manifest"]["measure"] == "annual production"
    assert told["rows"][0] == {"publication_year": 2019, "n_works": 1}


def test_saved_corpus_and_file(works: Path, tmp_path: Path) -> None:
    """A saved corpus is measured as it is, and the table may go to a file."""
    nb.normalise(nb.read(works)).save(tmp_path / "saved")
    out = tmp_path / "years.csv"
    ran = _run("annual-production", tmp_path / "saved", "-o", out)
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert out.read_text(encoding="utf-8").splitlines()[1:] == ["2019,1", "2020,0", "2021,1"]


def test_wrong_name(works: Path) -> None:
    """A name that is nearly right is answered with the right one."""
    ran = _run("anual-production", works)
    assert ran.exit_code == 2
    assert "did you mean annual-production" in ran.output


def test_options_of_a_function() -> None:
    """Keywords become options by their types; what no text can say is left out."""

    def toy(
        corpus: nb.Corpus,
        *,
        of: str = "authors",
        n: int | None = None,
        share: float = 0.5,
        is_kept: bool = True,
        years: tuple[int, ...] = (2, 5),
        call: object = None,
    ) -> None:
        """Do nothing.

        Parameters
        ----------
        corpus : Corpus
            The corpus.
        of : {"authors", "sources"}
            ``authors`` or others. More of it.
        n : int, optional
            How many.
        share : float
            A part.
        is_kept : bool
            Whether it stays.
        years : sequence of int
            Some years.

        Returns
        -------
        None
        """
        del corpus, of, n, share, is_kept, years, call

    options = {option.name: option for option in options_of(toy)}
    assert list(options) == ["of", "n", "share", "is_kept", "years"]
    assert options["of"].help == "authors or others. [default: authors]"
    assert options["is_kept"].secondary_opts == ["--no-is-kept"]
    convert = options["years"].type.convert
    assert convert("3,4", None, None) == (3, 4)
    assert convert("a, b", None, None) == ("a", "b")
    assert convert((1,), None, None) == (1,)


@pytest.mark.parametrize(("given", "kept"), [("1", 1), ("best", "best")])
def test_number_or_word(works: Path, given: str, kept: object) -> None:
    """An option may be a number or a word, as the measure has it."""
    done = _run("lotka", works, "--x-min", given, "--n-bootstrap", 0, "--json")
    assert done.exit_code == 0, done.output
    assert "--x-min INTEGER|best" in _run("lotka", "--help").output
    (option,) = [one for one in options_of(function_of("lotka")) if one.name == "x_min"]
    assert option.type.convert(given, option, None) == kept


def test_neither_number_nor_word(works: Path) -> None:
    """Another word is a mistake of use, told with what would do."""
    done = _run("lotka", works, "--x-min", "worst")
    assert done.exit_code == 2
    assert "neither a whole number nor 'best'" in done.output
