"""The services that can be asked: where they are, how fast, and how a key is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from nqp_biblio.errors import UnknownNameError

__all__ = ["SERVICES", "Limit", "Service", "service_of"]


class Limit(NamedTuple):
    """How fast and how often at once a service may be asked."""

    rate: float
    """Requests per second."""
    concurrency: int = 1
    """Requests at the same time."""


@dataclass(frozen=True, slots=True)
class Service:
    """One service of the web.

    Parameters
    ----------
    name : str
        Its name here, such as ``"crossref"``.
    base : str
        What every address of it begins with.
    limit : Limit
        For those who do not say who they are.
    polite, keyed : Limit, optional
        For those who give an address of e-mail, or a key.
    mailto_parameter : str, optional
        Where the address of e-mail goes in the query; else it goes into the User-Agent, which
        no log of addresses shows.
    needs_mailto : bool
        Whether it answers nobody without an address of e-mail.
    key_header, key_prefix : str
        Where a key goes, and what stands before it.
    key_variables : tuple of str
        Variables of the environment that may hold the key.
    needs_key : bool
        Whether it answers nobody without a key.
    hosts : tuple of str
        Hosts that it may redirect to, beside its own.
    envelope : str, optional
        The field of an answer that must hold an object or a list.
    """

    name: str
    base: str
    limit: Limit
    polite: Limit | None = None
    keyed: Limit | None = None
    mailto_parameter: str | None = None
    needs_mailto: bool = False
    key_header: str | None = None
    key_prefix: str = ""
    key_variables: tuple[str, ...] = ()
    needs_key: bool = False
    hosts: tuple[str, ...] = ()
    envelope: str | None = None

    def limit_for(self, *, mailto: bool, key: bool) -> Limit:
        """Tell how fast it may be asked by who gives an address of e-mail or a key.

        Parameters
        ----------
        mailto, key : bool
            What is given.

        Returns
        -------
        Limit
            The best that this earns, as documented.

        Examples
        --------
        >>> SERVICES["crossref"].limit_for(mailto=False, key=False)
        Limit(rate=5.0, concurrency=1)
        """
        if key and self.keyed:
            return self.keyed
        return self.polite if mailto and self.polite else self.limit


# The agencies that doi.org sends to for machine-readable metadata.
_DOI_HOSTS = (
    "www.doi.org",
    "dx.doi.org",
    "api.crossref.org",
    "data.crossref.org",
    "data.crosscite.org",
    "data.datacite.org",
    "api.datacite.org",
    "data.medra.org",
    "api.medra.org",
    "api.japanlinkcenter.org",
    "japanlinkcenter.org",
    "www.chinadoi.cn",  # ISTIC
    "dx.chinadoi.cn",
    "www.doi.or.kr",  # KISTI
    "doi.or.kr",
)

_ALL = (
    Service(
        "crossref",
        "https://api.crossref.org/v1",
        Limit(5.0, 1),
        polite=Limit(10.0, 3),
        key_header="Crossref-Plus-API-Token",
        key_prefix="Bearer ",
        key_variables=("CROSSREF_PLUS_API_TOKEN",),
        envelope="message",
    ),
    Service(
        "datacite",
        "https://api.datacite.org",
        Limit(500 / 300, 1),
        polite=Limit(1000 / 300, 2),
        envelope="data",
    ),
    Service("doi", "https://doi.org", Limit(5.0, 1), hosts=_DOI_HOSTS),
    Service(
        "europe_pmc",
        "https://www.ebi.ac.uk/europepmc/webservices/rest",
        Limit(3.0, 1),
    ),
    Service(
        "openalex",
        "https://api.openalex.org",
        Limit(5.0, 1),
        keyed=Limit(10.0, 3),
        key_header="Authorization",
        key_prefix="Bearer ",
        key_variables=("OPENALEX_API_KEY",),
    ),
    Service(
        "opencitations",
        "https://api.opencitations.net/index/v2",
        Limit(3.0, 1),
        key_header="authorization",
        key_variables=("OPENCITATIONS_ACCESS_TOKEN",),
    ),
    Service(
        "opencitations_meta",
        "https://api.opencitations.net/meta/v1",
        Limit(3.0, 1),
        key_header="authorization",
        key_variables=("OPENCITATIONS_ACCESS_TOKEN",),
    ),
    Service(
        "ror",
        "https://api.ror.org/v2",
        Limit(50 / 300, 1),
        keyed=Limit(2000 / 300, 2),
        key_header="Client-Id",
        key_variables=("ROR_CLIENT_ID",),
    ),
    Service(
        "semantic_scholar",
        "https://api.semanticscholar.org/graph/v1",
        Limit(1.0, 1),
        keyed=Limit(1.0, 1),
        key_header="x-api-key",
        key_variables=("S2_API_KEY", "SEMANTIC_SCHOLAR_API_KEY"),
    ),
    Service(
        "unpaywall",
        "https://api.unpaywall.org/v2",
        Limit(2.0, 1),
        mailto_parameter="email",
        needs_mailto=True,
    ),
)

SERVICES: dict[str, Service] = {service.name: service for service in _ALL}


def service_of(name: str) -> Service:
    """Find a service by its name.

    Parameters
    ----------
    name : str
        Its name.

    Returns
    -------
    Service
        The service.

    Raises
    ------
    UnknownNameError
        If there is none of that name.

    Examples
    --------
    >>> service_of("crosref")
    Traceback (most recent call last):
    nqp_biblio.errors.UnknownNameError: unknown service 'crosref'; known: crossref, datacite, doi, \
europe_pmc, openalex, opencitations, opencitations_meta, ror, semantic_scholar, unpaywall. \
Did you mean 'crossref'?
    """
    if name not in SERVICES:
        raise UnknownNameError("service", name, SERVICES)
    return SERVICES[name]
