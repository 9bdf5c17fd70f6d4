"""What can be wrong in a study or an observatory: its columns, its dates, its plan, what it refers to."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {
    "study.not_found": Text(
        fr="il n'y a ici ni {name} ni dossier qui en contienne un. "
        "Donnez le dossier de l'étude ou le fichier lui-même.",
        en="there is no {name} here, nor a folder that holds one. Give the folder of the study or the file itself.",
    ),
    "study.unknown_column": Text(
        fr="« {key} » nomme la colonne « {id} », que ni le questionnaire ni « columns: » ne déclarent{suggestion}. "
        "Ajoutez-la sous « columns: » : {{source: NOM_DANS_LE_FICHIER, id: {id}}}.",
        en="“{key}” names the column “{id}”, which neither the questionnaire nor `columns:` declares{suggestion}. "
        "Add it under `columns:`: {{source: NAME_IN_THE_FILE, id: {id}}}.",
    ),
    "study.not_a_number_column": Text(
        fr="« {id} » est découpée en classes à partir de « {source} », qui n'est pas un nombre dans le questionnaire. "
        "Choisissez une question de type number ou note.",
        en="“{id}” is cut into classes from “{source}”, which is not a number in the questionnaire. "
        "Choose a question of type number or note.",
    ),
    "study.double_column": Text(
        fr="« {id} » est déjà donné à la colonne ligne {first}. Une colonne du fichier, un identifiant.",
        en="“{id}” is already given to the column on line {first}. One column of the file, one id.",
    ),
    "study.unknown_option": Text(
        fr="« {source} » envoie « {value} » vers la réponse « {option} », que la question « {question} » ne propose pas"
        "{suggestion}. Réponses possibles : {known}.",
        en="“{source}” sends “{value}” to the answer “{option}”, which question “{question}” does not offer"
        "{suggestion}. Possible answers: {known}.",
    ),
    "study.unknown_answer": Text(
        fr="« unless » nomme la réponse « {option} » de « {column} », qui ne la propose pas{suggestion}. "
        "Réponses possibles : {known}.",
        en="`unless` names the answer “{option}” of “{column}”, which does not offer it{suggestion}. "
        "Possible answers: {known}.",
    ),
    "study.no_questionnaire": Text(
        fr="le questionnaire « {questionnaire} » n'est ni un fichier à côté de l'étude, ni un questionnaire connu"
        "{suggestion}. Questionnaires connus : {known}.",
        en="the questionnaire “{questionnaire}” is neither a file beside the study nor a known questionnaire"
        "{suggestion}. Known questionnaires: {known}.",
    ),
    "study.wrong_audience": Text(
        fr="l'étude parle de « {audience} » et son questionnaire « {questionnaire} » de « {other} ». "
        "Corrigez l'un des deux.",
        en="the study is about “{audience}” and its questionnaire “{questionnaire}” about “{other}”. "
        "Correct one of them.",
    ),
    "study.dates_reversed": Text(
        fr="le terrain finit le {end} avant d'avoir commencé le {start}. Échangez « start: » et « end: ».",
        en="field work ends on {end}, before it starts on {start}. Swap `start:` and `end:`.",
    ),
    "study.frame_size": Text(
        fr="la population compte {size} unités. Écrivez un nombre entier d'au moins 1, avec sa source.",
        en="the population has {size} units. Write a whole number of at least 1, with its source.",
    ),
    "study.unknown_indicator": Text(
        fr="le plan publie l'indicateur « {indicator} », qui n'existe pas{suggestion}. "
        "Retirez la ligne, ou ajoutez le fichier de l'indicateur sous « indicators: ».",
        en="the plan publishes the indicator “{indicator}”, which does not exist{suggestion}. "
        "Remove the line, or add the indicator's file under `indicators:`.",
    ),
    "study.two_cuts": Text(
        fr="le plan ventile selon « {one} » et selon « {other} », deux découpages de « {source} » : les quelques "
        "personnes qui changent de classe se retrouveraient par soustraction. Gardez un seul des deux.",
        en="the plan breaks down by “{one}” and by “{other}”, two cuts of “{source}”: the few people who change "
        "classes would be found by subtraction. Keep one of the two.",
    ),
    "study.unknown_breakdown": Text(
        fr="le plan croise « {indicator} » avec « {by} », qui n'est ni une question à une réponse, ni une variable "
        "dérivée, ni le zonage{suggestion}. Croisements possibles : {known}.",
        en="the plan breaks “{indicator}” down by “{by}”, which is neither a one-answer question, nor a derived "
        "variable, nor the zoning{suggestion}. Possible breakdowns: {known}.",
    ),
    "study.double_table": Text(
        fr="le plan publie déjà l'indicateur « {indicator} » à la ligne {first}. Gardez une ligne par indicateur, avec "
        "tous ses croisements : « by: [a, b] ».",
        en="the plan already publishes the indicator “{indicator}” on line {first}. Keep one line per indicator, with "
        "all its breakdowns: `by: [a, b]`.",
    ),
    "study.double_breakdown": Text(
        fr="le plan croise deux fois « {indicator} » avec « {by} ». Gardez-en une.",
        en="the plan breaks “{indicator}” down by “{by}” twice. Keep one of them.",
    ),
    "study.empty_breakdown": Text(
        fr="le plan croise « {indicator} » avec « {by} », mais aucune étude n'a les deux : le tableau n'aurait pas une "
        "case. Études qui ont posé la question : {asked}. Études qui ont « {by} » : {held}. Retirez ce croisement.",
        en="the plan breaks “{indicator}” down by “{by}”, but no study has both: the table would not have one cell. "
        "Studies that asked the question: {asked}. Studies that have “{by}”: {held}. Remove this breakdown.",
    ),
    "study.zoning_column": Text(
        fr="« {column} » n'est pas une question à une réponse de cette étude : ses codes ne sont déclarés nulle part, "
        "et ses territoires ne seraient pas publiés. Faites-en une question de type category dont les réponses sont "
        "les codes des territoires.",
        en="“{column}” is not a one-answer question of this study: its codes are declared nowhere, and its territories "
        "would not be published. Make it a question of type category whose answers are the codes of the territories.",
    ),
    "study.zoning_level": Text(
        fr="le niveau « {level} » n'est pas encore publié ; niveaux publiés : {known}. Ses codes seraient pris pour "
        "ceux de régions (75 est Paris et la Nouvelle-Aquitaine). Regroupez-les en régions, par « values: » sous "
        "« columns: », ou retirez le zonage et ce croisement du plan.",
        en="the level “{level}” is not published yet; published levels: {known}. Its codes would be taken for those of "
        "regions (75 is Paris and Nouvelle-Aquitaine). Gather them into regions, with `values:` under `columns:`, or "
        "remove the zoning and this breakdown from the plan.",
    ),
    "study.zoning_vintage": Text(
        fr="le zonage est lu sur la carte de {vintage}, et seule est connue celle des 18 régions, en vigueur depuis "
        "{since} : avant, les régions et leurs codes étaient autres. Regroupez les réponses dans les régions "
        "d'aujourd'hui, par « values: » sous « columns: », puis écrivez « vintage: {since} » ou plus.",
        en="the zoning is read on the map of {vintage}, and the only one known is that of the 18 regions, in force "
        "since {since}: before, regions and their codes were different. Gather the answers into today's regions, with "
        "`values:` under `columns:`, then write `vintage: {since}` or later.",
    ),
    "study.unknown_territory": Text(
        fr="« {column} » porte le zonage, et sa réponse « {code} » ({name}) n'est pas un code de région{suggestion}. "
        "Corrigez le code, ou retirez cette réponse du questionnaire et dites sous « missing: » ce qu'elle veut dire. "
        "Régions : {known}.",
        en="“{column}” holds the zoning, and its answer “{code}” ({name}) is not the code of a region{suggestion}. "
        "Correct the code, or take this answer out of the questionnaire and say under `missing:` what it means. "
        "Regions: {known}.",
    ),
    "study.territory_name": Text(
        fr="la réponse « {name} » porte le code {code}, qui est celui de la région « {territory} » : ses réponses "
        "seraient publiées sous ce nom. Corrigez le code ; si c'est bien cette région, écrivez son nom en entier.",
        en="the answer “{name}” has the code {code}, which is that of the region “{territory}”: its answers would be "
        "published under that name. Correct the code; if it is this region, write its name in full.",
    ),
    "study.zoning_elsewhere": Text(
        fr="« {column} » porte les territoires de « {other} », et cette étude a la même colonne sans « zoning: » : le "
        "secret n'y compterait pas les habitants. Ajoutez-lui le même « zoning: », ou donnez un autre identifiant à sa "
        "colonne.",
        en="“{column}” holds the territories of “{other}”, and this study has the same column without `zoning:`: "
        "secrecy would not count inhabitants there. Give it the same `zoning:`, or give its column another id.",
    ),
    "study.no_whole": Text(
        fr="des territoires sont publiés, et rien ne dit de quoi ils sont les parties. Ajoutez par exemple « whole: "
        "{{label: {{fr: France métropolitaine, en: Metropolitan France}}, inside: {{fr: en France métropolitaine, en: "
        "in metropolitan France}}}} », avec le territoire que l'enquête couvre vraiment.",
        en="territories are published, and nothing says what they are parts of. Add for example `whole: {{label: "
        "{{fr: France métropolitaine, en: Metropolitan France}}, inside: {{fr: en France métropolitaine, en: in "
        "metropolitan France}}}}`, with the territory the survey really covers.",
    ),
    "study.mixed_synthetic": Text(
        fr="l'observatoire et « {study} » ne disent pas la même chose : l'un annonce des données synthétiques, l'autre "
        "non. Écrivez « synthetic: » dans l'observatoire et dans chaque étude si les réponses sont inventées, nulle "
        "part si elles sont vraies ; les unes et les autres ne se publient pas ensemble.",
        en="the observatory and “{study}” do not say the same: one announces synthetic data, the other does not. Write "
        "`synthetic:` in the observatory and in every study if answers are made up, nowhere if they are real; the two "
        "are not published together.",
    ),
    "study.not_boxes": Text(
        fr="« not_chosen » se dit d'une case laissée vide, et « {column} » n'est pas une question à choix multiple. "
        "Écrivez « no_answer » (la question a été posée) ou « not_asked » (elle ne l'a pas été).",
        en="`not_chosen` is said of a box left empty, and “{column}” is not a multiple-choice question. Write "
        "`no_answer` (the question was asked) or `not_asked` (it was not).",
    ),
    "study.told_twice": Text(
        fr="« missing: » explique la valeur « {value} » de « {column} », et « columns: » en fait déjà la réponse "
        "« {answer} » : la seconde l'emporterait sans le dire. Gardez l'une des deux.",
        en="`missing:` explains the value “{value}” of “{column}”, and `columns:` already makes it the answer "
        "“{answer}”: the latter would win without a word. Keep one of them.",
    ),
    "study.panel": Text(
        fr="des vagues liées en panel ne sont pas encore estimées : leurs écarts demandent la covariance entre vagues. "
        "Si ce ne sont pas les mêmes personnes, écrivez « linked: independent » ; sinon publiez chaque vague seule.",
        en="waves linked as a panel are not estimated yet: their gaps need the covariance between waves. "
        "If they are not the same people, write `linked: independent`; otherwise publish each wave alone.",
    ),
    "study.duplicate": Text(
        fr="{audience} à la vague {wave} est déjà décrit par {other}. Une étude par public et par vague.",
        en="{audience} at wave {wave} is already described by {other}. One study per audience and wave.",
    ),
    "study.unknown_wave": Text(
        fr="l'étude « {study} » est de la vague « {wave} », que l'observatoire ne déclare pas{suggestion}. "
        "Vagues déclarées : {known}.",
        en="the study “{study}” is of wave “{wave}”, which the observatory does not declare{suggestion}. "
        "Declared waves: {known}.",
    ),
    "study.no_answers": Text(
        fr="le fichier de réponses {path} n'existe pas. Mettez-le à cet endroit, ou corrigez « answers: file: » "
        "(et la variable ALLIAGE_DATA, s'il est dans le dossier de données).",
        en="the file of answers {path} does not exist. Put it there, or correct `answers: file:` (and the variable "
        "ALLIAGE_DATA, if it is in the data folder).",
    ),
    "study.no_data_folder": Text(
        fr="les réponses sont dans le dossier de données ({file}), et ce dossier n'est pas indiqué. "
        "Donnez son chemin dans la variable d'environnement ALLIAGE_DATA.",
        en="the answers are in the data folder ({file}), and that folder is not given. "
        "Give its path in the environment variable ALLIAGE_DATA.",
    ),
    "study.outside_data_folder": Text(
        fr="{file} sort du dossier de données. Écrivez un chemin sans « .. », à partir de ce dossier.",
        en="{file} leaves the data folder. Write a path without `..`, starting from that folder.",
    ),
    "study.no_plan": Text(
        fr="cette étude n'a pas de plan : rien ne dit quels tableaux publier. Ajoutez « plan: », par exemple "
        "« plan: [{{indicator: …, by: [region]}}] », ou publiez-la dans un observatoire.",
        en="this study has no plan: nothing says which tables to publish. Add `plan:`, for example "
        "`plan: [{{indicator: …, by: [region]}}]`, or publish it within an observatory.",
    ),
}
