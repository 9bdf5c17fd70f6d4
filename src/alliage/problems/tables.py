"""What can be wrong with a table of answers held by an engine."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {
    "tables.not_found": Text(
        fr="« {address} » : il n'y a là aucun fichier. Vérifiez le chemin.",
        en="“{address}”: there is no file there. Check the path.",
    ),
    "tables.unknown_address": Text(
        fr="« {address} » ne dit pas où sont les réponses. Formes comprises : {forms} ; en Python, une table Arrow ou "
        "une table Ibis.",
        en="“{address}” does not say where the answers are. Forms understood: {forms}; in Python, an Arrow table or "
        "an Ibis table.",
    ),
    "tables.no_table_named": Text(
        fr="« {address} » ne nomme aucune table. Ajoutez ?table=NOM à la fin (ou ?table=SCHEMA.NOM).",
        en="“{address}” names no table. Add ?table=NAME at its end (or ?table=SCHEMA.NAME).",
    ),
    "tables.no_table": Text(
        fr="« {address} » : il n'y a pas de table « {table} », ou vous n'avez pas le droit de la lire. Tables vues : "
        "{known}.",
        en="“{address}”: there is no table “{table}”, or you may not read it. Tables seen: {known}.",
    ),
    "tables.not_installed": Text(
        fr="« {address} » demande une bibliothèque qui n'est pas installée. Installez-la : pip install "
        "'alliage[{extra}]'.",
        en="“{address}” needs a library that is not installed. Install it: pip install 'alliage[{extra}]'.",
    ),
    "tables.unreadable": Text(
        fr="« {address} » n'a pas pu être lue. Le moteur dit : {reason}",
        en="“{address}” could not be read. The engine says: {reason}",
    ),
    "tables.no_room": Text(
        fr="« {address} » refuse une petite table temporaire, qu'il faut pour la deuxième lecture. Demandez le droit "
        "d'en créer (TEMPORARY), ou lisez une copie en Parquet. Le moteur dit : {reason}",
        en="“{address}” refuses a small temporary table, which the second reading needs. Ask for the right to create "
        "one (TEMPORARY), or read a Parquet copy. The engine says: {reason}",
    ),
    "tables.same_name": Text(
        fr="« {address} » : les colonnes « {one} » et « {other} » ne diffèrent que par la casse. Plusieurs moteurs "
        "liraient l'une pour l'autre sans rien dire : renommez-en une.",
        en="“{address}”: the columns “{one}” and “{other}” differ only by case. Several engines would read one for "
        "the other without a word: rename one of them.",
    ),
    "tables.no_column": Text(
        fr="« {address} » : la colonne « {column} » demandée par « {asked_by} » n'existe pas. Colonnes : {known}.",
        en="“{address}”: the column “{column}” asked for by `{asked_by}` does not exist. Columns: {known}.",
    ),
    "tables.not_a_number": Text(
        fr="colonne « {column} » : « {value} » n'est pas un nombre ({count} valeurs dans ce cas). Corrigez-les, "
        "videz-les, dites-les sans réponse (missing), ou écrivez les décimales avec un point.",
        en="column “{column}”: “{value}” is not a number ({count} such values). Correct them, empty them, declare "
        "them no answer (missing), or write decimals with a point.",
    ),
    "tables.infinite": Text(
        fr="colonne « {column} » : {count} valeurs infinies. Corrigez-les ou videz-les.",
        en="column “{column}”: {count} infinite values. Correct or empty them.",
    ),
    "tables.not_numeric": Text(
        fr="colonne « {column} » : le type « {type} » n'est pas celui de nombres. Choisissez une autre colonne, ou "
        "convertissez celle-ci.",
        en="column “{column}”: the type “{type}” does not hold numbers. Choose another column, or convert this one.",
    ),
    "tables.weight_missing": Text(
        fr="le poids « {weight} » est vide dans {count} lignes. Donnez un poids à chaque réponse (0 pour l'écarter).",
        en="the weight “{weight}” is empty in {count} rows. Give every answer a weight (0 to set it aside).",
    ),
    "tables.weight_negative": Text(
        fr="le poids « {weight} » est négatif dans {count} lignes (le plus petit vaut {value}). Un poids est positif "
        "ou nul : revoyez le redressement qui l'a produit.",
        en="the weight “{weight}” is negative in {count} rows (the smallest is {value}). A weight is zero or more: "
        "look again at the weighting that made it.",
    ),
    "tables.design_missing": Text(
        fr="« {column} » décrit le plan de sondage mais est vide dans {count} lignes. Complétez-la : une strate ou une "
        "grappe inconnue rend la marge fausse.",
        en="“{column}” describes the sampling design but is empty in {count} rows. Fill it in: an unknown stratum or "
        "cluster makes the margin wrong.",
    ),
    "tables.fpc": Text(
        fr="la correction de population finie « {fpc} » vaut {value} dans {count} lignes. Écrivez partout des "
        "effectifs (1 ou plus), ou partout des taux de sondage (entre 0 et 1).",
        en="the finite population correction “{fpc}” is {value} in {count} rows. Write counts everywhere (1 or more), "
        "or sampling fractions everywhere (between 0 and 1).",
    ),
    "tables.rows_needed": Text(
        fr="{what} demande les lignes une à une, qui restent dans « {address} ». Ouvrez la table avec small={rows} "
        "pour la lire en mémoire.",
        en="{what} needs the rows one by one, which stay in “{address}”. Open the table with small={rows} to read it "
        "in memory.",
    ),
    "tables.other_design": Text(
        fr="le plan de sondage a été lu dans d'autres réponses que celles de « {address} ». Relisez-le dans "
        "celles-ci : plan.bind(table).",
        en="the sampling design was read in other answers than those of “{address}”. Read it in these: "
        "design.bind(table).",
    ),
}
