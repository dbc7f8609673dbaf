"""The methods paragraph: what was done, with which parameters, after whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.cleaning.clean import STEPS

if TYPE_CHECKING:
    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["methods"]

_STAGES = {
    "similarity": "Similarity of nodes",
    "backbones": "Edges kept",
    "clustering": "Clusters",
    "layout": "Places on the map",
    "centrality": "Standing of nodes",
}
_LEFT_OUT = ("labels", "reference", "references", "rule")


def methods(given: ReportInput) -> dict[str, Any]:
    """Tell how the figures of a report came about.

    Parameters
    ----------
    given : ReportInput
        What is reported.

    Returns
    -------
    dict
        ``steps`` of the corpus, ``maps`` with their stages, ``references`` (papers, each
        once, in the order used), ``rules`` (cleaning rules with how often each changed a
        value) and ``code`` that does the same again.
    """
    references: list[str] = []
    maps = [_map_stages(net, references) for net in given.networks]
    return {
        "steps": [_step(step) for step in given.corpus.history],
        "maps": maps,
        "references": references,
        "rules": given.corpus.sql(
            "SELECT rule, COUNT(*) AS n FROM changes GROUP BY rule ORDER BY n DESC, rule"
        ),
        "code": _code(given),
    }


def _map_stages(net: Network, references: list[str]) -> dict[str, Any]:
    """Describe the stages of one map, and note the papers they cite."""
    manifest = net.manifest
    _cite(manifest, references)
    stages = []
    for name, title in _STAGES.items():
        told = manifest.get(name)
        for entry in told if isinstance(told, list | tuple) else [told]:
            if isinstance(entry, dict):
                _cite(entry, references)
                stages.append((title, entry.get("rule"), _pairs(entry)))
    return {
        "kind": net.kind,
        "of": net.of,
        "rule": manifest.get("rule", ""),
        "parameters": _pairs(manifest.get("parameters", {})),
        "stages": stages,
    }


def _cite(entry: dict[str, Any], references: list[str]) -> None:
    """Note the papers that an entry of a manifest names."""
    cited = entry.get("references", entry.get("reference", []))
    for paper in [cited] if isinstance(cited, str) else cited or []:
        if paper not in references:
            references.append(paper)


def _step(step: dict[str, object]) -> tuple[str, list[tuple[str, str]]]:
    """Name a step of the corpus and its parameters."""
    return str(step["step"]), _pairs({k: v for k, v in step.items() if k not in {"step", "rule"}})


def _pairs(entry: dict[str, Any]) -> list[tuple[str, str]]:
    """Write parameters for people."""
    return [
        (name.replace("_", " "), _shown(value))
        for name, value in entry.items()
        if name not in _LEFT_OUT and value is not None
    ]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_shown(item) for item in value)
    return str(value)


def _code(given: ReportInput) -> str:
    """Write the lines of Python that make the same report."""
    paths = ", ".join(repr(path) for path in given.paths) or '"refs.txt"'
    seed = f", seed={given.seed}" if given.seed else ""
    taken = {step["step"] for step in given.corpus.history}
    steps = ", ".join(repr(name) for name in STEPS if name in taken)
    chosen = "" if taken >= set(STEPS) else f", steps=[{steps}]"
    return (
        "import nqp_biblio as nb\n"
        f"corpus = nb.find_topics(nb.clean(nb.read({paths}){chosen}))\n"
        f'nb.write_report(corpus, "report.html"{seed})'
    )
