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
    "content.no_pairs": Text(
        fr="ce fichier est vide, ou n'est pas fait de paires « clé: valeur ». Est-ce le bon fichier ?",
        en="this file is empty, or is not made of `key: value` pairs. Is it the right file?",
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
    "content.double_column": Text(
        fr="la question « {id} » remplirait la colonne « {column} », déjà celle de « {other} » (majuscules et "
        "minuscules confondues). Changez l'un des identifiants.",
        en="the question “{id}” would fill the column “{column}”, already that of “{other}” (capitals count as "
        "small letters). Change one of the ids.",
    ),
    "content.missing_for_type": Text(
        fr="la question « {id} » est de type {type} : il lui faut « {key} ». Ajoutez cette clé.",
        en="the question “{id}” is of type {type}: it needs “{key}”. Add this key.",
    ),
    "content.useless_for_type": Text(
        fr="la question « {id} » est de type {type}, où « {key} » ne sert pas. Retirez la clé, ou changez le type.",
        en="the question “{id}” is of type {type}, where “{key}” has no use. Remove the key, or change the type.",
    ),
    "content.one_of_two": Text(
        fr="« {id} » donne à la fois « {a} » et « {b} ». Gardez l'un des deux.",
        en="“{id}” gives both “{a}” and “{b}”. Keep one of them.",
    ),
    "content.no_folder": Text(
        fr="ce dossier n'existe pas. Donnez le chemin d'un dossier de contenus (il contient « instruments », "
        "« indicators »…).",
        en="this folder does not exist. Give the path of a content folder (it holds `instruments`, `indicators`…).",
    ),
    "content.stranger": Text(
        fr="personne ne lit ce fichier : son nom ou son dossier n'est pas prévu. Fichiers lus : {known}.",
        en="nobody reads this file: its name or its folder is not expected. Files that are read: {known}.",
    ),
    "content.file_name": Text(
        fr="l'identifiant est « {id} », mais le fichier s'appelle « {file} ». Donnez-leur le même nom.",
        en="the id is “{id}”, but the file is called “{file}”. Give them the same name.",
    ),
    "content.measure": Text(
        fr="« measure: {measure} » ne convient pas à la question « {id} », de type {type}. Une part (share) compte des "
        "réponses à choix, une moyenne (mean) des notes ou des nombres.",
        en="`measure: {measure}` does not suit the question “{id}”, of type {type}. A share counts chosen answers, "
        "a mean scores or numbers.",
    ),
    "content.sentence_braces": Text(
        fr="une accolade est ouverte sans être fermée, ou l'inverse. Vérifiez les {{champs}} de cette phrase.",
        en="a brace is opened and not closed, or the other way round. Check the {{fields}} of this sentence.",
    ),
    "content.sentence_field": Text(
        fr="la phrase nomme {field}, qui n'existe pas. Champs possibles : {known}.",
        en="the sentence names {field}, which does not exist. Possible fields: {known}.",
    ),
    "content.sentence_needs": Text(
        fr="la phrase ne nomme pas {field} : le lecteur ne saurait pas de quoi l'on parle. Ajoutez ce champ.",
        en="the sentence does not name {field}: its reader could not tell what it is about. Add this field.",
    ),
    "content.sentence_figure": Text(
        fr="la phrase contient un chiffre écrit d'avance. Écrivez-le en lettres, ou laissez {{value}} le donner.",
        en="the sentence holds a figure written in advance. Write it in words, or let {{value}} give it.",
    ),
    "content.register": Text(
        fr="le registre des versions publiées est illisible. Reprenez celui de la dernière version enregistrée du "
        "dossier ; ne le corrigez pas à la main.",
        en="the register of published versions cannot be read. Take it back from the last saved version of the "
        "folder; do not mend it by hand.",
    ),
    "content.undeclared_conflict": Text(
        fr="{figures} disent la même chose avec des valeurs différentes. Si les sources se contredisent, déclarez-le "
        "dans sources/conflicts.yaml ; sinon, corrigez la valeur ou ce que le chiffre mesure.",
        en="{figures} tell the same thing with different values. If sources disagree, declare it in "
        "sources/conflicts.yaml; otherwise mend the value, or what the figure measures.",
    ),
    "content.target_in_conflict": Text(
        fr="« {id} » est une cible de la démonstration, alors que {figures} se contredisent. Retirez « target: true ».",
        en="“{id}” is a target of the demo, while {figures} disagree. Remove `target: true`.",
    ),
}
