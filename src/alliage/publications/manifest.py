"""`release.json`: what the release is, and the words every page needs to find its way."""

from __future__ import annotations

from collections.abc import Sequence

from alliage.indicators.declarations import Indicator
from alliage.publications.certificate import AUDIT
from alliage.publications.figures import Figure
from alliage.publications.records import Record
from alliage.publications.releases import SCHEMA
from alliage.publications.vocabulary import Vocabulary
from alliage.publications.wording import notices


def manifest_record(words: Vocabulary, figures: Sequence[Figure]) -> Record:
    """The manifest. Everything in it was declared or handed over: no clock, no path of the machine."""
    inputs = words.inputs
    return {
        "schema": SCHEMA,
        "id": inputs.id,
        "kind": inputs.kind,
        "label": inputs.label.to_dict(),
        "released": inputs.released.isoformat(),
        "code_version": inputs.code_version,
        "lock": inputs.lock,
        "audit": AUDIT,
        "unaudited": inputs.unaudited,
        "synthetic": inputs.synthetic.to_dict() if inputs.synthetic else None,
        "notices": [note.to_dict() for note in notices(synthetic=inputs.synthetic, unaudited=inputs.unaudited)],
        "licence": inputs.licence.to_dict(),
        "contact": inputs.contact,
        "whole": {
            "id": inputs.whole.id,
            "label": inputs.whole.label.to_dict(),
            "inside": inputs.whole.inside.to_dict(),
        },
        "waves": [
            {
                "id": wave.id,
                "label": wave.label.to_dict(),
                "short": wave.short.to_dict(),
                "start": wave.start,
                "end": wave.end,
            }
            for wave in inputs.waves
        ],
        "audiences": [
            {
                "id": audience.id,
                "label": audience.label.to_dict(),
                "subject": audience.subject.to_dict(),
                "of": audience.of.to_dict(),
            }
            for audience in inputs.audiences
        ],
        "breakdowns": [
            {
                "id": by.id,
                "label": by.label.to_dict(),
                "is_territory": by.is_territory,
                "domains": [
                    {"id": domain.id, "label": domain.label.to_dict(), "inside": domain.inside.to_dict()}
                    for domain in by.domains
                ],
            }
            for by in inputs.breakdowns
        ],
        "indicators": [_indicator(indicator, words) for indicator in inputs.indicators],
        "figures": [
            {"id": figure.id, "kind": figure.kind, "title": figure.title.to_dict(), "view": figure.view}
            for figure in figures
        ],
        "content": sorted(inputs.content),
    }


def _indicator(indicator: Indicator, words: Vocabulary) -> Record:
    keys = [cell.key for cell in words.inputs.cells if cell.key.indicator == indicator.id]
    items = {key.item for key in keys}
    shown_items = [item for (owner, item) in words.items if owner == indicator.id and item in items]
    return {
        "id": indicator.id,
        "version": indicator.version,
        "label": indicator.label.to_dict(),
        "topic": indicator.topic.to_dict(),
        "definition": indicator.definition.to_dict(),
        "theme": indicator.theme.to_dict(),
        "base": indicator.base.to_dict(),
        "caution": indicator.caution.to_dict(),
        "unit": indicator.unit,
        "measure": indicator.measure,
        "higher_is": indicator.higher_is,
        "sensitive": indicator.sensitive,
        "crossed": indicator.id in words.inputs.crossed,
        "mark": indicator.origin.mark if indicator.origin else None,
        "items": [
            {
                "id": item,
                "label": words.items[(indicator.id, item)][0].to_dict(),
                "inside": words.items[(indicator.id, item)][1].to_dict(),
            }
            for item in shown_items
        ],
        "audiences": [known.id for known in words.inputs.audiences if any(key.audience == known.id for key in keys)],
        "waves": [known.id for known in words.inputs.waves if any(key.wave == known.id for key in keys)],
        "breakdowns": [known.id for known in words.inputs.breakdowns if any(key.by == known.id for key in keys)],
    }
