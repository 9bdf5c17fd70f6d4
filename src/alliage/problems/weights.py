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
        "Regroupez cette modalité avec une voisine, dans study.yaml ou la liste des marges : "
        '« merge: {{"{cell}": "{neighbour}"}} ».',
        en="nobody answered in “{cell}” of the margin “{margin}”, which is {share} of the population. "
        "Merge this category with a neighbour, in study.yaml or the list of margins: "
        '`merge: {{"{cell}": "{neighbour}"}}`.',
    ),
    "weights.unknown_category": Text(
        fr="{count} réponse(s) ont « {category} », que la marge « {margin} » ne connaît pas{suggestion}. Ajoutez cette "
        "modalité à la marge avec son effectif, ou rattachez-la à une autre, dans study.yaml ou la liste des marges, "
        "sous « merge: ». Modalités connues : {known}.",
        en="{count} answer(s) have “{category}”, which the margin “{margin}” does not know{suggestion}. Add this "
        "category to the margin with its count, or attach it to another one, in study.yaml or the list of margins, "
        "under `merge:`. Known categories: {known}.",
    ),
    "weights.zero_cell": Text(
        fr="{count} réponse(s) sont dans « {cell} », que la marge « {margin} » dit vide (effectif 0). Corrigez "
        "l'effectif, ou rattachez cette modalité à une autre, dans study.yaml ou la liste des marges, sous « merge: ».",
        en="{count} answer(s) are in “{cell}”, which the margin “{margin}” says is empty (count 0). Mend the count, or "
        "attach this category to another one, in study.yaml or the list of margins, under `merge:`.",
    ),
    "weights.missing_value": Text(
        fr="{count} réponse(s) n'ont pas de valeur pour « {variable} », qui sert à pondérer ({who}). Complétez-les "
        "d'après la base de sondage, ou retirez cette marge : une réponse sans poids disparaîtrait en silence.",
        en="{count} answer(s) have no value for “{variable}”, which is used for weighting ({who}). Fill them in from "
        "the sampling frame, or leave this margin out: an answer without a weight would vanish in silence.",
    ),
    "weights.unknown_variable": Text(
        fr="la marge « {margin} » porte sur « {variable} », qui n'est pas une colonne des réponses{suggestion}. "
        "Corrigez « variables: » ou ajoutez la colonne (dans une étude : « columns: » de study.yaml).",
        en="the margin “{margin}” is about “{variable}”, which is not a column of the answers{suggestion}. "
        "Mend `variables:` or add the column (in a study: `columns:` of study.yaml).",
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
        "fichier : un poids est un nombre, ses décimales après un point, 0 pour une réponse qui ne compte pas.",
        en="{count} weights of “{column}” are not numbers that are zero or more ({who}). Mend them in the file: a "
        "weight is a number, its decimals after a point, 0 for an answer that does not count.",
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
        "au lieu de {wanted}. Des poids existent pourtant, au bord de ce qui est possible : prenez une autre méthode "
        "(rake, logit), regroupez cette modalité avec une voisine sous « merge: », ou retirez une marge.",
        en="the calibration did not settle after {iterations} rounds: “{cell}” of the margin “{margin}” counts "
        "{reached} instead of {wanted}. Weights do exist, at the edge of what is possible: take another method (rake, "
        "logit), merge this category with a neighbour under `merge:`, or take a margin out.",
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
    "weights.total_of": Text(
        fr="le total d'un nombre s'écrit avec deux lignes : « use: total », et « of: » suivi de la colonne que l'on "
        "additionne. Ajoutez celle qui manque, ou ôtez l'autre.",
        en="the total of a number takes two lines: `use: total`, and `of:` followed by the column that is added up. "
        "Add the one that is missing, or take the other out.",
    ),
    "weights.one_total": Text(
        fr="le total de « {of} » est un seul nombre : écrivez « total: » suivi de ce nombre, sans « categories: ». "
        "Pour un total dans chaque modalité, dites laquelle sous « variables: ».",
        en="the total of “{of}” is a single number: write `total:` followed by it, without `categories:`. For a total "
        "in each category, say of which variable under `variables:`.",
    ),
    "weights.not_number": Text(
        fr="{count} réponse(s) n'ont pas un nombre pour « {variable} », dont le total sert à pondérer ({who}). "
        "Corrigez-les (les décimales s'écrivent après un point), ou retirez cette marge.",
        en="{count} answer(s) have no number for “{variable}”, whose total is used for weighting ({who}). Mend them "
        "(decimals are written after a point), or leave this margin out.",
    ),
    "weights.unknown_method": Text(
        fr="« {method} » n'est pas une méthode de calage{suggestion}. Choisissez parmi {known}.",
        en="“{method}” is not a method of calibration{suggestion}. Choose among {known}.",
    ),
    "weights.poststratify_counts": Text(
        fr="la méthode « poststratify » ne prend que des effectifs de personnes : ni total d'un nombre, ni bornes, ni "
        "ménages, ni échelle, ni coûts. Écrivez « method: rake », ou ôtez-les.",
        en="the method `poststratify` takes counts of persons only: no total of a number, no bounds, no households, no "
        "scale, no costs. Write `method: rake`, or take them out.",
    ),
    "weights.bounds_needed": Text(
        fr="la méthode « {method} » demande des bornes : le plus petit et le plus grand facteur, autour de 1, par "
        "exemple 0,5 et 2.",
        en="the method `{method}` needs bounds: the smallest and the largest factor, around 1, for instance 0.5 and 2.",
    ),
    "weights.bad_bounds": Text(
        fr="les bornes {low} et {high} ne conviennent pas : la première est plus petite que 1 (et jamais négative avec "
        "« rake » et « sinh »), la seconde plus grande que 1. Par exemple 0,5 et 2.",
        en="the bounds {low} and {high} will not do: the first is smaller than 1 (and never negative with `rake` and "
        "`sinh`), the second greater than 1. For instance 0.5 and 2.",
    ),
    "weights.unknown_cost": Text(
        fr="« costs: » donne un coût à « {name} », qui n'est pas une des marges{suggestion}.",
        en="`costs:` gives a cost to “{name}”, which is not one of the margins{suggestion}.",
    ),
    "weights.bad_cost": Text(
        fr="le coût de « {name} » est {cost} : il faut un nombre plus grand que 0. Une marge à respecter exactement "
        "n'a pas de coût : ôtez-la de « costs: ».",
        en="the cost of “{name}” is {cost}: a number greater than 0 is needed. A margin to be met exactly has no "
        "cost: take it out of `costs:`.",
    ),
    "weights.unknown_scale": Text(
        fr="la colonne d'échelle « {column} » n'est pas une colonne des réponses{suggestion}.",
        en="the column of scales “{column}” is not a column of the answers{suggestion}.",
    ),
    "weights.bad_scale": Text(
        fr="{count} valeur(s) de « {column} » ne sont pas des nombres plus grands que 0 ({who}). Corrigez-les : "
        "l'échelle dit combien chaque poids peut bouger.",
        en="{count} value(s) of “{column}” are not numbers greater than 0 ({who}). Mend them: the scale says how much "
        "each weight may move.",
    ),
    "weights.no_household": Text(
        fr="la marge « {margin} » compte des ménages, mais rien ne dit qui vit avec qui. Nommez sous « household: » la "
        "colonne qui identifie le ménage.",
        en="the margin “{margin}” counts households, but nothing says who lives with whom. Name under `household:` the "
        "column that identifies the household.",
    ),
    "weights.unknown_household": Text(
        fr="la colonne de ménages « {column} » n'est pas une colonne des réponses{suggestion}.",
        en="the column of households “{column}” is not a column of the answers{suggestion}.",
    ),
    "weights.household_varies": Text(
        fr="dans {count} réponse(s), « {variable} » n'est pas le même que pour un autre membre du ménage "
        "« {household} » ({who}). Ce que l'on dit d'un ménage vaut pour tous ses membres : corrigez le fichier.",
        en="in {count} answer(s), “{variable}” is not the same as for another member of the household “{household}” "
        "({who}). What is said of a household holds for all its members: mend the file.",
    ),
    "weights.bad_total": Text(
        fr="« {category} » vaut {value} : le total d'un nombre est lui-même un nombre. Corrigez-le d'après la source.",
        en="“{category}” is {value}: the total of a number is itself a number. Mend it from the source.",
    ),
    "weights.impossible_total": Text(
        fr="aucun jeu de poids positifs ne respecte toutes les marges à la fois. Au plus près, « {cell} » de la marge "
        "« {margin} » serait de {reached} au lieu de {wanted}. Vérifiez l'unité de ce total (des euros, ou des "
        "milliers d'euros ?) et celle de la colonne, ou retirez cette marge.",
        en="no set of positive weights meets all the margins at once. At the nearest, “{cell}” of the margin "
        "“{margin}” would be {reached} instead of {wanted}. Check the unit of this total (euros, or thousands of "
        "euros?) and that of the column, or take this margin out.",
    ),
    "weights.mean_out_of_range": Text(
        fr="le total de « {margin} », {total}, ferait {mean} en moyenne pour une population de {size}, alors que "
        "« {variable} » va de {low} à {high} dans les réponses. Mettez ce total et la colonne dans la même unité (des "
        "euros, ou des milliers d'euros ?).",
        en="the total of “{margin}”, {total}, would make a mean of {mean} for a population of {size}, while "
        "“{variable}” goes from {low} to {high} in the answers. Put this total and the column in the same unit (euros, "
        "or thousands of euros?).",
    ),
    "weights.nothing_left": Text(
        fr="seuls des poids nuls donneraient ces totaux : {margins}. Vérifiez-les : un total de zéro ne se trouve pas "
        "avec des poids positifs quand les réponses ont toutes un nombre positif.",
        en="only weights of zero would give these totals: {margins}. Check them: positive weights never make a total "
        "of zero when all the answers hold a positive number.",
    ),
    "weights.contradictory": Text(
        fr="ces marges se contredisent : aucun jeu de poids, même négatifs, ne les respecte toutes. Au plus près, "
        "« {cell} » de la marge « {margin} » compterait {reached} au lieu de {wanted}. Deux marges disent sans doute "
        "autrement la même chose : corrigez l'une des deux d'après la source, ou retirez-la.",
        en="these margins contradict each other: no set of weights, even negative, meets them all. At the nearest, "
        "“{cell}” of the margin “{margin}” would count {reached} instead of {wanted}. Two margins probably say the "
        "same thing in different ways: mend one of them from the source, or take it out.",
    ),
    "weights.bounds_impossible": Text(
        fr="avec des facteurs entre {low} et {high}, aucun jeu de poids ne respecte toutes les marges : au plus près, "
        "« {cell} » de la marge « {margin} » compterait {reached} au lieu de {wanted}. Des bornes de {wide_low} et "
        "{wide_high} suffiraient ; sinon, regroupez cette modalité sous « merge: ».",
        en="with factors between {low} and {high}, no set of weights meets all the margins: at the nearest, “{cell}” "
        "of the margin “{margin}” would count {reached} instead of {wanted}. Bounds of {wide_low} and {wide_high} "
        "would do; otherwise, merge this category under `merge:`.",
    ),
    "weights.bounds_off_scale": Text(
        fr="avec des facteurs entre {low} et {high}, aucun jeu de poids ne respecte toutes les marges : au plus près, "
        "« {cell} » de la marge « {margin} » compterait {reached} au lieu de {wanted}. Les poids de départ font {own} "
        "en tout, et la population {total} : ramenez-les-y d'abord (« rescale: true », --rescale), et les bornes "
        "s'entendront autour de 1. Sans cela, il faudrait des bornes de {wide_low} et {wide_high}.",
        en="with factors between {low} and {high}, no set of weights meets all the margins: at the nearest, “{cell}” "
        "of the margin “{margin}” would count {reached} instead of {wanted}. The starting weights add up to {own}, the "
        "population to {total}: bring them to it first (`rescale: true`, --rescale), and bounds will be around 1. "
        "Without it, bounds of {wide_low} and {wide_high} would be needed.",
    ),
    "weights.replicate_length": Text(
        fr="les poids répliqués ont {found} lignes, et le calage porte sur {expected} réponses. Donnez une ligne par "
        "réponse, dans le même ordre.",
        en="the replicate weights have {found} rows, and the calibration is about {expected} answers. Give one row per "
        "answer, in the same order.",
    ),
    "weights.replicate_impossible": Text(
        fr="les marges ne peuvent pas être respectées dans la réplique n° {replicate} : « {cell} » n'y compterait que "
        "{reached} au lieu de {wanted}. Regroupez cette modalité avec une voisine : trop peu d'unités la portent.",
        en="the margins cannot be met in replicate no. {replicate}: “{cell}” would only count {reached} there instead "
        "of {wanted}. Merge this category with a neighbour: too few units hold it.",
    ),
    "weights.file_exists": Text(
        fr="ce fichier existe déjà et n'a pas été touché. Donnez un autre nom après --to.",
        en="this file already exists and was left untouched. Give another name after --to.",
    ),
    "weights.no_folder": Text(
        fr="ce dossier n'existe pas : les poids n'ont nulle part où aller. Créez-le, ou corrigez le chemin après --to.",
        en="this folder does not exist: the weights have nowhere to go. Make it, or correct the path after --to.",
    ),
    # Non-response, trimming, and files weighed without a study.
    "weights.unknown_covariate": Text(
        fr="« {variable} » n'est pas une colonne de l'échantillon{suggestion}. Corrigez ce nom.",
        en="“{variable}” is not a column of the sample{suggestion}. Mend this name.",
    ),
    "weights.missing_covariate": Text(
        fr="{count} ligne(s) de l'échantillon n'ont pas de valeur pour « {variable} », qui sert à corriger la "
        "non-réponse ({who}). Complétez-les d'après la base de sondage, donnez-leur une catégorie à part, ou retirez "
        "cette variable.",
        en="{count} row(s) of the sample have no value for “{variable}”, which is used to correct non-response "
        "({who}). Fill them in from the sampling frame, give them a category of their own, or leave this variable out.",
    ),
    "weights.bad_responded": Text(
        fr="{count} valeur(s) de « {column} » ne disent pas si la personne a répondu ({who}). Écrivez 1 pour qui a "
        "répondu, 0 pour qui n'a pas répondu.",
        en="{count} value(s) of “{column}” do not say whether the person answered ({who}). Write 1 for those who "
        "answered, 0 for those who did not.",
    ),
    "weights.no_respondent": Text(
        fr="d'après « {column} », personne n'a répondu (ou seulement des poids nuls). Est-ce la bonne colonne ?",
        en="according to “{column}”, nobody answered (or only weights of zero). Is it the right column?",
    ),
    "weights.silent_group": Text(
        fr="aucune des {n} unités tirées dans le groupe « {group} » n'a répondu : nul n'y peut porter leur poids. "
        'Regroupez-le avec un voisin : merge={{"{group}": "{neighbour}"}}.',
        en="none of the {n} units drawn in the group “{group}” answered: nobody there can carry their weight. "
        'Merge it with a neighbour: merge={{"{group}": "{neighbour}"}}.',
    ),
    "weights.silent_class": Text(
        fr="aucune des {n} unités de la {group} n'a répondu : personne ne peut y porter leur poids. Demandez moins de "
        "{classes} classes.",
        en="none of the {n} units of {group} answered: nobody there can carry their weight. Ask for fewer than "
        "{classes} classes.",
    ),
    "weights.bad_classes": Text(
        fr="« classes={classes} » : il faut au moins une classe, ou None pour diviser chaque poids par sa probabilité.",
        en="`classes={classes}`: at least one class is needed, or None to divide each weight by its probability.",
    ),
    "weights.bad_floor": Text(
        fr="« floor={floor} » : le plancher d'une probabilité est compris entre 0 (aucun) et 1 exclu.",
        en="`floor={floor}`: the floor of a probability lies between 0 (none) and 1 excluded.",
    ),
    "weights.bad_trimmed": Text(
        fr="ces {n} poids ne peuvent pas être écrêtés : {count} ne sont pas des nombres positifs ou nuls, ou tous sont "
        "nuls. Corrigez-les : un poids est un nombre, 0 pour une réponse qui ne compte pas.",
        en="these {n} weights cannot be trimmed: {count} are not numbers that are zero or more, or all are zero. Mend "
        "them: a weight is a number, 0 for an answer that does not count.",
    ),
    "weights.one_ceiling": Text(
        fr="donnez un plafond, et un seul : « ceiling » (un poids), « median_ratio » (en nombre de médianes) ou "
        "« interquartile » (la médiane et autant d'écarts interquartiles) ; ou un plancher seul, « floor ».",
        en="give one ceiling, and only one: `ceiling` (a weight), `median_ratio` (in medians) or `interquartile` (the "
        "median and as many interquartile ranges); or a floor alone, `floor`.",
    ),
    "weights.bad_bound": Text(
        fr="« {name}={bound} » : il faut un nombre plus grand que {least}.",
        en="`{name}={bound}`: a number greater than {least} is needed.",
    ),
    "weights.floor_over_ceiling": Text(
        fr="le plancher ({floor}) n'est pas sous le plafond ({ceiling}). Baissez l'un ou relevez l'autre.",
        en="the floor ({floor}) is not under the ceiling ({ceiling}). Lower the one or raise the other.",
    ),
    "weights.total_impossible": Text(
        fr="avec ce {name} ({bound}), les {n} poids ne peuvent pas garder leur total : leur moyenne est {mean}. Donnez "
        'un plafond au-dessus de cette moyenne et un plancher au-dessous, ou écrivez redistribute="none".',
        en="with this {name} ({bound}), the {n} weights cannot keep their total: their mean is {mean}. Give a ceiling "
        'above this mean and a floor under it, or write redistribute="none".',
    ),
    "weights.not_asked": Text(
        fr="« {category} » n'est pas une réponse possible à « {variable} »{suggestion} : personne ne pourra y être. "
        "Corrigez ce nom, ou rattachez cette modalité à une autre sous « merge: ». Réponses possibles : {known}.",
        en="“{category}” is not a possible answer to “{variable}”{suggestion}: nobody can ever be there. Mend this "
        "name, or attach this category to another one under `merge:`. Possible answers: {known}.",
    ),
    "weights.empty_list": Text(
        fr="la liste des marges est vide. Nommez-y des fichiers de marge, ou écrivez-y des marges.",
        en="the list of margins is empty. Name margin files in it, or write margins in it.",
    ),
    "weights.not_a_margin": Text(
        fr="une marge est le nom d'un fichier (regions.yaml), ou des paires « clé: valeur » : variables, categories.",
        en="a margin is the name of a file (regions.yaml), or `key: value` pairs: variables, categories.",
    ),
    "weights.margins_needed": Text(
        fr="c'est un fichier de réponses : dites ce que l'on sait de la population, avec --margins marges.yaml. Une "
        "étude se donne par son dossier ou son study.yaml.",
        en="this is a file of answers: tell what is known of the population, with --margins margins.yaml. A study is "
        "given by its folder or its study.yaml.",
    ),
    "weights.study_declares": Text(
        fr="l'option {option} vaut pour un fichier de réponses pesé avec --margins ; une étude dit tout dans son "
        "study.yaml. Retirez l'option, ou donnez le fichier de réponses.",
        en="the option {option} is for a file of answers weighed with --margins; a study says everything in its "
        "study.yaml. Take the option out, or give the file of answers.",
    ),
    "weights.unknown_output": Text(
        fr="on n'écrit pas de poids en « {extension} ». Terminez le nom du fichier par .csv ou .parquet.",
        en="weights are not written as “{extension}”. End the name of the file with .csv or .parquet.",
    ),
    "weights.no_id": Text(
        fr="« {column} » n'est pas une colonne des réponses{suggestion}. Corrigez ce nom après --id.",
        en="“{column}” is not a column of the answers{suggestion}. Mend this name after --id.",
    ),
}
