"""Notes: what is a reference in them, and what is cited again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.readers.note_pieces import cites_again, pieces_of_note
from nqp_biblio.readers.notes import ReadNotes, read_notes
from nqp_biblio.readers.reference_split import PrintedReference


@pytest.mark.parametrize(
    ("note", "kinds"),
    [
        ("See A. Roe, On Lists (Oxford: OUP, 1999), p. 3.", "reference"),
        ("Jane Roe, ‘On Notes’, Journal of Notes 12 (2003), pp. 3–18.", "reference"),
        ("Ibid., p. 7.", "same"),
        ("Ebd., S. 14.", "same"),
        ("Ibid.; see also Jane Roe, ‘On Notes’, Notes 12 (2003), 3–18.", "same reference"),
        (
            "A. Roe, On Lists (Oxford: OUP, 1999), 3; and Idem, Notes (Bonn, 1990), 7.",
            "reference " * 2,
        ),
        ("Roe, op. cit., p. 6.", "before"),
        ("Roe, a. a. O., S. 6.", "before"),
        ("Roe (n. 4), 44.", "before"),
        ("Vgl. Roe, On Lists, S. 13.", "short"),
        ("Roe, On Lists, 45; Doe, Notes, 3.", "short short"),
        ("I owe this point to my colleagues.", "text"),
        ("Roe to Doe, 3 May 1890, Roe Papers, Box 3.", "text"),
        ("...", "text"),
        ("", "text"),
    ],
)
def test_pieces(note: str, kinds: str) -> None:
    """Each piece of a note is told: in full, the same, one before, in short, or no citation."""
    assert [piece.kind for piece in pieces_of_note(note)] == kinds.split()


@pytest.mark.parametrize(
    "reference",
    [
        "IB Smith, On X. J Y 2001;3:4-5.",
        "Id Roe A. On X. J Y 2001;3:4-5.",
        "NASA Technical Note 123, 1966.",
        "Roe, A. (2001). On X. Journal of Y, 3(2), 5–9.",
    ],
)
def test_references_do_not_cite_again(reference: str) -> None:
    """A name or a number that looks like ibid. does not make notes of a list of references."""
    assert not cites_again(reference)


def _read(*texts: str) -> ReadNotes:
    return read_notes(
        [PrintedReference(text, str(at), at, 0, 0) for at, text in enumerate(texts, 1)]
    )


ROE = "A. Roe, The Making of Lists (Oxford: OUP, 1999), p. 3."
DOE = "Jane Doe, ‘On Footnotes’, Journal of Notes 12 (2003), pp. 3–18."


@pytest.mark.parametrize(
    ("notes", "cited"),
    [
        ((ROE, "Ibid., 4."), [("1",), ("1",)]),
        ((ROE, DOE, "Ibid., 4.", "Roe, Making of Lists, 7."), [("1",), ("2",), ("2",), ("1",)]),
        ((f"{ROE[:-1]}; {DOE}", "Doe, op. cit., 5."), [("1", "1 (2)"), ("1 (2)",)]),
        ((ROE, DOE, "Roe (n. 1), 5.", "See note 2."), [("1",), ("2",), ("1",), ("2",)]),
        ((ROE, "TNA, CAB 23/45.", "Ibid."), [("1",), (), ("3",)]),
        (("Ibid., 4.", ROE), [("1",), ("2",)]),
    ],
)
def test_cited_again(notes: tuple[str, ...], cited: list[tuple[str, ...]]) -> None:
    """Ibid., op. cit., note numbers and short titles name a reference printed before, if any."""
    read = _read(*notes)
    assert list(read.cited.values()) == cited


def test_what_cannot_be_told_is_said() -> None:
    """An op. cit. without its work keeps its number as label and has a remark; so has a comment."""
    read = _read(ROE, "Wilson, op. cit., 9.", "I thank the editor.")
    assert [one.label for one in read.references] == ["1"]
    assert read.cited["2"] == ("2",)
    assert [one.label for one in read.remarks] == ["2", "3"]
    assert "names no reference printed before" in str(read.remarks[0].remark)


def test_idem_has_the_author_before() -> None:
    """Idem stands for the author of the reference before."""
    read = _read(ROE, "Idem, The Reading of Lists (Oxford: OUP, 2001), 4.")
    assert [work.people[0].family for work in read.works] == ["Roe", "Roe"]


def test_reference_of_the_list() -> None:
    """What the bibliography of the paper has too is not a second reference."""
    listed = _read("Roe, A. The Making of Lists. Oxford: OUP, 1999.").works[0]
    notes = [PrintedReference(ROE, "1", 1, 0, 0), PrintedReference(DOE, "2", 2, 0, 0)]
    read = read_notes(notes, [("17", listed)])
    assert read.cited == {"1": ("17",), "2": ("2",)}
    assert [one.raw for one in read.references] == [DOE]


@given(st.lists(st.text("IbidRoe, ;.()19995op cit", max_size=60), max_size=8))
def test_no_note_is_lost(texts: list[str]) -> None:
    """Whatever stands in notes, each of them cites something or has a remark."""
    read = _read(*texts)
    assert len(read.cited) == len(texts)
    said = {one.label for one in read.remarks}
    assert all(labels or note in said for note, labels in read.cited.items())
    assert len({one.label for one in read.references}) == len(read.references)
