"""The styles a reference may be printed in: invented references, one per style and kind."""

from __future__ import annotations

from typing import Any

import pytest

from nqp_biblio.readers.reference_string import parse_reference

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "apa article": (
        (
            "Roe, J. A., & van Dam, K. (2019). Maps of small science."
            " Journal of Maps, 12(3), 45–67. https://doi.org/10.1000/jm.12"
        ),
        {
            "people": ["Roe, J. A.", "van Dam, K."],
            "publication_year": 2019,
            "title": "Maps of small science",
            "source_raw": "Journal of Maps",
            "volume": "12",
            "issue": "3",
            "pages": [("45", "67")],
            "doi": "10.1000/jm.12",
            "type": "article-journal",
        },
    ),
    "apa book": (
        "Roe, J. A. (2019). Maps of small science (2nd ed.). New York, NY: Springer.",
        {
            "title": "Maps of small science",
            "edition": "2nd ed",
            "publisher": "Springer",
            "publisher_place": "New York, NY",
            "type": "book",
        },
    ),
    "apa chapter": (
        (
            "Roe, J. A. (2019). Small maps. In C. Doe & D. Moe (Eds.), Handbook of maps (pp. 1–9)."
            " London: Routledge."
        ),
        {
            "title": "Small maps",
            "source_raw": "Handbook of maps",
            "editors": ["Doe, C.", "Moe, D."],
            "pages": [("1", "9")],
            "publisher": "Routledge",
            "type": "chapter",
        },
    ),
    "apa 7 cut by an ellipsis": (
        "Roe, J., Poe, K., . . . Wu, P. (2019). Maps of science. Journal of Maps, 12, 4–6.",
        {"people": ["Roe, J.", "Poe, K.", "Wu, P."], "et_al": True},
    ),
    "vancouver": (
        (
            "Roe AB, Poe C, Doe DE, et al. Maps of small science. J Clin Maps. 2019 Mar;12(3):45-7."
            " doi: 10.1000/jcm.1. PMID: 12345678"
        ),
        {
            "people": ["Roe, AB", "Poe, C", "Doe, DE"],
            "et_al": True,
            "source_raw": "J Clin Maps",
            "publication_date": "2019-03",
            "volume": "12",
            "issue": "3",
            "pages": [("45", "47")],
            "doi": "10.1000/jcm.1",
            "pmid": "12345678",
        },
    ),
    "plos": (
        "Roe AB, Poe C (2019) Maps of small science. PLoS Maps 8: e1002678. doi: 10.1000/pm.1",
        {
            "title": "Maps of small science",
            "source_raw": "PLoS Maps",
            "volume": "8",
            "article_number": "e1002678",
            "pages": [],
        },
    ),
    "harvard": (
        "Roe, J. (2019) ‘Maps of small science’, Journal of Maps, vol. 12, no. 3, pp. 45–67.",
        {
            "title": "Maps of small science",
            "source_raw": "Journal of Maps",
            "volume": "12",
            "issue": "3",
            "pages": [("45", "67")],
        },
    ),
    "chicago notes": (
        "John Roe, Maps of Small Science (Chicago: University of Chicago Press, 2019), 45.",
        {
            "people": ["Roe, John"],
            "title": "Maps of Small Science",
            "publication_year": 2019,
            "publisher": "University of Chicago Press",
            "publisher_place": "Chicago",
        },
    ),
    "chicago author-date": (
        "Roe, John, and Mary Poe. 2019. “Maps of Small Science.” Journal of Maps 12 (3): 45–67.",
        {
            "people": ["Roe, John", "Poe, Mary"],
            "title": "Maps of Small Science",
            "source_raw": "Journal of Maps",
            "volume": "12",
            "issue": "3",
            "pages": [("45", "67")],
        },
    ),
    "ieee": (
        'J. Roe and R. Poe, "Coupling maps," Scientometrics, vol. 5, no. 1, pp. 10-20, Mar. 2001.',
        {
            "people": ["Roe, J.", "Poe, R."],
            "title": "Coupling maps",
            "source_raw": "Scientometrics",
            "volume": "5",
            "issue": "1",
            "pages": [("10", "20")],
            "publication_date": "2001-03",
        },
    ),
    "ieee proceedings": (
        'J. Roe, "Coupling maps," in Proc. Int. Conf. on Maps, Paris, France, 2001, pp. 10-20.',
        {
            "title": "Coupling maps",
            "source_raw": "Proc. Int. Conf. on Maps",
            "type": "paper-conference",
            "pages": [("10", "20")],
        },
    ),
    "mla": (
        "Roe, John. “Maps of Small Science.” Journal of Maps 12.3 (2019): 45–67. Print.",
        {
            "people": ["Roe, John"],
            "title": "Maps of Small Science",
            "source_raw": "Journal of Maps",
            "volume": "12",
            "issue": "3",
            "pages": [("45", "67")],
        },
    ),
    "lncs": (
        "Roe, J., Poe, K.: Maps of small science. J. Maps 12, 45–67 (2019)",
        {
            "people": ["Roe, J.", "Poe, K."],
            "title": "Maps of small science",
            "source_raw": "J. Maps",
            "volume": "12",
            "pages": [("45", "67")],
            "publication_year": 2019,
        },
    ),
    "lncs proceedings": (
        (
            "Roe, J.: Maps of science. In: Doe, C., Moe, D. (eds.) Proceedings of Maps 2019."
            " LNCS, vol. 123, pp. 4–9. Springer, Heidelberg (2019)"
        ),
        {
            "title": "Maps of science",
            "source_raw": "Proceedings of Maps 2019",
            "series": "LNCS",
            "editors": ["Doe, C.", "Moe, D."],
            "publisher": "Springer",
            "type": "paper-conference",
        },
    ),
    "physics without title": (
        "J. Roe, K. Poe, Nucl. Phys. B250, 465 (1985), hep-ph/0312367",
        {
            "people": ["Roe, J.", "Poe, K."],
            "title": None,
            "source_raw": "Nucl. Phys. B",
            "volume": "250",
            "pages": [("465", "465")],
            "arxiv_id": "hep-ph/0312367",
        },
    ),
    "number of arXiv alone": (
        "J. Roe, A. Poe, Phys. Rev. D86, 054009 (2012), 1202.22811",
        {
            "source_raw": "Phys. Rev. D",
            "volume": "86",
            "article_number": "054009",
            "publication_year": 2012,
            "arxiv_id": "1202.22811",
        },
    ),
    "preprint": (
        "Roe, J. and Poe, K. Maps of small science. arXiv preprint arXiv:1901.00001, 2019.",
        {
            "title": "Maps of small science",
            "arxiv_id": "1901.00001",
            "source_raw": None,
            "type": "article",
        },
    ),
    "thesis": (
        "Roe, J. (2019). Maps of small science. PhD thesis, University of Leiden.",
        {
            "title": "Maps of small science",
            "genre": "PhD thesis",
            "publisher": "University of Leiden",
            "type": "thesis",
        },
    ),
    "report": (
        (
            "World Health Organization. World maps report 2019. "
            "Geneva: World Health Organization; 2019."
        ),
        {
            "people": ["World Health Organization"],
            "title": "World maps report 2019",
            "publisher": "World Health Organization",
            "publisher_place": "Geneva",
            "type": "report",
        },
    ),
    "web page": (
        "Roe J. Maps of small science. 2019. https://example.org/maps (accessed 2 June 2020).",
        {
            "title": "Maps of small science",
            "publication_year": 2019,
            "url": "https://example.org/maps",
            "type": "webpage",
        },
    ),
    "newspaper with day first": (
        "Roe, J., “Towns Build Labs,” Northern Herald, 27 February 2025, p. 3.",
        {
            "title": "Towns Build Labs",
            "source_raw": "Northern Herald",
            "publication_date": "2025-02-27",
            "type": "article-newspaper",
        },
    ),
    "german chapter": (
        (
            "Roe, Jan: Karten. In: Doe, Karl (Hrsg.): Handbuch der Karten."
            " Berlin: Springer 2001, S. 14-16."
        ),
        {
            "people": ["Roe, Jan"],
            "title": "Karten",
            "source_raw": "Handbuch der Karten",
            "editors": ["Doe, Karl"],
            "pages": [("14", "16")],
            "publication_year": 2001,
        },
    ),
    "french book": (
        "Roe, J. 1998. La carte au Moyen Âge, Paris, Hachette.",
        {"title": "La carte au Moyen Âge", "publisher_place": "Paris", "publisher": "Hachette"},
    ),
    "gbt journal": (
        (
            "[3]于海, 刘义, 柴庆, 等. 小科学的地图[J]. 地图学报（自然科学版）, 2012, 52(11):"
            " 1518-1523."
        ),
        {
            "people": ["于, 海", "刘, 义", "柴, 庆"],
            "et_al": True,
            "title": "小科学的地图",
            "source_raw": "地图学报（自然科学版）",
            "volume": "52",
            "issue": "11",
            "pages": [("1518", "1523")],
            "language": "zh",
            "type": "article-journal",
        },
    ),
    "gbt journal without volume": (
        "杨洪. 四库考略[J]．文献，2013（1）：56-75．",
        {
            "people": ["杨, 洪"],
            "source_raw": "文献",
            "volume": None,
            "issue": "1",
            "publication_year": 2013,
            "pages": [("56", "75")],
        },
    ),
    "gbt book with translator": (
        "博伯. 未来与地图[M]. 徐超, 译. 2 版. 北京: 清华出版社, 2023: 35.",
        {
            "title": "未来与地图",
            "translators": ["徐, 超"],
            "edition": "2 版",
            "publisher_place": "北京",
            "publisher": "清华出版社",
            "type": "book",
        },
    ),
    "gbt chapter in English": (
        (
            "ROE L, POE M N. Small maps[M]//DOE W A Jr, DOE W A."
            " Atlas of science: old and new. 5th ed. Philadelphia: Saunders, 1974: 457-472."
        ),
        {
            "people": ["ROE, L", "POE, M N"],
            "title": "Small maps",
            "edition": "5th ed",
            "source_raw": "Atlas of science: old and new",
            "editors": ["DOE, W A, Jr", "DOE, W A"],
            "publisher": "Saunders",
            "pages": [("457", "472")],
            "type": "chapter",
        },
    ),
    "gbt newspaper": (
        "丁文. 数字地图[N]. 中国日报, 2000-11-20(15).",
        {
            "source_raw": "中国日报",
            "publication_date": "2000-11-20",
            "pages": [("15", "15")],
            "type": "article-newspaper",
        },
    ),
    "gbt thesis": (
        "王琦. 地图研究[D]. 武汉: 武汉大学, 2022: 87.",
        {"title": "地图研究", "publisher": "武汉大学", "publication_year": 2022, "type": "thesis"},
    ),
    "gbt patent": (
        "邓一刚. 智能地图: CN101106276A[P]. 2008-01-16.",
        {
            "title": "智能地图",
            "publication_date": "2008-01-16",
            "type": "patent",
            "fields": [("number", "CN101106276A")],
        },
    ),
    "gbt web page": (
        "北京地图馆. 服务章程[EB/OL]. (2021-04-21)[2023-05-02]. http://example.org/a.htm.",
        {
            "people": ["北京地图馆"],
            "title": "服务章程",
            "publication_date": "2021-04-21",
            "url": "http://example.org/a.htm",
            "type": "webpage",
        },
    ),
    "chinese thesis": (
        "[35] 司马芳：《地图神经网络的应用》，博士论文，华南地图大学，2003年.",
        {
            "title": "地图神经网络的应用",
            "genre": "博士论文",
            "publisher": "华南地图大学",
            "publication_year": 2003,
            "type": "thesis",
        },
    ),
    "chinese page with its day": (
        "[25] 孔旭平、赵秀：《地图的影响》，www.example.cn/，2013年12月15日.",
        {"title": "地图的影响", "publication_year": 2013},
    ),
    "gbt preprint": (
        "ROE J D, POE K, 2012. Maps of small science[EB/OL]. arXiv:1112.61361.",
        {
            "people": ["ROE, J D", "POE, K"],
            "title": "Maps of small science",
            "publication_year": 2012,
            "arxiv_id": "1112.61361",
        },
    ),
    "gbt preprint of 2025": (
        "ROE J D. Maps of small science[PP/OL]. V2. arXiv(2012-03-18)[2020-06-24].",
        {
            "title": "Maps of small science",
            "publication_date": "2012-03-18",
            "type": "article",
        },
    ),
    "gbt proceedings": (
        (
            "YU Y, PAN E, et al. Unmixing maps[C/OL]//Proceedings of Maps. 2024: 4[2025-12-02]."
            " https://example.org/x.html."
        ),
        {
            "title": "Unmixing maps",
            "et_al": True,
            "source_raw": "Proceedings of Maps",
            "publication_year": 2024,
            "type": "paper-conference",
        },
    ),
}


@pytest.mark.parametrize(("printed", "fields"), CASES.values(), ids=CASES)
def test_style(printed: str, fields: dict[str, Any]) -> None:
    """A reference of this style and kind gives these fields."""
    record = parse_reference(printed)
    lists = {"people": "author", "editors": "editor", "translators": "translator"}
    found = {
        name: [person.display for person in record.people_of(lists[name])]
        if name in lists
        else getattr(record, name)
        for name in fields
    }
    assert found == fields
