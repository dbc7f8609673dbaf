"""Factors of tables: correspondence analysis, simple and multiple, and classical scaling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nqp_biblio.errors import OptionError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from scipy import sparse

    FloatArray = NDArray[np.float64]

__all__ = [
    "Factors",
    "benzecri",
    "classical_scaling",
    "correspondence",
    "greenacre_total",
    "multiple_correspondence",
]

_SMALLEST = 1e-10
"""Inertia that counts as none, where 1 is the most that an axis can have, or by the total."""


@dataclass(frozen=True, slots=True)
class Factors:
    """Axes of a table, the one of most inertia first, and where rows and columns stand.

    Attributes
    ----------
    inertia : array of shape (n_axes,)
        Of each axis (eigenvalue); axes without any are left out.
    total : float
        Of all axes; of scaling the sum of the absolute eigenvalues.
    columns : array of shape (n_columns, n_axes)
        Principal coordinates.
    rows : array of shape (n_rows, n_axes)
        Principal coordinates; of scaling the columns are the rows.
        Rows may be placed on the first axes alone.
    contribution, row_contribution : arrays of the same shapes
        Share of the inertia of the axis that is due to each, 0 to 1.
    quality : array of shape (n_columns, n_axes)
        Squared cosine: share of the inertia of the column that the axis shows, 0 to 1.
    n_negative : int
        Negative eigenvalues, of distances that no space can hold.
    """

    inertia: FloatArray
    total: float
    columns: FloatArray
    rows: FloatArray
    contribution: FloatArray
    row_contribution: FloatArray
    quality: FloatArray
    n_negative: int = 0


def correspondence(
    table: sparse.csr_array | ArrayLike, *, n_row_axes: int | None = None
) -> Factors:
    """Return the factors of a table of counts.

    Parameters
    ----------
    table : array or csr_array of shape (n_rows, n_columns)
        Counts, none negative; no row and no column is empty. Cost is n_columns^3 and the
        entries times n_columns.
    n_row_axes : int, optional
        The first axes, on which rows are placed; None is all. Memory is that of the rows on
        these axes.

    Returns
    -------
    Factors
        Inertia adds up to chi-squared by the sum of the table. Of each axis the column of the
        largest coordinate is on the positive side.

    Raises
    ------
    OptionError
        If a row or column is empty, or a count negative.

    References
    ----------
    .. [1] Greenacre, M. J. (1984). Theory and Applications of Correspondence Analysis.
       Academic Press.

    Examples
    --------
    Smoking habits of five groups of staff, from the book:

    >>> staff = [[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]]
    >>> found = correspondence(staff)
    >>> round(found.total, 4), found.inertia.round(5).tolist()
    (0.0852, [0.07476, 0.01002, 0.00041])
    """
    from scipy import sparse

    given: Any = table
    counts: Any = sparse.csr_array(given, dtype=np.float64)
    shares = counts / (counts.sum() or 1.0)
    row_mass: FloatArray = np.asarray(shares.sum(axis=1), dtype=np.float64)
    column_mass: FloatArray = np.asarray(shares.sum(axis=0), dtype=np.float64)
    if (shares.data < 0).any() or not (row_mass.all() and column_mass.all()):
        raise OptionError("a table of counts must have no negative count, empty row or column")
    by_row = sparse.diags_array(row_mass**-0.5)
    by_column = sparse.diags_array(column_mass**-0.5)
    scaled: Any = sparse.csr_array(by_row @ shares @ by_column)
    root = np.sqrt(column_mass)
    products = (scaled.T @ scaled).toarray() - np.outer(root, root)
    inertia, vectors = _axes(products, 1.0)
    columns = vectors / root[:, None] * np.sqrt(inertia)
    shown = vectors[:, :n_row_axes] / root[:, None]
    rows = sparse.diags_array(1 / row_mass) @ (shares @ shown)
    own = np.maximum(np.diag(products), 0.0)[:, None]
    return Factors(
        inertia,
        float(np.trace(products)),
        columns,
        rows,
        vectors**2,
        row_mass[:, None] * rows**2 / inertia[:n_row_axes],
        _ratio(vectors**2 * inertia, own),
    )


def multiple_correspondence(
    indicator: sparse.csr_array | ArrayLike, *, n_row_axes: int | None = None
) -> Factors:
    """Return the factors of yes-or-no variables, each of two categories.

    Parameters
    ----------
    indicator : array or csr_array of shape (n_rows, n_variables)
        One where the row has it. No variable is the same in all rows. Cost is n_variables^3
        and the entries times n_variables.
    n_row_axes : int, optional
        The first axes, on which rows are placed; None is all.

    Returns
    -------
    Factors
        Of the indicator matrix with both categories of each variable, whose inertia adds up to
        1; that of the Burt matrix is its square. Columns are the categories "yes". With two
        categories each, the axes are those of the correlations of the variables, by their
        number [1]_, which is how they are found.

    Raises
    ------
    OptionError
        If a variable is the same in all rows.

    References
    ----------
    .. [1] Greenacre, M. & Blasius, J. (eds.) (2006). Multiple Correspondence Analysis and
       Related Methods. Chapman & Hall/CRC. https://doi.org/10.1201/9781420011319

    Examples
    --------
    >>> found = multiple_correspondence([[1, 0], [1, 0], [0, 1], [1, 1]])
    >>> found.inertia.round(4).tolist(), round(found.total, 4)
    ([0.7887, 0.2113], 1.0)
    """
    from scipy import sparse

    given: Any = indicator
    has: Any = sparse.csr_array(given, dtype=np.float64)
    n, n_variables = has.shape
    share = has.sum(axis=0) / max(n, 1)
    spread = np.sqrt(share * (1 - share))
    if not spread.all():
        raise OptionError("a variable that all rows have, or none, cannot part them")
    together = (has.T @ has).toarray() / n - np.outer(share, share)
    roots, vectors = _axes(together / np.outer(spread, spread), 1.0)
    loadings = vectors * np.sqrt(roots)
    inertia = roots / n_variables
    # standard coordinates of the rows: mean 0 and variance 1 on each axis
    shown = vectors[:, :n_row_axes] / np.sqrt(roots[:n_row_axes])
    scores = has @ (shown / spread[:, None]) - (share / spread) @ shown
    columns = np.sqrt((1 - share) / share)[:, None] * loadings
    return Factors(
        inertia,
        1.0,
        columns,
        scores * np.sqrt(inertia[:n_row_axes]),
        share[:, None] / n_variables * columns**2 / inertia,
        scores**2 / n,
        loadings**2,
    )


def classical_scaling(distances: ArrayLike) -> Factors:
    """Place items so that their distances are those given, as far as few axes can.

    Parameters
    ----------
    distances : array of shape (n_items, n_items)
        Symmetric, with a diagonal of 0. Cost is n_items^3.

    Returns
    -------
    Factors
        Eigenvalues above 0 and their coordinates. Those below 0, of distances that no space
        can hold, are counted, and their absolute values are in the total [1]_.

    Raises
    ------
    OptionError
        If the distances are not symmetric, or an item is not at itself.

    References
    ----------
    .. [1] Mardia, K. V. (1978). Some properties of classical multi-dimensional scaling.
       Communications in Statistics - Theory and Methods 7(13), 1233-1241.
       https://doi.org/10.1080/03610927808827707

    Examples
    --------
    >>> found = classical_scaling([[0, 3, 4], [3, 0, 5], [4, 5, 0]])
    >>> a, b, c = found.columns
    >>> round(float(np.hypot(*(a - b))), 6), round(float(np.hypot(*(b - c))), 6)
    (3.0, 5.0)
    """
    far = np.asarray(distances, dtype=np.float64)
    if far.ndim != 2 or not np.allclose(far, far.T) or np.diag(far).any():  # noqa: PLR2004
        raise OptionError("distances must be symmetric, and each item at itself")
    squares = far**2
    mean = squares.mean(axis=0) if len(far) else squares.sum(axis=0)
    products = -(squares - mean[None, :] - mean[:, None] + (mean.mean() if len(far) else 0.0)) / 2
    every = np.linalg.eigvalsh(products)
    total = float(np.abs(every).sum())
    inertia, vectors = _axes(products, total)
    columns = vectors * np.sqrt(inertia)
    quality = _ratio(columns**2, np.maximum(np.diag(products), 0.0)[:, None])
    n_negative = int((every < -_SMALLEST * max(total, 1e-300)).sum())
    return Factors(
        inertia,
        total,
        columns,
        columns,
        vectors**2,
        vectors**2,
        np.minimum(quality, 1.0),
        n_negative,
    )


def benzecri(inertia: FloatArray, n_variables: int) -> FloatArray:
    """Return Benzécri's adjusted inertia of the axes of a multiple correspondence analysis.

    Parameters
    ----------
    inertia : array of shape (n_axes,)
        Of the indicator matrix.
    n_variables : int
        Variables, Q.

    Returns
    -------
    array of shape (n_axes,)
        (Q / (Q - 1))^2 (e - 1 / Q)^2 where e is above 1 / Q, else 0.

    References
    ----------
    .. [1] Benzécri, J.-P. (1979). Sur le calcul des taux d'inertie dans l'analyse d'un
       questionnaire. Les cahiers de l'analyse des données 4(3), 377-378.

    Examples
    --------
    >>> benzecri(np.array([0.75, 0.25]), 2).tolist()
    [0.25, 0.0]
    """
    if n_variables < 2:  # noqa: PLR2004  one variable shows nothing beside itself
        return np.zeros(len(inertia))
    beyond = np.maximum(inertia - 1 / n_variables, 0.0)
    return np.asarray((n_variables / (n_variables - 1)) ** 2 * beyond**2, dtype=np.float64)


def greenacre_total(inertia: FloatArray, n_variables: int) -> float:
    """Return Greenacre's total, by which adjusted inertia is no longer too good.

    Parameters
    ----------
    inertia : array of shape (n_axes,)
        Of the indicator matrix, all axes.
    n_variables : int
        Variables Q, of two categories each.

    Returns
    -------
    float
        Q / (Q - 1) (sum of e^2 - 1 / Q): the mean inertia of the tables of two different
        variables.

    Examples
    --------
    >>> greenacre_total(np.array([0.75, 0.25]), 2)
    0.25
    """
    if n_variables < 2:  # noqa: PLR2004
        return 0.0
    squares = float((inertia**2).sum())
    return n_variables / (n_variables - 1) * (squares - 1 / n_variables)


def _axes(products: FloatArray, scale: float) -> tuple[FloatArray, FloatArray]:
    """Return eigenvalues above 0, the largest first, and their vectors with a fixed sign."""
    if not len(products):
        return np.zeros(0), np.zeros((0, 0))
    values, vectors = np.linalg.eigh((products + products.T) / 2)
    values, vectors = values[::-1], vectors[:, ::-1]
    # what is as small as this beside the whole is an axis that rounding made
    kept = values > max(_SMALLEST * scale, 1e-300)
    values, vectors = values[kept], vectors[:, kept]
    largest = np.abs(vectors).round(9).argmax(axis=0) if kept.any() else np.zeros(0, dtype=int)
    signs = np.sign(vectors[largest, np.arange(vectors.shape[1])])
    return values, vectors * signs


def _ratio(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Divide; nothing of nothing is 0."""
    return np.asarray(part / np.where(whole > 0, whole, np.inf), dtype=np.float64)
