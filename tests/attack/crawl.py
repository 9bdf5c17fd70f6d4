"""Crawling: every page that links lead to, read as the files are: a figure shows what its certificate allows.

Drawings inside pages must be, byte for byte, drawings of the release: those were scraped already.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urlsplit

from attack.evidence import HIDDEN
from attack.scrape import Finding, Scraper

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
SAID = ("alt", "title", "aria-label", "aria-description", "content", "value", "placeholder", "summary")
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_DIGEST = re.compile(r"\b[0-9a-f]{32,}\b|/cells/\d+/(?:value|band)|100 × Σ")
_DIGIT = re.compile(r"\d")
_LINK = re.compile(r'\b(?:href|src|action)="([^"]*)"')


@dataclass
class Piece:
    """One piece of text, and what it stands in, outermost first: (tag, attributes, rank among the rows of a table)."""

    text: str
    inside: tuple[tuple[str, dict[str, str]], ...]
    row: int | None

    def within(self, tag: str) -> dict[str, str] | None:
        return next((attributes for name, attributes in reversed(self.inside) if name == tag), None)

    def has(self, word: str) -> bool:
        return any(word in attributes.get("class", "").split() for _, attributes in self.inside)


@dataclass
class Reader(HTMLParser):
    """The pieces of a page, in order."""

    pieces: list[Piece] = field(default_factory=list)
    stack: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    row: int | None = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "tbody":
            self.row = -1
        if tag == "tr" and self.row is not None:
            self.row += 1
        if tag not in VOID:
            self.stack.append((tag, attributes))
        inside = tuple(self.stack)
        for name, value in attributes.items():
            if _DIGIT.search(value) and (name in SAID or name.startswith("data-")):
                self.pieces.append(Piece(value, inside, self.row))

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.row = None
        while self.stack and any(name == tag for name, _ in self.stack):
            if self.stack.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if _DIGIT.search(data):
            self.pieces.append(Piece(data, tuple(self.stack), self.row))


class Crawler:
    """Follows every internal link from the home pages. Of the passports of single figures, a share is visited."""

    def __init__(self, scraper: Scraper, get: Callable[[str], tuple[int, str, str]]) -> None:
        """get: an address to (status, content type, body)."""
        self.scraper, self.get = scraper, get
        self.findings: list[Finding] = []
        self.seen: dict[str, int] = {}
        public = scraper.public
        self.anchors = {name.replace(".", "-"): name for name in public.certificate["figures"]}
        self.drawings = {
            (public.folder / name).read_text(encoding="utf-8") for name in public.files if name.endswith(".svg")
        }
        self.files = dict.fromkeys(public.files)

    def run(self, *starts: str) -> None:
        waiting = list(starts)
        while waiting:
            address = waiting.pop()
            if not address.startswith("/") or address in self.seen or self._is_left_out(address):
                continue
            status, kind, body = self.get(address)
            self.seen[address] = status
            if status in {301, 302}:
                waiting.append(body)
            elif "html" in kind:
                self.findings += self.page(address, body)
                waiting += [_absolute(unescape(link), address) for link in _LINK.findall(_SVG.sub("", body))]
                waiting += [_absolute(unescape(link), address) for link in _LINK.findall(body) if link.startswith("/")]
            elif "svg" in kind or "json" in kind or "csv" in kind:
                self.findings += self.file(address, kind, body)

    def _is_left_out(self, address: str) -> bool:
        """Thousands of addresses share a template: of these a share is visited, always the same one."""
        path, _, query = address.partition("?")
        asked = parse_qs(query)
        one_in = 1
        if "cellule" in asked:  # the passport of one figure: most often those of hidden ones
            known = self.scraper.public.cells.get(asked["cellule"][0])
            one_in = 6 if known is not None and known["state"] == "protected" else 60
        elif ("/pourquoi" in path and asked) or "/departement" in path:
            one_in = 8
        elif (asked and path.endswith((".csv", ".json", ".svg"))) or "/embed" in path:
            one_in = 5
        elif asked:
            one_in = 3 if path.startswith("/en/") else 2
        return sum(rank * ord(sign) for rank, sign in enumerate(address)) % one_in != 0

    # Files sent by the site

    def file(self, address: str, kind: str, body: str) -> list[Finding]:
        """A file of the release, or made of it: either way it is read again."""
        path = unquote(urlsplit(address).path)
        if "publication/" in path:
            name = path.split("publication/", 1)[1]
            same = (self.scraper.public.folder / name).read_text(encoding="utf-8") == body
            return [] if same else [Finding(address, name, "is not the file of the release")]
        if "svg" in kind:
            return [] if body in self.drawings or "static" in path else [Finding(address, "", "an unknown drawing")]
        if "/territoires/" in path:
            ending = "json" if "json" in kind else "csv"
            return [found._replace(file=address) for found in self.scraper.read(f"territories/any.{ending}", body)]
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        ending = path.rsplit(".", 1)[1]
        folder = "gaps" if "regards-croises" in path else "tables"
        if not query:
            name = f"{folder}/{path.rsplit('/', 1)[1]}"
            return self.scraper.read(name, body)
        same = [name for name in self._figure_files(ending) if self._text(name) == body]
        return [] if same else [Finding(address, "", "is no figure file of the release")]

    def _figure_files(self, ending: str) -> list[str]:
        return [name for name in self.files if name.startswith("figures/") and name.endswith(f".{ending}")]

    def _text(self, name: str) -> str:
        if self.files[name] is None:
            self.files[name] = (self.scraper.public.folder / name).read_text(encoding="utf-8")
        return self.files[name]

    # Pages

    def page(self, address: str, body: str) -> list[Finding]:
        """Every number of the main part of a page that stands in a figure, a table, a drawing, a told figure."""
        language = "en" if address.startswith("/en/") else "fr"
        findings = [Finding(address, "svg", found) for found in self._foreign(body)]
        reader = Reader()
        reader.feed(_SVG.sub(" ", body))
        figures = self._figures(reader.pieces)
        for piece in reader.pieces:
            allowed = self._allowed(piece, address, figures)
            if allowed is None:
                continue
            text = self._without_addresses(piece.text) if piece.within("code") is not None else piece.text
            for number in self.scraper.numbers(text, language) - allowed:
                findings.append(Finding(address, "page", f"{number:g} in “{piece.text.strip()[:200]}”"))
        return findings

    def _without_addresses(self, text: str) -> str:
        """Code shown on a page, without the addresses and digests that lead to a figure."""
        for code in (self.scraper.public.manifest["code_version"], self.scraper.public.manifest["lock"]):
            text = text.replace(code, " ")
        text = _DIGEST.sub(" ", text)
        for word in re.findall(r"[\w.-]+", text):
            if word in self.scraper.public.cells:
                text = text.replace(word, " ")
        return text

    def _foreign(self, body: str) -> Iterator[str]:
        codes = set(self.scraper.public.certificate["register"])
        for drawing in _SVG.findall(body):
            if drawing in self.drawings or ("<text" not in drawing and "<title" not in drawing):
                continue
            words = " ".join(re.findall(r">([^<]+)<", drawing))
            unknown = self.scraper.numbers(words, "fr") - codes
            if "d-mark" in drawing or unknown:
                yield f"a drawing that is not of the release: {sorted(unknown)[:5]}"

    def _figures(self, pieces: list[Piece]) -> list[str]:
        anchors = {(piece.within("figure") or {}).get("id", "") for piece in pieces}
        return [self.anchors[anchor] for anchor in anchors if anchor in self.anchors]

    def _allowed(self, piece: Piece, address: str, figures: list[str]) -> set[float] | None:
        """What a piece of text may say; None where the page speaks of something else than results."""
        scraper = self.scraper
        path = urlsplit(address).path.removeprefix("/en")
        if piece.within("main") is None or piece.has("take") or piece.within("select") is not None:
            return None  # the frame of the page, how to cite, names to choose from
        indicator = next((part.split(".")[0] for part in path.split("/") if part in scraper.stated), None)
        stated = scraper.stated[indicator] if indicator else set()
        figure = self.anchors.get((piece.within("figure") or {}).get("id", ""))
        if figure is not None:
            return self._in_figure(piece, figure)
        if (cell := self._cell(piece)) is not None:
            return self._told(cell)
        if path.startswith(("/etudes", "/a-propos", "/reutiliser", "/recherche", "/territoires")):
            return None if piece.within("figure") is None else set()  # register, rules, names and codes
        if indicator is None and self._is_quoted(piece):
            return None  # in the lists of figures
        asked = parse_qs(urlsplit(address).query)
        if "cellule" in asked and asked["cellule"][0] in scraper.cells:
            cell = asked["cellule"][0]
            return stated | self._told(cell) | self._told(scraper.public.cells[cell]["parent"] or cell) | self._days()
        if "embed" in path:
            figures = [name for name in scraper.public.certificate["figures"] if name.startswith(f"{indicator}.")]
        on_page = [scraper.figure(name) for name in figures]
        gaps = [scraper.gaps[gap] for name in figures for gap in scraper.public.certificate["figures"][name]["gaps"]]
        return stated.union(*on_page, *gaps, self._days() if "pourquoi" in path else set(), {100.0})

    def _days(self) -> set[float]:
        return set(self.scraper.public.certificate["dates"])

    def _in_figure(self, piece: Piece, figure: str) -> set[float]:
        if piece.within("tbody") is not None and piece.row is not None:
            return self._rows(figure)[piece.row]
        if piece.has("notes") or piece.has("source") or piece.has("absences"):
            families = {float(self.scraper.public.gaps[gap]["family"])
                        for gap in self.scraper.public.certificate["figures"][figure]["gaps"]}  # fmt: skip
            return self.scraper.stated[figure.split(".", 1)[0]] | families
        return self.scraper.figure(figure)

    @cache  # noqa: B019  one crawler lives as long as its test
    def _rows(self, figure: str) -> list[set[float]]:
        count = len(self.scraper.public.json(f"figures/{figure}.json")["table"]["rows"])
        return self.scraper.rows(figure, count)

    def _cell(self, piece: Piece) -> str | None:
        link = (piece.within("a") or {}).get("href", "")
        found = parse_qs(urlsplit(link).query).get("cellule")
        return found[0] if found and found[0] in self.scraper.cells else None

    def _told(self, cell: str) -> set[float]:
        """A shown figure says itself; a hidden one says the whole that contains it."""
        record = self.scraper.public.cells[cell]
        is_hidden = record["state"] in HIDDEN and record["parent"]
        return self.scraper.cells[record["parent"]] if is_hidden else self.scraper.cells[cell]

    def _is_quoted(self, piece: Piece) -> bool:
        """A whole sentence of the release, word for word: it was scraped where it is written."""
        return _plain(piece.text) in self._sentences

    @cached_property
    def _sentences(self) -> frozenset[str]:
        public = self.scraper.public
        records = [public.json(name) for name in self._figure_files("json")]
        told = [record["sentence"] for record in records] + [gap["sentence"] for gap in public.gaps.values()]
        told += [record["title"] for record in records]
        told += [indicator["definition"] for indicator in public.manifest["indicators"]]
        return frozenset(_plain(words) for text in told for words in text.values())


def _plain(words: str) -> str:
    """Without the typography a page may change: apostrophes, spaces."""
    return " ".join(words.replace("\u2019", "'").split())


def _absolute(link: str, address: str) -> str:
    link = link.split("#", 1)[0]
    if not link or link.startswith(("http:", "https:", "mailto:", "data:")):
        return ""
    if link.startswith("?"):
        return urlsplit(address).path + link
    return link if link.startswith("/") else f"{urlsplit(address).path.rsplit('/', 1)[0]}/{link}"
