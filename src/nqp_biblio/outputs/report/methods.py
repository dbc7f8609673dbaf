"""The methods paragraph: what was done, with which parameters, after whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nqp_biblio.cleaning.clean import STEPS
from nqp_biblio.outputs.report.paragraph import STAGES, paragraph_of, shown_pairs

if TYPE_CHECKING:
    from nqp_biblio.networks.network import Network
    from nqp_biblio.outputs.report.given import ReportInput

__all__ = ["methods"]


def methods(given: ReportInput) -> dict[str, Any]:
    """Tell how the figures of a report came about.

    Parameters
    ----------
    given : ReportInput
        What is reported.

    Returns
    -------
    dict
        ``steps`` of the corpus, ``maps`` with their stages, the ``paragraph`` (sentences),
        ``references`` (papers, each once, in the order used), ``rules`` (cleaning
        rules with how often each changed a
        value) and ``code`` that does the same again.
    """
    paragraph = paragraph_of(
        given.corpus,
        networks=given.networks,
        results=list(given.results.values()),
        as_of=given.as_of,
    )
    return {
        "steps": [_step(step) for step in given.corpus.history],
        "maps": [_map_stages(net) for net in given.networks],
        "paragraph": paragraph.sentences,
        "references": paragraph.references,
        "rules": given.corpus.sql(
            "SELECT rule, COUNT(*) AS n FROM changes GROUP BY rule ORDER BY n DESC, rule"
        ),
        "code": _code(given),
    }


def _map_stages(net: Network) -> dict[str, Any]:
    """Describe the stages of one map."""
    manifest = net.manifest
    stages = []
    for name, title in STAGES.items():
        told = manifest.get(name)
        stages += [
            (title, entry.get("rule"), shown_pairs(entry))
            for entry in (told if isinstance(told, list | tuple) else [told])
            if isinstance(entry, dict)
        ]
    return {
        "kind": net.kind,
        "of": net.of,
        "rule": manifest.get("rule", ""),
        "parameters": shown_pairs(manifest.get("parameters", {})),
        "stages": stages,
    }


def _step(step: dict[str, object]) -> tuple[str, list[tuple[str, str]]]:
    """Name a step of the corpus and its parameters."""
    return str(step["step"]), shown_pairs(
        {k: v for k, v in step.items() if k not in {"step", "rule"}}
    )


def _code(given: ReportInput) -> str:
    """Write the lines of Python that make the same report."""
    paths = ", ".join(repr(path) for path in given.paths) or '"refs.txt"'
    seed = f", seed={given.seed}" if given.seed else ""
    taken = given.corpus.steps
    steps = ", ".join(repr(name) for name in STEPS if name in taken)
    chosen = "" if taken >= set(STEPS) else f", steps=[{steps}]"
    kept = "".join(
        f".filter({str(step['where'])!r})"
        for step in given.corpus.history
        if step["step"] == "filter" and "where" in step
    )
    return (
        "import nqp_biblio as nb\n"
        f"corpus = nb.find_topics(nb.clean(nb.read({paths}){chosen}){kept})\n"
        f'nb.write_report(corpus, "report.html"{seed}{_options(given)})'
    )


def _options(given: ReportInput) -> str:
    """Write the options of the report that are not the usual ones."""
    lang = f", lang={given.lang!r}" if given.lang != "en" else ""
    return lang + (f", as_of={given.as_of!r}" if given.as_of is not None else "")
