"""The short sentence of a territory's figure: what its audiences answer, and the established gaps with the whole."""

from __future__ import annotations

from collections.abc import Sequence

from alliage.disclosure.results import PublicCell, PublicGap, State
from alliage.publications.sentences import cell_sentence
from alliage.publications.summaries import established_sides, is_latest, said_of, said_value, topic_of
from alliage.publications.vocabulary import Vocabulary, capital, small
from alliage.text import Text, listed

# (at the latest wave, a gap with the whole is established): without one, nothing is said, and the page tells so once.
_BRIEFS: dict[tuple[bool, bool], Text] = {
    (True, False): Text(fr="{topic} : {values}.", en="{topic}: {values}."),
    (True, True): Text(
        fr="{topic} : {values}. Écart établi avec la réponse {whole} pour {sides}.",
        en="{topic}: {values}. Established gap with the answer {whole} for {sides}.",
    ),
    (False, False): Text(fr="En {wave}, {small_topic} : {values}.", en="In {wave}, {small_topic}: {values}."),
    (False, True): Text(
        fr="En {wave}, {small_topic} : {values}. Écart établi avec la réponse {whole} pour {sides}.",
        en="In {wave}, {small_topic}: {values}. Established gap with the answer {whole} for {sides}.",
    ),
}


def zone_brief(cells: Sequence[PublicCell], gaps: Sequence[PublicGap], words: Vocabulary) -> Text | None:
    """One territory at one wave, audiences that show the same thing told together. None when nothing is shown.

    cells  one per audience, in order
    gaps   between these cells and the whole
    """
    shown = [cell for cell in cells if cell.is_shown]
    if not shown:
        return None
    if len(cells) == 1:
        return cell_sentence(cells[0], words)
    key = shown[0].key
    topic = capital(topic_of(key, words))
    sides = established_sides(gaps, words)
    return _BRIEFS[is_latest(key, words), bool(sides)].filled(
        topic=topic,
        small_topic=small(topic),
        values=_values(shown, words),
        whole=words.inputs.whole.inside,
        sides=listed(sides),
        wave=words.waves[key.wave].short,
    )


def _values(shown: Sequence[PublicCell], words: Vocabulary) -> Text:
    """« 79 % des citoyens, environ 95 % des dirigeants d'entreprise, 85 % ou plus des maires et des élus »."""
    groups: dict[tuple[Text, State], list[PublicCell]] = {}
    for cell in shown:
        groups.setdefault((said_value(cell), cell.state), []).append(cell)
    # Audiences told together come last: their "and" would be taken for that of the list.
    ordered = sorted(groups.items(), key=lambda group: len(group[1]) > 1)
    said = [said_of(group, words) for _, group in ordered]
    if all(len(group) == 1 for group in groups.values()):
        return listed(said)
    return Text(fr=", ".join(one.fr for one in said), en=", ".join(one.en for one in said))
