"""What can be wrong in a content file (YAML): its syntax, its keys, its references, its translations, its versions."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {
    "content.not_found": Text(
        fr="ce fichier n'existe pas. Vérifiez le chemin écrit dans {asked_by}.",
        en="this file does not exist. Check the path written in {asked_by}.",
    ),
    "content.encoding": Text(
        fr="ce fichier n'est pas en UTF-8 (octet n° {position}). Enregistrez-le en « UTF-8 » depuis votre éditeur.",
        en="this file is not UTF-8 (byte {position}). Save it as “UTF-8” from your editor.",
    ),
    "content.too_large": Text(
        fr="ce fichier pèse {size} octets ; un fichier de contenu n'en dépasse pas {limit}. Est-ce le bon fichier ?",
        en="this file is {size} bytes; a content file never exceeds {limit}. Is it the right file?",
    ),
    "content.syntax": Text(
        fr="la syntaxe YAML est rompue ({detail}). Vérifiez l'alignement et les guillemets à cet endroit.",
        en="the YAML syntax is broken ({detail}). Check the indentation and the quotes at this place.",
    ),
    "content.double_key": Text(
        fr="la clé « {key} » est écrite deux fois (déjà ligne {first}). Gardez-en une seule.",
        en="the key “{key}” is written twice (already on line {first}). Keep only one.",
    ),
    "content.alias": Text(
        fr="les ancres et renvois YAML (& et *) ne sont pas admis ici. Écrivez la valeur en toutes lettres.",
        en="YAML anchors and aliases (& and *) are not accepted here. Write the value out in full.",
    ),
    "content.unknown_key": Text(
        fr="la clé « {key} » est inconnue ici{suggestion}. Clés possibles : {known}.",
        en="the key “{key}” is unknown here{suggestion}. Possible keys: {known}.",
    ),
    "content.missing_key": Text(
        fr="il manque la clé « {key} ». Ajoutez-la.",
        en="the key “{key}” is missing. Add it.",
    ),
    "content.missing_translation": Text(
        fr="« {key} » n'est pas écrit en {language}. Ajoutez « {code}: » à côté de l'autre langue.",
        en="“{key}” is not written in {language}. Add “{code}:” beside the other language.",
    ),
    "content.wrong_value": Text(
        fr="« {key} » vaut {value}, ce qui n'est pas admis : {expected}.",
        en="“{key}” is {value}, which is not accepted: {expected}.",
    ),
    "content.double_id": Text(
        fr="l'identifiant « {id} » est déjà pris par {other}. Un identifiant ne sert qu'une fois.",
        en="the id “{id}” is already taken by {other}. An id is used only once.",
    ),
    "content.bad_id": Text(
        fr="« {id} » n'est pas un identifiant : minuscules sans accent, chiffres et _ seulement, 60 signes au plus.",
        en="“{id}” is not an id: lower-case letters without accents, digits and _ only, 60 characters at most.",
    ),
    "content.dangling": Text(
        fr="« {key} » renvoie à « {id} », qui n'existe pas{suggestion}.",
        en="“{key}” refers to “{id}”, which does not exist{suggestion}.",
    ),
    "content.version_changed": Text(
        fr="« {id} » est publié en version {version} et son contenu a changé. Une version publiée ne change jamais : "
        "donnez un nouveau numéro de version, ou revenez au texte publié.",
        en="“{id}” is published as version {version} and its content has changed. A published version never changes: "
        "give it a new version number, or go back to the published text.",
    ),
    "content.version_unregistered": Text(
        fr="« {id} » se dit publié en version {version}, mais le registre des versions ne le connaît pas. "
        "Lancez « alliage check --register » pour l'y inscrire.",
        en="“{id}” says it is published as version {version}, but the register of versions does not know it. "
        "Run “alliage check --register” to enter it.",
    ),
}
