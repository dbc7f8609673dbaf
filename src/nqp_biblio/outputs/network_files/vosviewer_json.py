"""VOSviewer's JSON, which VOSviewer and VOSviewer Online open."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nqp_biblio.networks.drafts import NetworkDraft
from nqp_biblio.outputs.network_files.form import NetworkFormat, one_file
from nqp_biblio.outputs.network_files.values import values_of
from nqp_biblio.outputs.network_files.vosviewer_columns import (
    SCORE,
    WEIGHT,
    column_name,
    headed_columns,
    refuse_negative,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.network_files.values import Value
    from nqp_biblio.readers.source import Source

__all__ = ["VOSVIEWER_JSON", "format_vosviewer"]

_IS_JSON = re.compile(r'\s{0,999}\{\s{0,999}"(?:network|info|config)"\s{0,99}:\s{0,99}\{')
_ITEMS = re.compile(r'"(?:items|links)"\s{0,99}:\s{0,99}\[')
_SURROGATE = re.compile("[\ud800-\udfff]")
_TITLE = re.compile(r"([\w-]{1,99}) of ([\w+ -]{1,99})")
_MAX_CLUSTER = 1000


def format_vosviewer(net: Network) -> str:
    """Write a network as VOSviewer JSON, which VOSviewer Online opens.

    Parameters
    ----------
    net : Network
        The network, laid out and clustered or not.

    Returns
    -------
    str
        Items with weights (links, total link strength, occurrences), scores (other numbers),
        place, cluster and further values, links with strength and further values, labels of
        clusters where the manifest has them, and an ``info`` that says what it is.

    Raises
    ------
    OptionError
        If a weight is negative, which VOSviewer does not know.

    References
    ----------
    .. [1] VOSviewer Online manual, JSON file format.
       https://app.vosviewer.com/docs/file-types/json-file-type/
    """
    refuse_negative(net)
    network: dict[str, Any] = {"items": list(_items(net)), "links": list(_links(net))}
    if clusters := _clusters(net):
        network["clusters"] = clusters
    info = {"title": f"{net.kind} of {net.of}"} | net.manifest.get("vosviewer_info", {})
    if net.directed:
        info["directed"] = True
    content = {"info": info, "network": network}
    if "vosviewer_config" in net.manifest:
        content["config"] = net.manifest["vosviewer_config"]
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _items(net: Network) -> Iterator[dict[str, Any]]:
    """Make an item of each node."""
    columns = headed_columns(net)
    for i, (key, label) in enumerate(zip(net.ids.tolist(), net.labels, strict=True)):
        item: dict[str, Any] = {"id": key, "label": label}
        maps: dict[str, dict[str, Value]] = {"weights": {}, "scores": {}}
        for header, values in columns.items():
            value = values[i]
            if value is None or value in (float("inf"), -float("inf")):
                continue
            if found := WEIGHT.fullmatch(header):
                maps["weights"][found[1]] = value
            elif found := SCORE.fullmatch(header):
                maps["scores"][found[1]] = value
            else:
                item[header] = value
        yield item | {name: values for name, values in maps.items() if values}


def _links(net: Network) -> Iterator[dict[str, Any]]:
    """Make a link of each edge."""
    ids = net.ids.tolist()
    further = {name: values_of(column) for name, column in net.edge_columns.items()}
    rows = zip(net.source.tolist(), net.target.tolist(), net.weight.tolist(), strict=True)
    for i, (a, b, weight) in enumerate(rows):
        link = {"source_id": ids[a], "target_id": ids[b], "strength": weight}
        yield link | {
            name: values[i]
            for name, values in further.items()
            if values[i] is not None and values[i] not in (float("inf"), -float("inf"))
        }


def _clusters(net: Network) -> list[dict[str, Any]]:
    """Return the labels of the clusters that nodes are in."""
    labels = net.manifest.get("clustering", {}).get("labels", {})
    used = set(values_of(net.node_columns["cluster"])) if "cluster" in net.node_columns else set()
    return [
        {"cluster": int(number), "label": label}
        for number, label in labels.items()
        if number.isdigit() and int(number) in used and 1 <= int(number) <= _MAX_CLUSTER
    ]


def _matches(source: Source) -> bool:
    return _IS_JSON.match(source.head) is not None and bool(
        _ITEMS.search(source.head) or _ITEMS.search(source.tail)
    )


def _read(source: Source) -> NetworkDraft:
    """Read VOSviewer JSON."""
    draft = NetworkDraft(source.name, "vosviewer")
    data = _loaded(draft, source.text)
    network = _object(draft, data.pop("network", None), "network")
    for number, item in enumerate(_array(draft, network, "items")):
        _read_item(draft, item, f"network.items[{number}]")
    for number, link in enumerate(_array(draft, network, "links")):
        _read_link(draft, link, f"network.links[{number}]")
    labels = {}
    for number, found in enumerate(_array(draft, network, "clusters")):
        cluster = _object(draft, found, f"network.clusters[{number}]")
        labels[str(cluster.get("cluster"))] = str(cluster.get("label"))
    if labels:
        told = {"method": "as the file says", "clusters": len(labels), "labels": labels}
        draft.manifest["clustering"] = told
    _read_info(draft, data)
    if left := network | data:
        draft.notes.append(f"not read: {', '.join(sorted(left))}")
    return draft


def _read_item(draft: NetworkDraft, found: object, at: str) -> None:
    """Read an item."""
    item = dict(_object(draft, found, at))
    if "id" not in item:
        raise draft.error(f"{at} has no id")
    key = str(item.pop("id"))
    values = {"label": key if item.get("label") is None else item["label"]}
    for name, form in (("weights", "weight<{}>"), ("scores", "score<{}>")):
        for label, value in _object(draft, item.pop(name, None) or {}, f"{at}.{name}").items():
            if value is not None:
                number = _number(draft, value, f"{at}.{name} {label!r}")
                values[column_name(form.format(label))] = number
    for name, value in item.items():
        if name in ("x", "y", "cluster") and value is not None:
            _number(draft, value, f"{at}.{name}")
        if value is not None:
            values[column_name(name)] = value
    draft.add_node(key, values)


def _read_link(draft: NetworkDraft, found: object, at: str) -> None:
    """Read a link."""
    link = dict(_object(draft, found, at))
    for name in ("source_id", "target_id"):
        if name not in link:
            raise draft.error(f"{at} has no {name}")
    ends = str(link.pop("source_id")), str(link.pop("target_id"))
    for key in ends:
        if key not in draft.nodes:
            raise draft.error(f"{at} ends in {key!r}, and no item has that id")
    strength = _number(draft, link.pop("strength", 1), f"{at}.strength")
    draft.add_edge(ends, float(strength), link)


def _read_info(draft: NetworkDraft, data: dict[str, Any]) -> None:
    """Read what the file says of itself; a title of ours gives kind and unit."""
    info = dict(_object(draft, data.pop("info", None) or {}, "info"))
    draft.directed = info.pop("directed", False) is True
    if set(info) == {"title"} and (ours := _TITLE.fullmatch(str(info["title"]))):
        draft.kind, draft.of = ours[1], ours[2]
    elif info:
        draft.manifest["vosviewer_info"] = info
    if config := data.pop("config", None):
        draft.manifest["vosviewer_config"] = config


def _loaded(draft: NetworkDraft, text: str) -> dict[str, Any]:
    """Parse JSON; an error names the line."""
    try:
        data = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise draft.error(f"broken JSON: {error.msg}", error.lineno) from None
    except (ValueError, RecursionError) as error:
        raise draft.error(f"JSON that cannot be read: {str(error)[:80]}") from None
    return _object(draft, data, "the file")


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _object(draft: NetworkDraft, value: object, at: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise draft.error(f"{at} is no object")
    return value


def _array(draft: NetworkDraft, network: dict[str, Any], name: str) -> list[Any]:
    values = network.pop(name, None) or []
    if not isinstance(values, list):
        raise draft.error(f"network.{name} is no array")
    return values


def _number(draft: NetworkDraft, value: object, at: str) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise draft.error(f"{at} is {str(value)[:80]!r}, which is no number")
    return value


VOSVIEWER_JSON = NetworkFormat(
    name="vosviewer",
    title="VOSviewer JSON",
    suffixes=(".json",),
    files=one_file(format_vosviewer),
    matches=_matches,
    read=_read,
)
