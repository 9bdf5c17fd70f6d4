"""What can be wrong with weights: the margins, the answers they meet, the weights one starts from."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {
    "weights.bad_count": Text(
        fr="« {category} » vaut {value} : il faut un effectif, nombre positif ou nul. Corrigez-le d'après la source.",
        en="“{category}” is {value}: a count is needed, a number that is zero or more. Mend it from the source.",
    ),
    "weights.wrong_depth": Text(
        fr="la marge croise {variables} : il faut {depth} niveau(x) de modalités avant l'effectif. "
        "« {category} » n'en a pas le bon nombre.",
        en="the margin crosses {variables}: {depth} level(s) of categories are needed before the count. "
        "“{category}” does not have that number.",
    ),
    "weights.no_variable": Text(
        fr="la marge ne dit pas quelle variable elle compte. Écrivez par exemple « variables: [region] », "
        "chaque variable une seule fois.",
        en="the margin does not say which variable it counts. Write for instance `variables: [region]`, "
        "each variable only once.",
    ),
    "weights.nobody": Text(
        fr="la marge ne compte personne : son total est nul. Écrivez les effectifs de la population sous "
        "« categories: ».",
        en="the margin counts nobody: its total is zero. Write the counts of the population under `categories:`.",
    ),
    "weights.wrong_total": Text(
        fr="le total annoncé est {total}, mais les effectifs font {sum}. Corrigez l'un ou l'autre d'après la source.",
        en="the announced total is {total}, but the counts add up to {sum}. Mend one or the other from the source.",
    ),
    "weights.totals_disagree": Text(
        fr="la marge « {margin} » compte {total} {unit}, alors que « {other} » en compte {other_total}. Deux marges "
        "d'une même population ont le même total. Si elle ne vaut que pour ses proportions, écrivez-y "
        "« use: shares » : elle sera ramenée à {other_total}.",
        en="the margin “{margin}” counts {total} {unit}, while “{other}” counts {other_total}. Two margins of the "
        "same population have the same total. If only its proportions matter, write `use: shares` in it: it will be "
        "brought to {other_total}.",
    ),
    "weights.empty_cell": Text(
        fr="personne n'a répondu dans « {cell} » de la marge « {margin} », qui pèse {share} de la population. "
        'Regroupez cette modalité avec une voisine, dans study.yaml : « merge: {{"{cell}": "{neighbour}"}} ».',
        en="nobody answered in “{cell}” of the margin “{margin}”, which is {share} of the population. "
        'Merge this category with a neighbour, in study.yaml: `merge: {{"{cell}": "{neighbour}"}}`.',
    ),
    "weights.unknown_category": Text(
        fr="{count} réponse(s) ont « {category} », que la marge « {margin} » ne connaît pas. Ajoutez cette modalité "
        "à la marge avec son effectif, ou rattachez-la à une autre, dans study.yaml, sous « merge: ». "
        "Modalités connues : {known}.",
        en="{count} answer(s) have “{category}”, which the margin “{margin}” does not know. Add this category to the "
        "margin with its count, or attach it to another one, in study.yaml, under `merge:`. "
        "Known categories: {known}.",
    ),
    "weights.zero_cell": Text(
        fr="{count} réponse(s) sont dans « {cell} », que la marge « {margin} » dit vide (effectif 0). Corrigez "
        "l'effectif, ou rattachez cette modalité à une autre, dans study.yaml, sous « merge: ».",
        en="{count} answer(s) are in “{cell}”, which the margin “{margin}” says is empty (count 0). Mend the count, or "
        "attach this category to another one, in study.yaml, under `merge:`.",
    ),
    "weights.missing_value": Text(
        fr="{count} réponse(s) n'ont pas de valeur pour « {variable} », qui sert à pondérer ({who}). Complétez-les "
        "d'après la base de sondage, ou retirez cette marge : une réponse sans poids disparaîtrait en silence.",
        en="{count} answer(s) have no value for “{variable}”, which is used for weighting ({who}). Fill them in from "
        "the sampling frame, or leave this margin out: an answer without a weight would vanish in silence.",
    ),
    "weights.unknown_variable": Text(
        fr="la marge « {margin} » porte sur « {variable} », qui n'est pas une colonne des réponses{suggestion}. "
        "Corrigez « variables: » ou ajoutez la colonne dans study.yaml.",
        en="the margin “{margin}” is about “{variable}”, which is not a column of the answers{suggestion}. "
        "Mend `variables:` or add the column in study.yaml.",
    ),
    "weights.unknown_merge": Text(
        fr="« merge: » regroupe « {name} », qui n'est une modalité d'aucune marge{suggestion}.",
        en="`merge:` merges “{name}”, which is not a category of any margin{suggestion}.",
    ),
    "weights.ambiguous_merge": Text(
        fr="« merge: » regroupe « {name} », qui est une modalité de plusieurs variables ({variables}). "
        "Précisez la variable : « {example} ».",
        en="`merge:` merges “{name}”, which is a category of several variables ({variables}). "
        "Say which variable: `{example}`.",
    ),
    "weights.circular_merge": Text(
        fr="« merge: » tourne en rond autour de « {name} ». Une modalité en rejoint une autre, qui reste.",
        en="`merge:` goes round in circles at “{name}”. A category joins another one, which stays.",
    ),
    "weights.merge_across": Text(
        fr="« merge: » regroupe « {name} » avec « {target} », qui ne sont pas dans la même marge. "
        "On ne regroupe que des modalités d'une même variable, ou des cases d'une même marge.",
        en="`merge:` merges “{name}” with “{target}”, which are not in the same margin. "
        "Only categories of one variable, or cells of one margin, can be merged.",
    ),
    "weights.no_margin": Text(
        fr="la méthode « {method} » demande au moins une marge. Nommez-la sous « margins: », ou écrivez "
        "« method: none ».",
        en="the method `{method}` needs at least one margin. Name it under `margins:`, or write `method: none`.",
    ),
    "weights.unused_margins": Text(
        fr="des marges sont nommées, mais la méthode est « none ». Écrivez « method: rake », ou ôtez les marges.",
        en="margins are named, but the method is `none`. Write `method: rake`, or take the margins out.",
    ),
    "weights.several_margins": Text(
        fr="la méthode « poststratify » ne prend qu'une marge, croisée au besoin ; il y en a {count}. "
        "Écrivez « method: rake ».",
        en="the method `poststratify` takes a single margin, crossed if need be; there are {count}. "
        "Write `method: rake`.",
    ),
    "weights.repeated_margin": Text(
        fr="la marge « {margin} » est nommée deux fois. Gardez-en une seule.",
        en="the margin “{margin}” is named twice. Keep only one.",
    ),
    "weights.no_answers": Text(
        fr="il n'y a aucune réponse à pondérer. Vérifiez le fichier de réponses.",
        en="there is no answer to weigh. Check the file of answers.",
    ),
    "weights.bad_weight": Text(
        fr="{count} poids de « {column} » ne sont pas des nombres positifs ou nuls ({who}). Corrigez-les dans le "
        "fichier : un poids est un nombre, 0 pour une réponse qui ne compte pas.",
        en="{count} weights of “{column}” are not numbers that are zero or more ({who}). Mend them in the file: a "
        "weight is a number, 0 for an answer that does not count.",
    ),
    "weights.all_zero": Text(
        fr="tous les poids de « {column} » sont nuls : aucune réponse ne compterait. Est-ce la bonne colonne ?",
        en="all the weights of “{column}” are zero: no answer would count. Is it the right column?",
    ),
    "weights.unknown_weight": Text(
        fr="la colonne de poids « {column} » n'est pas une colonne des réponses{suggestion}.",
        en="the column of weights “{column}” is not a column of the answers{suggestion}.",
    ),
    "weights.impossible": Text(
        fr="aucun jeu de poids positifs ne respecte toutes les marges à la fois. Au plus près, « {cell} » de la marge "
        "« {margin} » compterait {reached} au lieu de {wanted}. Trop peu de réponses croisent cette modalité avec "
        "celles des autres marges : regroupez-la avec une voisine sous « merge: », ou retirez une marge.",
        en="no set of positive weights meets all the margins at once. At the nearest, “{cell}” of the margin "
        "“{margin}” would count {reached} instead of {wanted}. Too few answers cross this category with those of the "
        "other margins: merge it with a neighbour under `merge:`, or take a margin out.",
    ),
    "weights.no_convergence": Text(
        fr="le calage n'a pas abouti après {iterations} tours : « {cell} » de la marge « {margin} » compte {reached} "
        "au lieu de {wanted}. Regroupez cette modalité avec une voisine sous « merge: », ou retirez une marge.",
        en="raking did not settle after {iterations} rounds: “{cell}” of the margin “{margin}” counts {reached} "
        "instead of {wanted}. Merge this category with a neighbour under `merge:`, or take a margin out.",
    ),
    "weights.bad_trim": Text(
        fr="« trim: {trim} » : le plafond est un multiple du poids médian, plus grand que 1 (par exemple 5).",
        en="`trim: {trim}`: the ceiling is a multiple of the median weight, greater than 1 (for instance 5).",
    ),
    "weights.trim_impossible": Text(
        fr="avec un plafond de {trim} fois le poids médian, les marges ne peuvent plus être respectées : au plus près, "
        "« {cell} » de la marge « {margin} » compterait {reached} au lieu de {wanted}. Relevez « trim: », ou "
        "regroupez cette modalité sous « merge: ».",
        en="with a ceiling of {trim} times the median weight, the margins can no longer be met: at the nearest, "
        "“{cell}” of the margin “{margin}” would count {reached} instead of {wanted}. Raise `trim:`, or merge this "
        "category under `merge:`.",
    ),
    "weights.file_exists": Text(
        fr="ce fichier existe déjà et n'a pas été touché. Donnez un autre nom après --to.",
        en="this file already exists and was left untouched. Give another name after --to.",
    ),
    "weights.no_folder": Text(
        fr="ce dossier n'existe pas : les poids n'ont nulle part où aller. Créez-le, ou corrigez le chemin après --to.",
        en="this folder does not exist: the weights have nowhere to go. Make it, or correct the path after --to.",
    ),
}
