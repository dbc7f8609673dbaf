"""Records: what the readers fill and the corpus takes."""

from __future__ import annotations

import dataclasses

import pytest

from nqp_biblio.record import RAW_LIMIT, CitedReference, Mention, Person, Problem, Record
from nqp_biblio.schema import TABLES


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        (Person(family="Chen", given="Li-Qun"), "Chen, Li-Qun"),
        (Person(family="Berg", given="J.", particle="van der"), "van der Berg, J."),
        (Person(family="King", given="M. L.", suffix="Jr."), "King, M. L., Jr."),
        (Person(literal="World Health Organization"), "World Health Organization"),
        (Person(family="Plato"), "Plato"),
        (Person(), ""),
    ],
)
def test_name_on_one_line(person: Person, shown: str) -> None:
    """A name is shown with the family name first, a group as it calls itself."""
    assert person.display == shown


@pytest.mark.parametrize("length", [0, RAW_LIMIT, RAW_LIMIT + 1, 50 * RAW_LIMIT])
def test_problem_keeps_raw_text_bounded(length: int) -> None:
    """However long a broken record is, its problem stays small and says that it was cut."""
    problem = Problem("refs.txt", 1, "x" * length, "no year")
    assert len(problem.raw) == min(length, RAW_LIMIT)
    assert problem.raw.endswith("…") == (length > RAW_LIMIT)


def test_people_by_role() -> None:
    """Authors and editors are kept apart, each in the order printed."""
    people = [Person(family="B"), Person(family="E", role="editor"), Person(family="A")]
    record = Record(people=people)
    assert [person.family for person in record.people_of("author")] == ["B", "A"]
    assert [person.family for person in record.people_of("editor")] == ["E"]
    assert record.people_of("translator") == []


def test_records_share_no_lists() -> None:
    """Two records made empty do not fill each other."""
    one, other = Record(), Record()
    one.people.append(Person(family="A"))
    one.fields.append(("note", "x"))
    assert other.people == []
    assert other.fields == []


@pytest.mark.parametrize(
    ("table", "kind", "elsewhere"),
    [
        ("works", Record, {"work_id", "source_id"}),
        (
            "authorships",
            Person,
            {"work_id", "position", "author_id", "author", "name_raw", "author_rule"}
            | {"author_score"},
        ),
        (
            "cited_references",
            CitedReference,
            {"reference_id", "citing_work_id", "position", "work_id", "cited_work_id"}
            | {"link_rule", "link_score"},
        ),
        ("mentions", Mention, {"mention_id", "citing_work_id", "reference_id"}),
        ("problems", Problem, {"problem_id", "work_id"}),
    ],
)
def test_every_column_has_a_field(table: str, kind: type, elsewhere: set[str]) -> None:
    """What a reader can say, a table can hold: names agree, but for keys."""
    names = {item.name for item in dataclasses.fields(kind)}
    assert set(TABLES[table].column_names) - names == elsewhere
