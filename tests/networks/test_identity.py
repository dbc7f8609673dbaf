"""When two names are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqp_biblio.cleaning.link import link_references
from nqp_biblio.corpus.load import corpus_of
from nqp_biblio.networks.identity import (
    AUTHOR_RULES,
    author_key,
    describe_references,
    reference_keys,
    term_key,
)
from nqp_biblio.readers.cited_line import parse_wos_reference
from nqp_biblio.record import Record


@pytest.mark.parametrize(
    ("rule", "name", "key"),
    [
        ("resolved", "Chen, Li-Qun", "chen lq"),
        ("resolved", "CHEN LQ", "chen lq"),
        ("resolved", "Chen L.-Q.", "chen lq"),
        ("resolved", "van der Berg, J.", "van der berg j"),
        ("resolved", "World Health Organization", "world health organization"),
        ("resolved", "李明", "李明"),
        ("surname-initials", "Díaz, Luis C.", "díaz lc"),
        ("surname-initials", "Dias, LC", "dias l"),
        ("surname-initial", "Dias, Luis C.", "dias l"),
        ("printed", "Dias, LC", "Dias, LC"),
    ],
)
def test_author_keys(rule: str, name: str, key: str) -> None:
    """Each rule reduces a name to what it compares."""
    assert author_key(rule)(name) == key


@given(st.text(max_size=40), st.sampled_from(sorted(AUTHOR_RULES)))
def test_any_name_has_a_key(name: str, rule: str) -> None:
    """No name, however odd, is lost for want of a key."""
    assert author_key(rule)(name) or not name


@pytest.mark.parametrize(
    ("rule", "key"),
    [("case-folded", "café-bar"), ("folded", "cafe bar"), ("printed", "Café-Bar")],
)
def test_term_keys(rule: str, key: str) -> None:
    """Terms are compared as the rule says."""
    assert term_key(rule)("Café-Bar") == key


LINES = [
    "ROY B, 1984, MANAGE SCI, V30, P1323, DOI 10.1000/r",
    "Roy B., 1984, MANAGE SCI, V30",
    "CHEN TY, 2014, INFORM SCIENCES, V263, P1, DOI 10.1000/a",
]


def test_linked_references_share_a_key() -> None:
    """What link_references found is the identity; the rule says what it joined."""
    citing = [Record(title=line, cited_references=[parse_wos_reference(line)]) for line in LINES]
    corpus = corpus_of(citing)
    assert describe_references(corpus, "resolved")["keys"] == 3
    described = describe_references(link_references(corpus), "resolved")
    assert described["keys"] == 2
    assert (described["strings"], described["strings_joined"]) == (3, 2)
    assert described["keys_with_different_dois"] == 0


def test_references_added_later_have_keys() -> None:
    """A reference that was not linked keeps the identity of before; others keep theirs."""
    citing = [Record(title=line, cited_references=[parse_wos_reference(line)]) for line in LINES]
    linked = link_references(corpus_of(citing))
    names = "reference_id, citing_work_id, position, label, raw, first_author, publication_year"
    names += ", title, source_raw, volume, first_page, doi, work_id"
    mixed = linked.derive(
        cited_references=f"SELECT {names}, CASE WHEN reference_id < 3 THEN cited_work_id END"
        " AS cited_work_id, link_rule, link_score FROM cited_references"
    )
    keys = [
        row[0]
        for row in mixed.sql(
            f"SELECT key FROM ({reference_keys('resolved')}) AS k ORDER BY reference_id"
        )
    ]
    assert keys == ["c|1", "c|1", "doi|10.1000/a"]
