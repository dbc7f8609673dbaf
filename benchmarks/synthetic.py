"""Make a saved corpus of any size from the generator of synthetic citations.

Run ``python benchmarks/synthetic.py GENERATOR N_WORKS FOLDER``; the generator is a file
``gen.py`` with ``gen(n_works)``, which gives works, references, keywords and authors as arrays.
The same numbers make the same corpus.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np

from nqp_biblio.corpus.folders import MAKER, MANIFEST, fresh_folder
from nqp_biblio.schema import FORMAT_VERSION, TABLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Arrays = dict[str, NDArray[Any]]

HUB_SHARE = 0.03  # no reference is cited by more of the works
COUNTRIES = ("US", "CN", "GB", "DE", "ES", "IT", "FR", "BR", "IN", "JP", "NL", "SE", "AU", "CA")
HISTORY = ("read", "normalise", "link_references", "find_places", "disambiguate_authors")

QUERIES = {
    "works": """
        SELECT CAST(n AS BIGINT) + 1 AS work_id, 'record' AS role, 'w' || n AS key,
          CASE WHEN n % 10 = 0 THEN 'review' ELSE 'article-journal' END AS type,
          'On topic ' || topic || ', part ' || n AS title,
          CAST(year AS BIGINT) AS publication_year, CAST(venue AS BIGINT) + 1 AS source_id,
          'Journal ' || venue AS source_raw, 'en' AS language,
          CAST(cites AS BIGINT) AS cited_by_count, 'synthetic' AS file, 'synthetic' AS format,
          CAST(n AS BIGINT) + 1 AS line
        FROM works""",
    "authorships": """
        SELECT CAST(work AS BIGINT) + 1 AS work_id, 'author' AS role,
          ROW_NUMBER() OVER (PARTITION BY work ORDER BY hash(author), author) AS position,
          CAST(author AS BIGINT) + 1 AS author_id, 'Author' || author || ', A.' AS author,
          'Author' || author AS family, 'A.' AS given, 'Author' || author || ', A' AS name_raw
        FROM au""",
    "affiliations": """
        SELECT CAST(work AS BIGINT) + 1 AS work_id,
          ROW_NUMBER() OVER (PARTITION BY work ORDER BY author) AS position,
          CAST(NULL AS BIGINT) AS author_position,
          'Univ ' || (author % 5003) AS affiliation_raw,
          CAST(author % 5003 AS BIGINT) + 1 AS institution_id,
          'University ' || (author % 5003) AS institution,
          countries[1 + CAST(sqrt(author % 5003) AS BIGINT) % len(countries)] AS country_code,
          author % 7 = 0 AS is_corresponding
        FROM (SELECT * FROM au WHERE author % 3 = 0) placed, named""",
    "sources": """
        SELECT CAST(venue AS BIGINT) + 1 AS source_id, 'Journal ' || venue AS display_name,
          COUNT(*) AS n_works, CAST(1 AS BIGINT) AS n_variants
        FROM works GROUP BY venue""",
    "institutions": """
        SELECT CAST(k AS BIGINT) + 1 AS institution_id, 'University ' || k AS display_name,
          countries[1 + CAST(sqrt(k) AS BIGINT) % len(countries)] AS country_code, n AS n_works,
          CAST(1 AS BIGINT) AS n_variants
        FROM (SELECT author % 5003 AS k, COUNT(DISTINCT work) AS n FROM au
          WHERE author % 3 = 0 GROUP BY 1) counted, named""",
    "cited_references": """
        SELECT ROW_NUMBER() OVER (ORDER BY citing, cited) AS reference_id,
          CAST(citing AS BIGINT) + 1 AS citing_work_id,
          ROW_NUMBER() OVER (PARTITION BY citing ORDER BY cited) AS position,
          'Author' || (cited % 99991) || ' A, ' || year || ', J ' || (cited % 2003) || ', V'
            || (cited % 97) || ', P' || cited AS raw,
          'Author' || (cited % 99991) || ' A' AS first_author, year AS publication_year,
          'J ' || (cited % 2003) AS source_raw, CAST(cited % 97 AS VARCHAR) AS volume,
          CAST(cited AS VARCHAR) AS first_page,
          CASE WHEN cited < n_works THEN CAST(cited AS BIGINT) + 1 END AS work_id,
          CAST(cited AS BIGINT) + 1 AS cited_work_id, 'doi' AS link_rule,
          CAST(1.0 AS DOUBLE) AS link_score
        FROM (SELECT r.citing, r.cited, t.n_works, CAST(COALESCE(w.year, o.first_cited
            - CAST(floor(pow(hash(r.cited) % 9973 / 9973.0, 3) * 60) AS BIGINT))
            AS BIGINT) AS year
          FROM refs r LEFT JOIN works w ON r.cited = w.n, total t,
            (SELECT cited, MIN(year) AS first_cited FROM refs, works WHERE citing = n
              GROUP BY cited) o
          WHERE o.cited = r.cited) dated""",
    "terms": """
        SELECT CAST(work AS BIGINT) + 1 AS work_id, 'author_keyword' AS kind,
          ROW_NUMBER() OVER (PARTITION BY work ORDER BY kw) AS position,
          'word ' || kw AS term, 'word ' || kw AS term_raw
        FROM kw""",
}


def generator(path: Path) -> types.ModuleType:
    """Load the generator; what it needs only to write files is not needed here."""
    for name in ("pyarrow", "pyarrow.parquet"):
        sys.modules.setdefault(name, types.ModuleType(name))
    sys.modules["pyarrow"].parquet = sys.modules["pyarrow.parquet"]  # type: ignore[attr-defined]
    spec = importlib.util.spec_from_file_location("gen", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def without_hubs(refs: Arrays, n_works: int) -> Arrays:
    """Thin out the references of the most cited, as real corpora have no such hubs."""
    counts = np.bincount(refs["cited"])
    share = np.minimum(1, HUB_SHARE * n_works / np.maximum(counts, 1))
    kept = np.random.default_rng(3).random(len(refs["cited"])) < share[refs["cited"]]
    return {name: values[kept] for name, values in refs.items()}


def select(table: str) -> str:
    """Return the query of a table with every column that the schema has, in its order."""
    made = QUERIES.get(table, "SELECT 1 AS none WHERE FALSE")
    found = f"SELECT * FROM ({made}) made"
    given = {row[0] for row in duckdb.execute(f"DESCRIBE {found}").fetchall()}
    cells = [
        f"CAST({c.name if c.name in given else 'NULL'} AS {c.type}) AS {c.name}"
        for c in TABLES[table].columns
    ]
    return f"SELECT {', '.join(cells)} FROM ({made}) made ORDER BY {', '.join(TABLES[table].order)}"


def write(module: types.ModuleType, n_works: int, folder: Path) -> None:
    """Write the corpus."""
    works, refs, words, authors = module.gen(n_works)
    works["n"] = np.arange(n_works, dtype=np.int64)
    tables = {"works": works, "refs": without_hubs(refs, n_works), "kw": words, "au": authors}
    for name, arrays in tables.items():
        duckdb.register(name, arrays)
    duckdb.sql(f"CREATE TEMP TABLE named AS SELECT {list(COUNTRIES)} AS countries")
    duckdb.sql(f"CREATE TEMP TABLE total AS SELECT {n_works} AS n_works")
    with fresh_folder(folder) as fresh:
        for name in TABLES:
            duckdb.sql(f"COPY ({select(name)}) TO '{fresh / name}.parquet' (FORMAT parquet)")
        history = [{"step": step, "paths": ["synthetic"]} for step in HISTORY]
        manifest = {"made_by": MAKER, "format_version": FORMAT_VERSION, "history": history}
        (fresh / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


if __name__ == "__main__":
    begun = time.perf_counter()
    write(generator(Path(sys.argv[1])), int(sys.argv[2]), Path(sys.argv[3]))
    print(f"{sys.argv[3]}: {int(sys.argv[2]):,} works in {time.perf_counter() - begun:.0f} s")
