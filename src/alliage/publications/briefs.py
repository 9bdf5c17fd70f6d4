"""The short sentence of a territory's figure: what its audiences answer, and the established gaps with the whole."""

from __future__ import annotations

from collections.abc import Sequence

from alliage.disclosure.results import PublicCell, PublicGap, State
from alliage.publications.sentences import cell_sentence
from alliage.publications.summaries import is_latest, said_value, topic_of, with_care
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
_SHARE_OF = Text(fr="{value} {of}", en="{value} {of}")
_MEAN_FOR = Text(fr="{value} pour {who}", en="{value} for {who}")
_SIDES = {
    "higher": Text(fr="{who} (plus élevée ici)", en="{who} (higher here)"),
    "lower": Text(fr="{who} (plus basse ici)", en="{who} (lower here)"),
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
    sides = [_SIDES[gap.verdict].filled(who=words.audiences[gap.a.audience].subject) for gap in gaps
             if gap.low is not None and gap.verdict in _SIDES]  # fmt: skip
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
    said = [_said(value, group, words) for (value, _), group in ordered]
    if all(len(group) == 1 for group in groups.values()):
        return listed(said)
    return Text(fr=", ".join(one.fr for one in said), en=", ".join(one.en for one in said))


def _said(value: Text, group: Sequence[PublicCell], words: Vocabulary) -> Text:
    audiences = [words.audiences[cell.key.audience] for cell in group]
    of, who = listed([one.of for one in audiences]), listed([one.subject for one in audiences])
    said = (_SHARE_OF if group[0].unit == "percent" else _MEAN_FOR).filled(value=value, of=of, who=who)
    return with_care(said, group[0])
