"""What can be wrong with crosstabs."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {
    "crosstabs.no_stub": Text(
        fr="aucune question à mettre en lignes. Donnez-en une au moins : --stub QUESTION, ou stub= en Python.",
        en="no question to put in rows. Give at least one: --stub QUESTION, or stub= in Python.",
    ),
    "crosstabs.no_column": Text(
        fr="la question à plusieurs réponses « {label} » n'a aucune colonne. Donnez-en une par réponse.",
        en="the question with several answers “{label}” has no column. Give one per answer.",
    ),
    "crosstabs.nothing_ticked": Text(
        fr="aucune case n'est cochée dans {columns} : {ticked} n'y est jamais écrit. Valeurs lues : {known}. Dites "
        "comment une case cochée est écrite : --ticked VALEUR, ou ticked= en Python.",
        en="no box is ticked in {columns}: {ticked} is never written there. Values read: {known}. Say how a ticked box "
        "is written: --ticked VALUE, or ticked= in Python.",
    ),
    "crosstabs.empty_boxes": Text(
        fr="dans {columns}, une case est cochée ou vide, et rien ne dit ce qu'est une case vide : non cochée, ou "
        "question non posée. Dites-le, car la base en dépend : --empty unticked ou --empty missing, empty= en Python.",
        en="in {columns}, a box is ticked or empty, and nothing tells what an empty box is: unticked, or not asked. "
        "Say so, for the base depends on it: --empty unticked or --empty missing, empty= in Python.",
    ),
    "crosstabs.unknown_answer": Text(
        fr="« {answer} » n'est pas une réponse de « {column} »{suggestion}. Réponses lues : {known}.",
        en="“{answer}” is not an answer of “{column}”{suggestion}. Answers read: {known}.",
    ),
    "crosstabs.too_many_answers": Text(
        fr="« {column} » a {count} réponses différentes, et un tableau en montre {limit} au plus. Si c'est un nombre, "
        "demandez sa moyenne (--mean, ou Mean en Python) ; si c'est un identifiant, retirez-le ; sinon, regroupez ses "
        "réponses dans le fichier.",
        en="“{column}” has {count} different answers, and a table shows {limit} at most. If it is a number, ask for "
        "its mean (--mean, or Mean in Python); if it is an identifier, take it out; otherwise group its answers in "
        "the file.",
    ),
    "crosstabs.empty_net": Text(
        fr="le regroupement « {net} » de « {column} » ne compte aucune réponse. Nommez celles qu'il réunit.",
        en="the net “{net}” of “{column}” counts no answer. Name those it brings together.",
    ),
    "crosstabs.level": Text(
        fr="le seuil {level} n'est pas entre 0,5 et 1. Écrivez par exemple 0.95.",
        en="the level {level} is not between 0.5 and 1. Write 0.95, for instance.",
    ),
    "crosstabs.second_level": Text(
        fr="le second seuil ({second}) doit être plus petit que le premier ({level}) : c'est celui des lettres "
        "minuscules, par exemple 0.90.",
        en="the second level ({second}) must be smaller than the first ({level}): it is that of small letters, 0.90 "
        "for instance.",
    ),
    "crosstabs.figures": Text(
        fr="« {figure} » n'est pas un chiffre de tri croisé{suggestion}. Chiffres possibles : {known}.",
        en="“{figure}” is not a figure of a crosstab{suggestion}. Possible figures: {known}.",
    ),
    "crosstabs.not_writable": Text(
        fr="ce classeur ne peut pas être écrit ({detail}). Vérifiez le dossier, et que le fichier n'est pas ouvert.",
        en="this workbook cannot be written ({detail}). Check the folder, and that the file is not open.",
    ),
    "crosstabs.file_exists": Text(
        fr="ce fichier existe déjà. Choisissez un autre nom, ou supprimez-le.",
        en="this file already exists. Choose another name, or delete it.",
    ),
    "crosstabs.format": Text(
        fr="« {suffix} » n'est pas un format de sortie. Terminez le nom du fichier par {known}.",
        en="“{suffix}” is not an output format. End the file's name with {known}.",
    ),
    "crosstabs.several_shape": Text(
        fr="« {asked} » n'est pas une question à plusieurs réponses. Écrivez son nom, un signe égal, puis ses colonnes "
        ": --several loisirs=sport,cinema.",
        en="“{asked}” is not a question with several answers. Write its name, an equals sign, then its columns: "
        "--several leisure=sport,cinema.",
    ),
}
