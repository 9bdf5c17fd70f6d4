"""What can be wrong with disclosure: real answers on their way out without the audit that would vouch for them."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {
    "disclosure.unaudited": Text(
        fr="« {study} » contient de vraies réponses, et l'audit de l'attaquant n'existe pas encore : seules les règles "
        "de seuil et de complément ont protégé ces chiffres. Relancez avec « --unaudited » si vous en répondez ; "
        "chaque page le dira.",
        en="“{study}” holds real answers, and the attacker audit does not exist yet: only threshold and remainder "
        "rules have protected these figures. Run again with --unaudited if you answer for it; every page will say so.",
    ),
}
