"""RDF of bibliographies: Zotero's own, Bibliontology (bibo), and schema.org."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from nqp_biblio.readers import zotero_types
from nqp_biblio.readers.html_tags import without_tags
from nqp_biblio.readers.paired_names import person_of_parts
from nqp_biblio.readers.rdf_nodes import Node, read_nodes
from nqp_biblio.readers.registry import Format, register_format
from nqp_biblio.readers.xml_door import looks_like_xml
from nqp_biblio.record import Person, Problem, Record
from nqp_biblio.text.identifiers import clean_doi
from nqp_biblio.text.languages import language_code
from nqp_biblio.text.names import parse_person
from nqp_biblio.text.numbers import parse_date, parse_pages, parse_year
from nqp_biblio.text.unicode import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source

    Values = dict[str, list[str | Node]]

__all__ = ["FORMAT"]

_ROOT = re.compile(r"<(?:\w{1,20}:)?RDF[\s>]")
_WORDS = re.compile(
    r"zotero\.org/namespaces/export|purl\.org/net/biblio#|purl\.org/ontology/bibo/"
    r"|schema\.org/[\s\S]{0,2000}?<\w{1,20}:(?:\w{0,20}Article|Book|Chapter|Thesis|Dataset)[\s>]"
)
_KINDS = {
    "academicarticle": "article-journal",
    "article": "article-journal",
    "audiodocument": "song",
    "audiovisualdocument": "motion_picture",
    "bill": "bill",
    "blogposting": "post-weblog",
    "book": "book",
    "booksection": "chapter",
    "brief": "legal_case",
    "chapter": "chapter",
    "code": "legislation",
    "courtreporter": "book",
    "creativework": "document",
    "data": "dataset",
    "dataset": "dataset",
    "document": "document",
    "documentpart": "chapter",
    "editedbook": "book",
    "film": "motion_picture",
    "image": "graphic",
    "illustration": "graphic",
    "interview": "interview",
    "legalcasedocument": "legal_case",
    "legislation": "legislation",
    "letter": "personal_communication",
    "manual": "book",
    "manuscript": "manuscript",
    "map": "map",
    "motionpicture": "motion_picture",
    "newsarticle": "article-newspaper",
    "patent": "patent",
    "performance": "performance",
    "proceedings": "book",
    "recording": "song",
    "referencesource": "book",
    "report": "report",
    "scholarlyarticle": "article-journal",
    "software": "software",
    "softwareapplication": "software",
    "softwaresourcecode": "software",
    "standard": "standard",
    "statute": "legislation",
    "thesis": "thesis",
    "webpage": "webpage",
    "website": "webpage",
}
_TYPE_WITHIN = {
    "newspaper": "article-newspaper",
    "magazine": "article-magazine",
    "proceedings": "paper-conference",
}
_NOT_WORKS = frozenset(("attachment", "note", "annotation"))
_SERIES, _NUMBERED = "series", frozenset(("issue", "publicationissue", "publicationvolume"))
_ROLES = {
    "author": ("authors", "authorList", "author", "creator", "creators"),
    "editor": ("editors", "editorList", "editor", "seriesEditors"),
    "translator": ("translators", "translator"),
}
_MAKERS_TEXT = "inventors artists directors programmers cartographers presenters interviewees"
_MAKERS = (*_MAKERS_TEXT.split(), "performers", "podcasters", "composers", "sponsors")
_FIRST_OF = {
    "title": ("title", "name", "headline"),
    "abstract": ("abstract", "description"),
    "edition": ("edition", "bookEdition"),
    "url": ("uri", "URI", "url"),
    "genre": ("degree", "thesisType", "z:type"),
    "key": ("citationKey",),
}
_OF_CONTAINER = {
    "volume": ("volume", "volumeNumber"),
    "issue": ("issue", "issueNumber", "number"),
}
_PERIODICALS = ("article-journal", "article-magazine", "article-newspaper")
_DATES = ("date", "issued", "datePublished", "created", "published")
_ISBN = re.compile(r"ISBN[\s:]{1,3}([\dXx -]{9,20})")
_ISSN = re.compile(r"(?:ISSN[\s:]{1,3}|urn:issn:)(\d{4}-?\d{3}[\dXx])", re.IGNORECASE)
_DOI = re.compile(
    r"(?:doi|digital object identifier)[\s:]{1,3}10\.|^(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4}",
    re.IGNORECASE,
)
_LONG = 2_000


def _matches(source: Source) -> float:
    """Score a source: RDF with the words of a bibliography."""
    head = source.head
    if not looks_like_xml(head) or not _ROOT.search(head[:4_000]):
        return 0.0
    return 0.95 if _WORDS.search(head[:20_000]) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each work, in the order of the file."""
    graph = _Graph(source)
    n_items = 0
    for node in read_nodes(source):
        if isinstance(node, Problem):
            n_items += 1
            yield node
        elif graph.is_work(node):
            n_items += 1
            yield _record(source.name, node, graph)
    if not n_items:
        yield Problem(source.name, 1, source.text[:200], "no work in the RDF; nothing is read")


