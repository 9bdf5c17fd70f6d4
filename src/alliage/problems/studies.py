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
    "study.unknown_breakdown": Text(
        fr="le plan croise « {indicator} » avec « {by} », qui n'est ni une question à une réponse, ni une variable "
        "dérivée, ni le zonage{suggestion}. Croisements possibles : {known}.",
        en="the plan breaks “{indicator}” down by “{by}”, which is neither a one-answer question, nor a derived "
        "variable, nor the zoning{suggestion}. Possible breakdowns: {known}.",
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
