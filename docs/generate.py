"""Writes the pages of the reference that the code itself tells: problems, command, thresholds of secrecy.

Run: python docs/generate.py [--check]; --check writes nothing and names the pages that are no longer what the code
says, with exit status 1.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from alliage.cli import VERBS, alliage
from alliage.disclosure import thresholds
from alliage.problems import EXIT_STATUS, MESSAGES

DOCS = Path(__file__).parent
WIDTH = 100
BY_HAND = (
    "Page écrite par `docs/generate.py` ; ne la corrigez pas à la main.\n"
    "Written by `docs/generate.py`; do not mend it by hand."
)

KINDS = {
    "content": ("un contenu", "a content file"),
    "study": ("une étude ou un observatoire", "a study or an observatory"),
    "answers": ("un fichier de réponses", "a file of answers"),
    "unsafe": ("un fichier refusé par précaution", "a file refused as a precaution"),
    "weights": ("des marges ou un redressement", "margins or a weighting"),
    "estimates": ("une estimation ou son plan", "an estimate or its design"),
    "models": ("un modèle", "a model"),
    "comparisons": ("un test", "a test"),
    "crosstabs": ("un tri croisé", "a crosstab"),
    "tables": ("une table de réponses", "a table of answers"),
    "disclosure": ("le secret statistique", "statistical secrecy"),
    "release": ("une publication", "a release"),
    "server": ("le service de la publication", "serving a release"),
}


def problems() -> str:
    """Every message, by kind, with the exit status of the command."""
    lines = [
        "# Ce qui peut ne pas aller · What can be wrong",
        "",
        BY_HAND,
        "",
        "Chaque message nomme le fichier, puis la ligne ou la cellule, la cause et le remède. La première partie du "
        "code décide du code de sortie de la commande : 1 est une faute du programme (dites-le nous), 2 une commande "
        "mal écrite. Quelques messages sont des avertissements : ils accompagnent un chiffre et n'arrêtent rien.",
        "",
        "Every message names the file, then the line or cell, the cause and the remedy. The first part of the code "
        "decides the exit status of the command: 1 is a bug (tell us), 2 a misused command. A few messages are "
        "warnings: they go with a figure and stop nothing.",
    ]
    for kind, status in EXIT_STATUS.items():
        fr, en = KINDS[kind]
        lines += ["", f"## `{kind}` : {fr} · {en} (code de sortie · exit status {status})"]
        for code in sorted(code for code in MESSAGES if code.split(".")[0] == kind):
            lines += [
                "",
                f"### `{code}`",
                "",
                f"- fr : {_plain(MESSAGES[code].fr)}",
                f"- en: {_plain(MESSAGES[code].en)}",
            ]
    return "\n".join(lines) + "\n"


def _plain(message: str) -> str:
    """Doubled braces are read as single ones once the message is filled."""
    return message.replace("{{", "{").replace("}}", "}")


def command() -> str:
    """The help of the command and of each verb, as the terminal shows it."""
    top = click.Context(alliage, info_name="alliage", terminal_width=WIDTH, **alliage.context_settings)
    lines = ["# La commande · The command", "", BY_HAND, "", "```text", alliage.get_help(top), "```"]
    for verb in VERBS:
        found = alliage.get_command(top, verb)
        assert found is not None, verb
        told = found.get_help(click.Context(found, info_name=verb, parent=top))
        how = f"[Comment faire · How to](../how-to/{verb}.md)"
        lines += ["", f"## `alliage {verb}`", "", how, "", "```text", told, "```"]
    return "\n".join(lines) + "\n"


def secrecy() -> str:
    """The thresholds, as the page that explains them shows them."""
    words = {
        "T1": ("personnes · people", thresholds.RULES["T1"]),
        "T2": ("élus · elected", thresholds.RULES["T2"]),
        "T3": ("organisations", thresholds.RULES["T3"]),
    }
    lines = [
        "| | réponses au moins · answers at least | si la question est sensible · if sensitive | territoire au moins · "
        "territory at least | territoire, sensible · territory, sensitive | population au moins · frame at least | "
        "si la moitié a répondu · if half answered |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, (who, rule) in words.items():
        limits = (rule.zone_inhabitants, rule.sensitive_inhabitants, rule.frame, rule.census_minimum)
        cells = [f"{rule.minimum}", f"{rule.sensitive_minimum}", *(f"{limit:_}".replace("_", " ") for limit in limits)]
        lines.append(f"| {name} {who} | " + " | ".join("–" if cell == "0" else cell for cell in cells) + " |")
    lines += [
        "",
        "| ce qui est regardé · what is looked at | seuil · threshold |",
        "| --- | --- |",
        f"| R2 : répondants qui connaissent leur propre réponse · insiders who know their own answer | "
        f"{thresholds.INSIDERS} |",
        f"| R2 : une part dont si peu de réponses s'écartent est donnée en tranche d'extrémité · a share from which so "
        f"few answers depart is shown as an end band | {thresholds.END_BAND_WITHIN} |",
        f"| R4 : plus grande part du poids portée par une réponse · largest share of the weight held by one answer | "
        f"{100 * thresholds.LARGEST_WEIGHT_SHARE:g} % |",
        f"| R5 : part interrogée d'une population de moins de {thresholds.NEAR_CENSUS_FRAME} · share asked of a "
        f"population under {thresholds.NEAR_CENSUS_FRAME} | {100 * thresholds.NEAR_CENSUS_RATE:g} % |",
        f"| 0 ou 100 % exacts à partir de · exact 0 or 100% from | {thresholds.EXACT_ENDS_FROM} réponses · answers |",
        f"| R6 : parts cachées ensemble si l'une ne compte que {thresholds.INSIDERS} personne · parts hidden together "
        f"when one of them holds {thresholds.INSIDERS} person | {thresholds.FEWEST_WITH_A_SINGLE} |",
        f"| en tranche sous · as a band under | {thresholds.BANDED_UNDER} réponses · answers |",
        f"| arrondi large sous · coarsely rounded under | {thresholds.COARSE_UNDER} réponses · answers |",
        f"| tranches d'une part · bands of a share | {_bands(thresholds.SHARE_BANDS)} % |",
        f"| tranches d'une note · bands of a note | {_bands(thresholds.NOTE_BANDS)} |",
        f"| bases rondes des intervalles d'une part · round bases of the intervals of a share | "
        f"{', '.join(f'{base:_}'.replace('_', ' ') for base in thresholds.INTERVAL_BASES)} |",
        f"| bouts de l'intervalle d'une moyenne · ends of the interval of a mean | {_mean_ends()} |",
        f"| intervalle à 50 % (trait épais) à partir de · 50% interval (thick bar) from | "
        f"{thresholds.HALF_INTERVAL_FROM} réponses · answers |",
        f"| « trop incertain » sous · “too uncertain” under | {thresholds.RELIABLE_EFFECTIVE_N} réponses efficaces · "
        "effective answers |",
        f"| « trop incertain » si la demi-largeur de l'intervalle dépasse · if the half-width of the interval passes | "
        f"{100 * thresholds.WIDEST_HALF_WIDTH:g} % de l'échelle · of the scale |",
    ]
    return "\n".join(lines)


def _bands(bands: tuple[tuple[float, float], ...]) -> str:
    return ", ".join(f"{low:g}–{high:g}" for low, high in bands)


def _mean_ends() -> str:
    return ", ".join(f"{step:g} sous · under {under}" for under, step in thresholds.MEAN_END_STEPS)


def with_section(page: str, name: str, made: str) -> str:
    """The page with what stands between the two markers of a section replaced."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, rest = page.split(begin, 1)
    return f"{before}{begin}\n{made}\n{end}{rest.split(end, 1)[1]}"


def _explained() -> str:
    page = DOCS / "explanation" / "disclosure.md"
    return with_section(page.read_text(encoding="utf-8"), "thresholds", secrecy())


PAGES: dict[str, Callable[[], str]] = {
    "reference/problems.md": problems,
    "reference/command.md": command,
    "explanation/disclosure.md": _explained,
}


def stale() -> list[str]:
    """The pages that are not what the code says."""
    return [name for name, made in PAGES.items() if not _is(DOCS / name, made())]


def _is(path: Path, words: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == words


if __name__ == "__main__":
    found = stale()
    for name in found:
        print(f"docs/{name}")
        if "--check" not in sys.argv:
            (DOCS / name).write_text(PAGES[name](), encoding="utf-8")
    sys.exit(1 if found and "--check" in sys.argv else 0)
