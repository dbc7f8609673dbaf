"""Kinds of reference in Citavi, to the types of CSL."""

from __future__ import annotations

__all__ = ["type_of"]

_TYPES: dict[str, str] = {
    "AgencyReport": "report",
    "ArchiveMaterial": "manuscript",
    "AudioBook": "song",
    "AudioOrVideoDocument": "motion_picture",
    "Book": "book",
    "BookEdited": "book",
    "Broadcast": "broadcast",
    "CollectedWorks": "book",
    "ComputerProgram": "software",
    "ConferenceProceedings": "book",
    "Contribution": "chapter",
    "ContributionInLegalCommentary": "chapter",
    "CourtDecision": "legal_case",
    "File": "document",
    "InternetDocument": "webpage",
    "InterviewMaterial": "interview",
    "JournalArticle": "article-journal",
    "Lecture": "speech",
    "LegalCommentary": "book",
    "Manuscript": "manuscript",
    "Map": "map",
    "Movie": "motion_picture",
    "MusicAlbum": "song",
    "MusicTrack": "song",
    "NewsAgencyReport": "article-newspaper",
    "NewspaperArticle": "article-newspaper",
    "Patent": "patent",
    "PersonalCommunication": "personal_communication",
    "PressRelease": "document",
    "RadioPlay": "broadcast",
    "SpecialIssue": "periodical",
    "Standard": "standard",
    "StatuteOrRegulation": "legislation",
    "Thesis": "thesis",
    "Unknown": "document",
    "UnpublishedWork": "manuscript",
}
_TYPE_WITHIN: dict[str, str] = {
    "ConferenceProceedings": "paper-conference",
    "SpecialIssue": "article-journal",
}


def type_of(kind: str, parent: str = "") -> str | None:
    """Return the CSL type of a kind of reference, None where there is none for it.

    Parameters
    ----------
    kind : str
        The kind, with or without blanks.
    parent : str
        The kind of the work that it stands in.

    Examples
    --------
    >>> type_of("Journal Article"), type_of("Contribution", "ConferenceProceedings")
    ('article-journal', 'paper-conference')
    """
    found = _TYPES.get(kind.replace(" ", ""))
    return _TYPE_WITHIN.get(parent, found) if found == "chapter" else found