class _Graph:
    """What the works of a file point at."""

    def __init__(self, source: Source) -> None:
        self._nodes: dict[str, Node] = {}
        self._within: set[str] = set()
        self._about: dict[str, list[Node]] = defaultdict(list)
        self._shelves: dict[str, list[str]] = defaultdict(list)
        for node in read_nodes(source):
            if isinstance(node, Node):
                self._add(node)

    def _add(self, node: Node) -> None:
        """Keep a node, of a work only what its parts need."""
        kind = node.kind.casefold()
        values = [
            (name, value)
            for name, value in node.values
            if kind == "memo" or not isinstance(value, str) or len(value) < _LONG
        ]
        if node.key:
            self._nodes.setdefault(node.key, Node(node.kind, node.key, values))
        for name, value in values:
            if not isinstance(value, Node):
                continue
            if name == "resource" and kind == "useritem":
                self._about[value.key].append(node)
            elif name == "hasPart" and kind == "collection":
                self._shelves[value.key].append(_first_text(node, "title"))
            elif name == "isPartOf" and value.key:
                self._within.add(value.key)

    def node(self, value: str | Node) -> Node:
        """Return a node whole where a value points at it or is it, else one with the text."""
        if isinstance(value, str):
            return Node("text", values=[("value", value)])
        return value if value.kind else self._nodes.get(value.key, value)

    def is_work(self, node: Node) -> bool:
        """Tell a work from people, journals, notes and files."""
        declared = _first_text(node, "itemType").casefold()
        if declared:
            return declared not in _NOT_WORKS
        kind = node.kind.casefold()
        if kind == "description":
            return any(name in ("title", "name") for name, _ in node.values)
        return kind in _KINDS and not (node.key in self._within and kind == "courtreporter")

    def values(self, node: Node) -> Values:
        """Return what is said of a work, by name."""
        values: Values = defaultdict(list)
        for said in (node, *self._about.get(node.key, [])) if node.key else (node,):
            for name, value in said.values:
                values[name].append(value)
        values.pop("resource", None)
        values["collection"] += self._shelves.get(node.key, [])
        return values

    def containers(self, node: Node) -> list[Node]:
        """Return what a work is part of, then what that is part of, and so on."""
        found: list[Node] = []
        todo = [node]
        while todo and len(found) < 10:  # noqa: PLR2004  deeper than any work is
            parts = [value for name, value in todo.pop(0).values if name == "isPartOf"]
            for part in map(self.node, parts):
                if part not in found:
                    found.append(part)
                    todo.append(part)
        return found


def _first_text(node: Node, name: str) -> str:
    """Return the first text of a name."""
    return next((v for n, v in node.values if n == name and isinstance(v, str)), "")


def _text(value: str | Node, graph: _Graph) -> str:
    """Return a value as text: its own, that of its node, else the address it points at."""
    if isinstance(value, str):
        return clean_text(value)
    node = graph.node(value)
    for name in ("value", "title", "name", "prefLabel", "label"):
        if text := _first_text(node, name):
            return clean_text(text)
    texts = [text for _, text in node.values if isinstance(text, str)]
    return clean_text(" ".join(texts)) or node.key


def _pop(values: Values, names: tuple[str, ...], graph: _Graph) -> str | None:
    """Take the first text of the first name that has one."""
    for name in names:
        for at, value in enumerate(values.get(name, [])):
            if text := _text(value, graph):
                values[name].pop(at)
                return text
    return None


