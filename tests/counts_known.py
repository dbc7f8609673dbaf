"""Works of real files by hand, where another count says otherwise, and why."""

# ruff: noqa: E501  names of files are as long as they are

from __future__ import annotations

COUNTS_KNOWN: dict[str, tuple[int, str]] = {
    "biblatex/RefManageR-RJC.bib": (
        494,
        "30 entries repeat a key; all are kept, and each repetition is a problem",
    ),
    "biblatex/RefManageR-test.bib": (
        38,
        "3 entries have a field volume twice, and the last of two @set is commented out",
    ),
    "biblatex/biber-examples.bib": (
        129,
        "3 @set name other entries and are no works; one key stands twice",
    ),
    "biblatex/biber-names.bib": (
        38,
        "2 of 40 are commented out: %@BOOK{L27 and %@BOOK{L28",
    ),
    "biblatex/biber-skips.bib": (
        10,
        "1 @set names other entries and is no work",
    ),
    "biblatex/biber-tool.bib": (
        12,
        "6 @xdata hold fields for others and are no works",
    ),
    "biblatex/biber-xdata.bib": (
        7,
        "19 @xdata hold fields for others and are no works; 7 @book do",
    ),
    "biblatex/typst-cross.bib": (
        7,
        "3 @xdata hold fields for others and are no works",
    ),
    "biblatex/typst-invalid-gral_rep_key.bib": (
        84,
        "one key stands twice; both works are kept",
    ),
    "biblatex/typst-invalid-incorrect_syntax.bib": (
        2,
        "one entry has a sign in the place of the equals sign; it is kept",
    ),
    "bibtex-encodings/jabref-tiny-BE-noBOM.bib": (
        1,
        "UTF-16 without a byte order mark: one @article",
    ),
    "bibtex-encodings/jabref-tiny-LE-noBOM.bib": (
        1,
        "UTF-16 without a byte order mark: one @article",
    ),
    "bibtex/Scopus-Web-Of--WoS_Fibre_2_Dec2020.bib": (
        318,
        "one entry has a field Organization twice",
    ),
    "bibtex/bbt-BBT_Zotfile_creating_duplicate_files_in_the_wrong_location_2300.bib": (
        7,
        "3 entries have a field file twice",
    ),
    "bibtex/bbt-Endnote_should_parse.bib": (
        1,
        "an entry without key, @article{ and a line end, is a work",
    ),
    "bibtex/bbt-Import_from_Clipboard_stopped_working_2377.bib": (
        1,
        "one entry, whose syntax is broken, is kept",
    ),
    "bibtex/bbt-Issues_with_round_instead_of_curly_braces_do_not_import_correctly_871.bib": (
        1,
        "one entry in round brackets, beside a @string",
    ),
    "bibtex/bbt-Maintain_the_JabRef_group_and_subgroup_structure_when_importing_a_BibTeX_db_97.bib": (
        911,
        "911 entries beside 4 @Comment and a @Preamble; two of the 913 counted are none",
    ),
    "bibtex/bbt-Report_number_field_is_incorrectly_translated_into_the_issue_field_when_importing_a_dataset_from_a_.bib_fi": (
        1,
        "one entry by hand",
    ),
    "bibtex/bbt-Report_number_field_is_incorrectly_translated_into_the_issue_field_when_importing_a_jurisdiction_from_a_.b": (
        1,
        "one entry by hand",
    ),
    "bibtex/bbt-Report_number_field_is_incorrectly_translated_into_the_issue_field_when_importing_a_legislation_from_a_.bi": (
        1,
        "one entry by hand",
    ),
    "bibtex/bbt-Report_number_field_is_incorrectly_translated_into_the_issue_field_when_importing_a_patent_from_a_.bib_fil": (
        1,
        "one entry by hand",
    ),
    "bibtex/bbt-Report_number_field_is_incorrectly_translated_into_the_issue_field_when_importing_a_standard_from_a_.bib_f": (
        1,
        "one entry by hand",
    ),
    "bibtex/bbt-Some_bibtex_entries_quietly_discarded_on_import_from_bib_file_873.bib": (
        988,
        "988 entries, of which 14 repeat a key and many stand in round brackets",
    ),
    "bibtex/bbt-Title_of_German_entry_converted_to_lowercase_during_import_1350.bib": (
        4,
        "one key stands twice; both works are kept",
    ),
    "bibtex/bbt-Unabbreviate_on_import_1436-2.bib": (
        1053,
        "one key, Jacobsson_2016, stands twice; both works are kept",
    ),
    "bibtex/bbt-web_page_and_other_mendeley_idiocy.bib": (
        512,
        "61 entries repeat a key or have none",
    ),
    "bibtex/buhos-ebscohost_wrong_1.bib": (
        199,
        "one key stands twice; both works are kept",
    ),
    "bibtex/buhos-scielo.bib": (
        13,
        "one key, MARTA2012, stands twice; both works are kept",
    ),
    "bibtex/buhos-scopus_wrong_2.bib": (
        37,
        "4 entries have a field funding_details twice, and one key stands twice",
    ),
    "bibtex/citationjs-different_delimiters.bib": (
        2,
        "an entry that begins with a brace and ends with a bracket is kept",
    ),
    "bibtex/citationjs-one_simple_entry.bib": (
        1,
        "the entry has a field pmid twice",
    ),
    "bibtex/colrev-bib_data.bib": (
        6,
        "one key stands twice; both works are kept",
    ),
    "bibtex/jabref-BibtexImporter.examples.bib": (
        2,
        "2 @set name other entries and are no works",
    ),
    "bibtex/jabref-testbib-simple-search-library.bib": (
        16,
        "16 entries with an empty key",
    ),
    "bibtex/pybibx-scopus.bib": (
        263,
        "35 entries have a field funding_details twice, and one key stands twice",
    ),
    "bibtex/rebiber-example_input.bib": (
        194,
        "2 entries repeat a key; all are kept",
    ),
    "bibtex/synthesisr-Scopus_bib_example.bib": (
        3,
        "one entry has a field funding_details twice",
    ),
    "ris/rispy-example_wos.ris": (
        2,
        "a file of Web of Science under the ending .ris: PT J twice",
    ),
    "jats/ads-24-jats-records.xml": (24, "24 articles in one file"),
    "pubmed-nbib/asreview-pubmed_endnote.txt": (6, "RIS with 6 TY tags"),
    "pubmed-nbib/jabref-MedlinePlainImporterTestMultipleEntries.txt": (7, "7 PMID tags"),
    "pubmed-nbib/nbib-pmc_medlars.txt": (5, "5 PMC tags"),
    "pubmed-nbib/zotero-MEDLINEnbib-04.nbib": (3, "3 records, as the peer says"),
    "pubmed-nbib/zotero-MEDLINEnbib-06.nbib": (4, "4 records, as the peer says"),
    "pubmed-nbib/zotero-MEDLINEnbib-07.nbib": (2, "2 records, as the peer says"),
    "latex/biber-full-bbl.bbl": (1, "one entry in three lists, and one key without an entry"),
}
"""From folder and file to the number of works and the reason."""
