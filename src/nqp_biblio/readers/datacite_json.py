"""DataCite JSON: answers of the agency's API, and works in the JSON of its schema."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.errors import InputError
from nqp_biblio.readers.datacite_works import record_of_attributes
from nqp_biblio.readers.json_works import read_works
from nqp_biblio.readers.registry import Format, register_format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.readers.source import Source
    from nqp_biblio.record import Problem, Record

__all__ = ["FORMAT", "datacite_work"]

_ANSWER = re.compile(r'"type"\s*:\s*"dois"')
_SCHEMA = re.compile(r'"schema-?[vV]ersion"\s*:\s*"https?://(?:schema\.)?datacite\.org/')
_KIND = re.compile(r'"resource(?:TypeGeneral|-type-general)"\s*:')
_PARTS = re.compile(r'"(?:creators?|titles?|publication-?[yY]ear)"\s*:')
_DATA = re.compile(r'"data"\s*:\s*\[')
_SURE, _LIKELY = 0.96, 0.85


def _matches(source: Source) -> float:
    """Score a source: JSON that names the schema, or has its kinds of resources."""
    head = source.head.lstrip()
    if not head.startswith(("[", "{")):
        return 0.0
    if _SCHEMA.search(head) or (_ANSWER.search(head) and '"attributes"' in head):
        return _SURE
    return _LIKELY if _KIND.search(head) and _PARTS.search(head) else 0.0


def _records(source: Source) -> Iterator[Record | Problem]:
    """Yield a record for each work, in the order of the file."""
    return read_works(source, _record, unwrap=_works, list_start=_DATA)


def _works(name: str, line: int, value: object) -> Iterator[tuple[int | None, Any]]:
    """Yield the works of an answer, or the value itself."""
    if not isinstance(value, dict):
        yield line, value
        return
    if "errors" in value and "data" not in value:
        said = json.dumps(value["errors"], ensure_ascii=False)[:200]
        raise InputError(f"{name}:{line}: no work, an error of the service: {said}")
    data = value.get("data")
    if isinstance(data, list):
        yield from ((None, item) for item in data)
    else:
        yield line, data if isinstance(data, dict) else value


def _record(file: str, line: int | None, item: dict[str, Any]) -> Record:
    """Make a record of a work, whose properties may stand in an envelope."""
    attributes = item.get("attributes")
    inner = attributes if isinstance(attributes, dict) else item
    if "doi" not in inner and isinstance(item.get("id"), str):
        inner = {"id": item["id"], **inner}
    return record_of_attributes(inner, (file, line, "datacite-json"))


def datacite_work(item: dict[str, Any], file: str) -> Record:
    """Make a record of one decoded work of DataCite; `file` names where it came from."""
    return _record(file, None, item)


FORMAT = Format(
    name="datacite-json",
    title="DataCite JSON",
    suffixes=(".json", ".jsonl"),
    matches=_matches,
    records=_records,
)
register_format(FORMAT)