def _record(file: str, node: Node, graph: _Graph) -> Record:
    """Make a record of a node."""
    record = Record(file=file, line=node.line, format="zotero-rdf")
    values = graph.values(node)
    containers = graph.containers(node)
    values.pop("isPartOf", None)
    _take_type(record, node, values, containers)
    if isinstance(values.get("type"), list):
        values["z:type"] = values.pop("type")
    for attribute, names in _FIRST_OF.items():
        setattr(record, attribute, _pop(values, names, graph))
    record.title = without_tags(record.title or "") or None
    record.abstract = without_tags(record.abstract or "") or None
    _take_containers(record, values, containers, graph)
    _take_people(record, values, graph)
    _take_publisher(record, values, graph)
    _take_pages(record, values, graph)
    _take_dates(record, values, containers, graph)
    _take_identifiers(record, node, values, containers, graph)
    _take_rest(record, node, values, graph)
    return record


def _take_type(record: Record, node: Node, values: Values, containers: list[Node]) -> None:
    """Read the kind of work: Zotero's word, else the class of the node."""
    declared = next((v for v in values.pop("itemType", []) if isinstance(v, str)), "")
    record.type = zotero_types.type_of(declared) or _KINDS.get(node.kind.casefold())
    if record.type is None:
        record.type = "document"
        if declared or node.kind not in ("", "Description"):
            values["itemType"] = [declared or node.kind]
    if not declared and record.type in ("article-journal", "chapter"):
        kinds = [container.kind.casefold() for container in containers]
        record.type = next(
            (_TYPE_WITHIN[kind] for kind in kinds if kind in _TYPE_WITHIN), record.type
        )


def _take_people(record: Record, values: Values, graph: _Graph) -> None:
    """Read authors, editors and translators; a list in order goes before loose statements."""
    if not any(values.get(name) for name in _ROLES["author"]):
        maker = next((name for name in _MAKERS if values.get(name)), None)
        if maker is not None:
            values["authors"] = values.pop(maker)
    for role, names in _ROLES.items():
        seen: list[Node] = []
        for name in names:
            for value in values.pop(name, []):
                node = graph.node(value)
                if node in seen:
                    continue
                seen.append(node)
                if person := _person(node, graph):
                    person.role = role
                    record.people.append(person)


def _person(node: Node, graph: _Graph) -> Person | None:
    """Read a person of foaf or schema.org, or a name in one piece."""
    parts = {name.casefold(): value for name, value in node.values if isinstance(value, str)}
    family = parts.get("surname") or parts.get("familyname") or parts.get("lastname")
    given = parts.get("givenname") or parts.get("firstname")
    if family or given:
        return person_of_parts(family or "", given or "")
    name = _text(node, graph) if node.values else ""
    if not name.strip(" ,.;"):
        return None
    is_group = node.kind.casefold() in ("organization", "organisation", "group")
    return Person(literal=name, raw=name) if is_group else parse_person(name)


def _take_containers(record: Record, values: Values, containers: list[Node], graph: _Graph) -> None:
    """Read journal, book, series, volume and issue along the way up."""
    for container in containers:
        kind = container.kind.casefold()
        title = _text(container, graph) if container.kind else ""
        is_text_of_book = kind == "text" and record.type in ("book", "report", "thesis")
        if kind == _SERIES or is_text_of_book:
            record.series = record.series or title or None
        elif kind not in _NUMBERED or any(name == "title" for name, _ in container.values):
            record.source_raw = record.source_raw or title or None
        prefix = "series" if kind == _SERIES else "container"
        for name, value in container.values:
            if name not in ("isPartOf", "title", "name", "type", *_DATES):
                values[f"{prefix}.{name}"].append(value)
    if not any(values.get(name) for name in _ROLES["editor"]):
        for name in _ROLES["editor"]:
            values[name] += values.pop(f"container.{name}", [])
    for attribute, names in _OF_CONTAINER.items():
        is_issue = record.type in _PERIODICALS or attribute == "volume"
        own = names if is_issue else names[:-1]
        above = tuple(f"container.{name}" for name in names)
        setattr(record, attribute, _pop(values, own, graph) or _pop(values, above, graph))
    for value in values.pop("presentedAt", []):
        record.event = record.event or _text(value, graph) or None


def _take_publisher(record: Record, values: Values, graph: _Graph) -> None:
    """Read the publisher and its place."""
    for value in values.pop("publisher", None) or values.pop("container.publisher", []):
        node = graph.node(value)
        name = _text(value, graph)
        for inner, address in node.values:
            if inner in ("adr", "localityName", "location"):
                place = _place(address, graph)
                record.publisher_place = record.publisher_place or place or None
                if name == place:
                    name = ""
        record.publisher = record.publisher or name or None
    values.pop("container.publisher", None)


