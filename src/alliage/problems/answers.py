"""What can be wrong in a file of answers: its shape, its columns, its codes, its numbers, its intentions (unsafe)."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {
    "answers.not_found": Text(
        fr="ce fichier de réponses n'existe pas. Vérifiez son chemin.",
        en="this file of answers does not exist. Check its path.",
    ),
    "answers.unknown_format": Text(
        fr="l'extension « {extension} » n'est pas lue. Donnez un fichier {known}.",
        en="the extension “{extension}” is not read. Give a file in {known}.",
    ),
    "answers.macros": Text(
        fr="ce classeur contient des macros (.xlsm, .xlsb). Enregistrez-le en « Classeur Excel (.xlsx) ».",
        en="this workbook holds macros (.xlsm, .xlsb). Save it as “Excel Workbook (.xlsx)”.",
    ),
    "answers.old_excel": Text(
        fr="c'est un ancien classeur Excel (.xls) ou un classeur protégé par mot de passe. "
        "Ouvrez-le et enregistrez-le en « Classeur Excel (.xlsx) », sans mot de passe.",
        en="this is an old Excel workbook (.xls) or one protected by a password. "
        "Open it and save it as “Excel Workbook (.xlsx)”, without a password.",
    ),
    "answers.portable_spss": Text(
        fr="les fichiers SPSS portables (.por) ne gardent ni les libellés longs ni les accents. "
        "Depuis SPSS ou PSPP, enregistrez les données en .sav.",
        en="SPSS portable files (.por) keep neither long labels nor accents. From SPSS or PSPP, save the data as .sav.",
    ),
    "answers.empty": Text(
        fr="ce fichier ne contient aucune réponse. Vérifiez que l'export s'est terminé.",
        en="this file holds no answer. Check that the export went to its end.",
    ),
    "answers.broken": Text(
        fr="ce n'est pas un fichier {format} lisible ({detail}). Exportez-le à nouveau depuis son logiciel d'origine.",
        en="this is not a readable {format} file ({detail}). Export it again from the software it comes from.",
    ),
    "answers.not_csv": Text(
        fr="malgré son extension, ce fichier n'est pas un CSV : c'est {found}. Rendez-lui son extension, "
        "ou exportez-le en CSV.",
        en="in spite of its extension, this file is not a CSV: it is {found}. Give it back its own extension, "
        "or export it as CSV.",
    ),
    "answers.encoding": Text(
        fr="l'octet n° {position} ({byte}) ne se lit pas en {encoding}. Enregistrez le fichier en UTF-8, ou dites son "
        "encodage : « encoding: {suggestion} » sous « answers: », « --encoding {suggestion} » pour alliage estimate.",
        en="byte {position} ({byte}) cannot be read as {encoding}. Save the file as UTF-8, or tell its encoding: "
        "`encoding: {suggestion}` under `answers:`, `--encoding {suggestion}` for `alliage estimate`.",
    ),
    "answers.unknown_encoding": Text(
        fr="l'encodage « {encoding} » n'existe pas. Écrivez utf-8, windows-1252, iso-8859-15 ou utf-16.",
        en="the encoding “{encoding}” does not exist. Write utf-8, windows-1252, iso-8859-15 or utf-16.",
    ),
    "answers.delimiter_length": Text(
        fr='le séparateur « {delimiter} » n\'est pas un seul signe. Écrivez ",", ";" ou "\\t".',
        en='the delimiter “{delimiter}” is not a single character. Write ",", ";" or "\\t".',
    ),
    "answers.delimiter": Text(
        fr="la première ligne ne contient qu'une colonne et des « {found} » : le séparateur n'est sans doute pas "
        '« {delimiter} ». Écrivez « delimiter: "{found}" » sous « answers: », ou « --delimiter "{found}" » pour '
        "alliage estimate.",
        en="the first line holds a single column and some “{found}”: the delimiter is probably not “{delimiter}”. "
        'Write `delimiter: "{found}"` under `answers:`, or `--delimiter "{found}"` for `alliage estimate`.',
    ),
    "answers.ragged": Text(
        fr="cette ligne a {found} cases, la première en a {expected}. Un séparateur est-il écrit sans guillemets "
        "dans une réponse ?",
        en="this line has {found} fields, the first one has {expected}. Is a delimiter written without quotes "
        "in an answer?",
    ),
    "answers.quotes": Text(
        fr="les guillemets ne se ferment pas ou sont suivis d'un signe ({detail}). "
        "Doublez les guillemets à l'intérieur d'une réponse.",
        en="quotes do not close or are followed by a character ({detail}). Double the quotes inside an answer.",
    ),
    "answers.nul": Text(
        fr="l'octet n° {position} est nul : ce n'est pas du texte en {encoding}. Si le fichier vient d'Excel "
        "(« Texte Unicode »), ajoutez « encoding: utf-16 » ; sinon exportez-le à nouveau.",
        en="byte {position} is null: this is not text in {encoding}. If the file comes from Excel (“Unicode Text”), "
        "add `encoding: utf-16`; otherwise export it again.",
    ),
    "answers.no_name": Text(
        fr="la colonne n° {rank} n'a pas de nom. Donnez-lui un nom dans la première ligne, ou supprimez-la.",
        en="column {rank} has no name. Give it one in the first line, or delete it.",
    ),
    "answers.double_name": Text(
        fr="les colonnes n° {first} et n° {second} portent le même nom, à la casse près : « {name} » et « {other} ». "
        "Renommez l'une des deux.",
        en="columns {first} and {second} have the same name, apart from capitals: “{name}” and “{other}”. "
        "Rename one of them.",
    ),
    "answers.no_sheet": Text(
        fr="le classeur n'a pas de feuille « {sheet} »{suggestion}. Feuilles : {known}.",
        en="the workbook has no sheet “{sheet}”{suggestion}. Sheets: {known}.",
    ),
    "answers.nested": Text(
        fr="la colonne « {column} » contient des listes ou des structures ({type}). Une case, une réponse : "
        "dépliez-la.",
        en="the column “{column}” holds lists or structures ({type}). One field, one answer: unfold it.",
    ),
    "answers.missing_column": Text(
        fr="la colonne « {source} » (pour « {id} ») n'est pas dans {file}{suggestion}. Corrigez son nom sous "
        "« columns: », ou, si la question n'a pas été posée, ajoutez « {id} » à « not_collected: ».",
        en="the column “{source}” (for “{id}”) is not in {file}{suggestion}. Correct its name under `columns:`, "
        "or, if the question was not asked, add “{id}” to `not_collected:`.",
    ),
    "answers.missing_variable": Text(
        fr="la colonne « {source} » (pour « {id} ») n'est pas dans {file}{suggestion}. Corrigez son nom sous "
        "« columns: », ou retirez la ligne si rien n'en dépend.",
        en="the column “{source}” (for “{id}”) is not in {file}{suggestion}. Correct its name under `columns:`, "
        "or remove the line if nothing depends on it.",
    ),
    "answers.no_id_column": Text(
        fr="la colonne « {source} », qui identifie les répondants, n'est pas dans {file}{suggestion}. "
        "Corrigez « answers: id: ».",
        en="the column “{source}”, which identifies respondents, is not in {file}{suggestion}. Correct `answers: id:`.",
    ),
    "answers.double_id": Text(
        fr="l'identifiant « {id} » est déjà celui de {other}. Chaque répondant compte une fois : "
        "supprimez le doublon ou corrigez l'identifiant.",
        en="the id “{id}” is already that of {other}. Each respondent counts once: "
        "remove the double or correct the id.",
    ),
    "answers.empty_id": Text(
        fr="la colonne « {source} » est vide : ce répondant n'a pas d'identifiant. Donnez-lui-en un.",
        en="the column “{source}” is empty: this respondent has no id. Give them one.",
    ),
    "answers.unknown_code": Text(
        fr="« {value} » n'est pas une réponse possible de « {column} » ({times}){suggestion}. Admises : {known}. "
        "Corrigez le fichier, ou dites sous « columns: » ou « missing: » ce que cette valeur veut dire.",
        en="“{value}” is not a possible answer of “{column}” ({times}){suggestion}. Accepted: {known}. "
        "Correct the file, or say under `columns:` or `missing:` what this value means.",
    ),
    "answers.not_a_number": Text(
        fr="« {value} » n'est pas un nombre, et « {column} » en attend un ({times}). Corrigez-le, ou dites sous "
        "« missing: » ce que cette valeur veut dire.",
        en="“{value}” is not a number, and “{column}” expects one ({times}). Correct it, or say under `missing:` "
        "what this value means.",
    ),
    "answers.decimal_comma": Text(
        fr="« {value} », dans « {column} », s'écrit avec une virgule ({times}). Si c'est l'usage du fichier, "
        'ajoutez « decimal: "," » sous « answers: ».',
        en="“{value}”, in “{column}”, is written with a comma ({times}). If the file does so throughout, "
        'add `decimal: ","` under `answers:`.',
    ),
    "answers.out_of_range": Text(
        fr="{value} sort des bornes de « {column} » ({low} à {high}, {times}). Corrigez-le, ou dites sous « missing: » "
        "ce que cette valeur veut dire.",
        en="{value} is outside the bounds of “{column}” ({low} to {high}, {times}). Correct it, or say under "
        "`missing:` what this value means.",
    ),
    "answers.not_whole": Text(
        fr="« {column} » est une note entière, et vaut ici {value} ({times}). Corrigez-la.",
        en="“{column}” is a whole note, and is {value} here ({times}). Correct it.",
    ),
    "answers.no_band": Text(
        fr="{value} ne tombe dans aucune classe de « {derived} » ({times}). Étendez ses classes sous « derived: ».",
        en="{value} falls in no class of “{derived}” ({times}). Extend its classes under `derived:`.",
    ),
    "answers.only_ticked": Text(
        fr="« {column} » (question « {question} ») n'a que des cases cochées et {empty} cases vides, sans un 0 : cette "
        "réponse ferait 100 %. Dites ce que veut dire une case vide. Pas choisie, et qui n'a rien coché n'a pas "
        "répondu : « missing: [{{column: {question}, means: not_chosen}}] ». Pas choisie, même si rien n'est coché : "
        '« values: {{"": "0"}} » sous « columns: ». Pas de réponse : « missing: », « means: no_answer ».',
        en="“{column}” (question “{question}”) has only ticked boxes and {empty} empty ones, without a 0: this answer "
        "would make 100%. Say what an empty box means. Not chosen, and who ticked none did not answer: `missing: "
        '[{{column: {question}, means: not_chosen}}]`. Not chosen, even by who ticked none: `values: {{"": "0"}}` '
        "under `columns:`. No answer: `missing:`, `means: no_answer`.",
    ),
    "answers.too_many_choices": Text(
        fr="ce répondant a {chosen} réponses à « {question} », qui en accepte {most} au plus ({times}). Corrigez le "
        "fichier, ou le « max_choices » du questionnaire si la règle était autre.",
        en="this respondent has {chosen} answers to “{question}”, which takes {most} at most ({times}). Correct the "
        "file, or the `max_choices` of the questionnaire if the rule was another.",
    ),
    "answers.more_than_frame": Text(
        fr="{n} personnes ont répondu, et la population n'en compte que {size}. Corrigez « frame: size: » (en unités, "
        "non en milliers), ou cherchez les réponses en trop.",
        en="{n} people answered, and the population has only {size}. Correct `frame: size:` (in units, not in "
        "thousands), or look for the answers in excess.",
    ),
    "answers.more_than_margin": Text(
        fr="{n} répondants sont dans « {cell} », où la marge « {margin} » ne compte que {count} {unit}. Corrigez ce "
        "compte (en unités, non en milliers), ou écrivez « use: shares » si seules ses proportions valent.",
        en="{n} respondents are in “{cell}”, where the margin “{margin}” counts only {count} {unit}. Correct this "
        "count (in units, not in thousands), or write `use: shares` if only its proportions hold.",
    ),
    "answers.weight_missing": Text(
        fr="le poids « {column} » est vide ({times}). Un poids manquant ne se devine pas : complétez-le, "
        "ou retirez ces répondants du fichier.",
        en="the weight “{column}” is empty ({times}). A missing weight cannot be guessed: complete it, "
        "or take these respondents out of the file.",
    ),
    "answers.weight_negative": Text(
        fr="le poids « {column} » vaut {value} ({times}). Un poids est positif ou nul : corrigez-le.",
        en="the weight “{column}” is {value} ({times}). A weight is positive or zero: correct it.",
    ),
    "answers.weight_all_zero": Text(
        fr="tous les poids de « {column} » sont nuls : personne ne compterait. Vérifiez la colonne indiquée sous "
        "« design: weight: ».",
        en="all the weights of “{column}” are zero: nobody would count. "
        "Check the column given under `design: weight:`.",
    ),
    "answers.empty_design": Text(
        fr="« {column} » est vide ({times}), alors que le plan de sondage en dépend. Complétez-la.",
        en="“{column}” is empty ({times}), while the sampling design depends on it. Complete it.",
    ),
    "unsafe.zip": Text(
        fr="ce classeur est refusé avant ouverture : {reason}. Un vrai fichier de réponses n'est pas fait ainsi ; "
        "exportez-le à nouveau, au besoin en CSV.",
        en="this workbook is refused before opening: {reason}. A real file of answers is not made like this; "
        "export it again, as CSV if need be.",
    ),
    "unsafe.too_large": Text(
        fr="ce fichier pèse {size} octets, et la limite est de {limit}. Retirez les colonnes inutiles, ou donnez-le en "
        "Parquet.",
        en="this file is {size} bytes, and the limit is {limit}. Remove needless columns, or give it as Parquet.",
    ),
    "unsafe.too_many_columns": Text(
        fr="ce fichier a {columns} colonnes, et la limite est de {limit}. Gardez les colonnes du questionnaire.",
        en="this file has {columns} columns, and the limit is {limit}. Keep the columns of the questionnaire.",
    ),
    "unsafe.long_field": Text(
        fr="une case dépasse {limit} signes. Un guillemet ouvert n'est sans doute jamais refermé.",
        en="one field is longer than {limit} characters. A quote is probably opened and never closed.",
    ),
    "unsafe.crash": Text(
        fr="la lecture de ce fichier a fait tomber le lecteur ({detail}). Rien n'a été écrit ; le fichier est sans "
        "doute abîmé : exportez-le à nouveau, au besoin en CSV.",
        en="reading this file brought the reader down ({detail}). Nothing was written; the file is probably damaged: "
        "export it again, as CSV if need be.",
    ),
    "unsafe.memory": Text(
        fr="la lecture de ce fichier demande plus de {limit} Mo de mémoire, et a été arrêtée. Retirez les colonnes "
        "inutiles, ou donnez-le en Parquet.",
        en="reading this file needs more than {limit} MB of memory, and was stopped. Remove needless columns, "
        "or give it as Parquet.",
    ),
    "unsafe.time": Text(
        fr="la lecture de ce fichier dure plus de {limit} secondes, et a été arrêtée. Retirez les colonnes inutiles, "
        "ou donnez-le en Parquet.",
        en="reading this file takes more than {limit} seconds, and was stopped. Remove needless columns, "
        "or give it as Parquet.",
    ),
}