def _place(value: str | Node, graph: _Graph) -> str:
    """Return the place that an address names."""
    node = graph.node(value)
    return _first_text(node, "locality") or _text(value, graph)


def _take_pages(record: Record, values: Values, graph: _Graph) -> None:
    """Read pages: as one, or the first and the last."""
    first = _pop(values, ("pageStart",), graph)
    last = _pop(values, ("pageEnd",), graph)
    pages = _pop(values, ("pages", "pagination"), graph)
    between = f"{first}–{last}" if first and last and first != last else first
    record.pages_raw = pages or between
    record.pages = parse_pages(record.pages_raw or "")


def _take_dates(record: Record, values: Values, containers: list[Node], graph: _Graph) -> None:
    """Read year and date, those of the issue or book where the work has none."""
    printed = _pop(values, _DATES, graph)
    for container in containers:
        for name, value in container.values:
            if not printed and name in _DATES:
                printed = _text(value, graph)
    record.year_raw = printed
    record.publication_year = parse_year(printed or "")
    if printed and record.publication_year is None:
        reason = f"no year in {printed[:80]!r}; the year is left empty"
        record.problems.append(Problem(record.file or "", record.line, printed, reason))
    date = parse_date(printed or "")
    record.publication_date = date if date and len(date) > len("2001") else None


def _take_identifiers(
    record: Record, node: Node, values: Values, containers: list[Node], graph: _Graph
) -> None:
    """Read DOI, ISBN, ISSN and addresses, which Zotero puts under one name."""
    texts = [_text(value, graph) for value in values.pop("identifier", [])]
    texts += [_text(value, graph) for value in values.pop("container.identifier", [])]
    left = [text for text in texts if not _is_taken(record, text)]
    values["identifier"] += dict.fromkeys(left)
    if doi := _pop(values, ("doi", "DOI"), graph):
        record.doi, record.doi_raw = clean_doi(doi), doi
    record.isbn = record.isbn or _pop(values, ("isbn13", "isbn", "isbn10", "container.isbn"), graph)
    issn = _pop(values, ("issn", "container.issn", "eissn", "container.eissn"), graph)
    found = [match[1] for container in containers if (match := _ISSN.match(container.key))]
    record.issn = record.issn or issn or next(iter(found), None)
    if record.url is None and node.key.startswith(("http://", "https://")):
        record.url = node.key
    record.url = record.url or _pop(values, ("sameAs",), graph)
    if record.doi is None and record.url and "doi.org/" in record.url:
        record.doi = clean_doi(record.url)


def _is_taken(record: Record, text: str) -> bool:
    """Put an identifier into the attribute that it belongs to, where that is free."""
    if record.doi is None and _DOI.search(text):
        record.doi, record.doi_raw = clean_doi(text), text
    elif record.isbn is None and (found := _ISBN.match(text)):
        record.isbn = found[1].strip()
    elif record.issn is None and (found := _ISSN.match(text)):
        record.issn = found[1]
    elif record.url is None and text.startswith(("http://", "https://")):
        record.url = text
    else:
        return False
    return True


def _take_rest(record: Record, node: Node, values: Values, graph: _Graph) -> None:
    """Read language and keywords; keep what no attribute takes."""
    language = _pop(values, ("language", "inLanguage"), graph)
    record.language = language_code((language or "").rpartition("/")[2])
    if language and record.language is None:
        values["language"] = [language]
    for kind, name in (("author_keyword", "subject"), ("author_keyword", "about")):
        for value in values.pop(name, []):
            text = _text(value, graph)
            is_automatic = isinstance(value, Node) and value.kind == "AutomaticTag"
            if isinstance(value, Node) and not value.kind and text == value.key:
                values["subject.address"].append(text)
            elif text:
                record.keywords.append(("index_keyword" if is_automatic else kind, text))
    record.keywords = list(dict.fromkeys(record.keywords))
    if node.key and node.key != record.url:
        record.fields.append(("about", node.key))
    names = {
        "isReferencedBy": "note",
        "link": "attachment",
        "container.alternative": "abbreviation",
    }
    for name, found in values.items():
        shown = name.removeprefix("z:")
        for value in found:
            text = without_tags(_text(value, graph))
            is_said = name.startswith("container.") and text in (record.volume, record.issue)
            if text and not is_said:
                record.fields.append((names.get(shown, shown), text))


FORMAT = Format(
    name="zotero-rdf",
    title="RDF of Zotero, Bibliontology and schema.org",
    suffixes=(".rdf", ".xml"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
