"""What can be wrong with models."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {
    # what stops the work
    "models.formula": Text(
        fr="la formule « {formula} » ne se lit plus à partir du signe n° {position} : « {rest} ». On écrit par exemple "
        '« sport == "Oui" ~ age + C(sexe, ref="Femme") + age:sexe » ; un nom qui n\'est pas un mot se met entre '
        "accents graves : `niveau de vie`.",
        en="the formula “{formula}” cannot be read from character {position}: “{rest}”. Write for instance "
        '`sport == "Oui" ~ age + C(sex, ref="Woman") + age:sex`; a name that is not a word goes between backquotes.',
    ),
    "models.no_term": Text(
        fr="la formule « {formula} » n'a ni variable ni constante : il n'y a rien à estimer. Ajoutez une variable.",
        en="the formula “{formula}” has neither a variable nor an intercept: there is nothing to estimate. Add a "
        "variable.",
    ),
    "models.two_references": Text(
        fr="« {column} » reçoit deux références dans la même formule, « {one} » et « {other} ». Gardez-en une.",
        en="“{column}” is given two references in the same formula, “{one}” and “{other}”. Keep one.",
    ),
    "models.no_reference": Text(
        fr="la référence « {reference} » n'est pas une réponse de « {column} »{suggestion}. Réponses lues : {known}.",
        en="the reference “{reference}” is not an answer of “{column}”{suggestion}. Answers read: {known}.",
    ),
    "models.empty_reference": Text(
        fr="personne n'a répondu « {reference} » à « {column} » parmi les personnes du modèle : choisissez une autre "
        "référence.",
        en="nobody in the model answered “{reference}” to “{column}”: choose another reference.",
    ),
    "models.one_level": Text(
        fr="« {column} » vaut « {level} » pour toutes les personnes du modèle : elle n'explique rien. Retirez-la de "
        "la formule.",
        en="“{column}” is “{level}” for everyone in the model: it explains nothing. Take it out of the formula.",
    ),
    "models.nobody": Text(
        fr="aucune ligne n'a à la fois un poids et une réponse à chaque variable de « {formula} ». Vérifiez le "
        "domaine, et ce qui compte comme absence de réponse.",
        en="no row has both a weight and an answer to every variable of “{formula}”. Check the domain, and what "
        "counts as no answer.",
    ),
    "models.not_finite": Text(
        fr="« {written} » n'a pas de valeur à la ligne de données n° {row}, où la colonne vaut {value}. Videz cette "
        "case si ce n'est pas une réponse, ou changez la formule (le logarithme demande un nombre plus grand que 0).",
        en="“{written}” has no value in data row {row}, where the column is {value}. Empty that cell if it is no "
        "answer, or change the formula (a logarithm needs a number above 0).",
    ),
    "models.text_response": Text(
        fr="« {column} » contient du texte ({known}) et ce modèle explique un nombre. Nommez la réponse à expliquer : "
        '{column} == "{answer}" ~ …, famille « logistic » ; ou prenez la famille « ordinal ».',
        en="“{column}” holds text ({known}) and this model explains a number. Name the answer to explain: "
        '{column} == "{answer}" ~ …, family `logistic`; or take the family `ordinal`.',
    ),
    "models.not_a_share": Text(
        fr="une régression logistique explique une réponse qui vaut 0 ou 1 (ou une part entre les deux), et "
        '« {column} » vaut {value}. Nommez la réponse à expliquer : {column} == "…" ~ …',
        en="a logistic regression explains an answer that is 0 or 1 (or a share between them), and “{column}” is "
        '{value}. Name the answer to explain: {column} == "…" ~ …',
    ),
    "models.negative_count": Text(
        fr="une régression de Poisson explique un effectif, et « {column} » vaut {value}. Corrigez la colonne, ou "
        "prenez la famille « linear ».",
        en="a Poisson regression explains a count, and “{column}” is {value}. Correct the column, or take the family "
        "`linear`.",
    ),
    "models.same_answer": Text(
        fr="toutes les personnes du modèle ont la même réponse à « {column} » ({value}) : il n'y a rien à expliquer.",
        en="everyone in the model has the same answer to “{column}” ({value}): there is nothing to explain.",
    ),
    "models.no_order": Text(
        fr="l'ordre des réponses de « {column} » n'est pas dit. Donnez-les de la plus basse à la plus haute : order= "
        "en Python, un --order par réponse dans la commande. Réponses lues : {known}.",
        en="the order of the answers of “{column}” is not told. Give them from the lowest to the highest: order= in "
        "Python, one --order per answer in the command. Answers read: {known}.",
    ),
    "models.wrong_order": Text(
        fr="l'ordre donné pour « {column} » ({order}) doit nommer chaque réponse une fois. Réponses lues : {known}.",
        en="the order given for “{column}” ({order}) must name every answer once. Answers read: {known}.",
    ),
    "models.two_answers": Text(
        fr="un modèle ordinal demande au moins trois réponses différentes, et les personnes du modèle en donnent "
        "{count} à « {column} ». Prenez la famille « logistic ».",
        en="an ordinal model needs at least three different answers, and those in the model give {count} to "
        "“{column}”. Take the family `logistic`.",
    ),
    "models.unknown_family": Text(
        fr="la famille « {family} » n'existe pas{suggestion}. Familles : {known}.",
        en="the family “{family}” does not exist{suggestion}. Families: {known}.",
    ),
    "models.separated": Text(
        fr="dans « {cell} », les {count} personnes du modèle ont toutes la même réponse à « {response} » ({value}) : "
        "l'effet y est infini et ne s'estime pas. Regroupez cette modalité avec une voisine, retirez « {term} » de la "
        "formule, ou restreignez le domaine.",
        en="in “{cell}”, all {count} people of the model have the same answer to “{response}” ({value}): the effect "
        "there is infinite and cannot be estimated. Merge this category with a neighbour, take “{term}” out of the "
        "formula, or restrict the domain.",
    ),
    "models.not_settled": Text(
        fr="le modèle ne converge pas : les coefficients de {columns} grandissent sans fin. Ensemble, ces variables "
        "prédisent sans doute parfaitement « {response} » pour une partie des personnes. Retirez-en une, ou regroupez "
        "des modalités.",
        en="the model does not converge: the coefficients of {columns} grow without end. Together these variables "
        "probably predict “{response}” perfectly for part of the people. Take one out, or merge categories.",
    ),
    "models.too_large": Text(
        fr="la formule demande {columns} coefficients pour {rows} personnes. Une variable à très nombreuses modalités "
        "(un identifiant ?) y est sans doute entrée : {worst}. Retirez-la ou regroupez ses modalités.",
        en="the formula asks for {columns} coefficients for {rows} people. A variable with very many categories (an "
        "identifier?) has probably entered it: {worst}. Take it out or merge its categories.",
    ),
    "models.too_many_columns": Text(
        fr="la formule demande environ {columns} coefficients, et un modèle en a {limit} au plus : « {worst} » a "
        "{levels} modalités. Si c'est un identifiant, retirez-le ; si c'est un nombre, vérifiez que toutes ses valeurs "
        "en sont un ; sinon, regroupez ses modalités.",
        en="the formula asks for about {columns} coefficients, and a model has {limit} at most: “{worst}” has "
        "{levels} categories. If it is an identifier, take it out; if it is a number, check that all its values are "
        "one; otherwise merge its categories.",
    ),
    "models.unknown_term": Text(
        fr="« {term} » n'est pas un terme de ce modèle{suggestion}. Termes : {known}.",
        en="“{term}” is not a term of this model{suggestion}. Terms: {known}.",
    ),
    "models.unknown_coefficient": Text(
        fr="« {name} » n'est pas un coefficient de ce modèle{suggestion}. Coefficients : {known}.",
        en="“{name}” is not a coefficient of this model{suggestion}. Coefficients: {known}.",
    ),
    "models.unknown_level": Text(
        fr="« {level} » ne figurait pas parmi les réponses à « {column} » quand le modèle a été estimé ({known}) : il "
        "ne peut rien en prédire.",
        en="“{level}” was not among the answers to “{column}” when the model was fitted ({known}): it cannot predict "
        "anything of it.",
    ),
    "models.predict_missing": Text(
        fr="il manque une valeur à la ligne de données n° {row} : on ne peut rien y prédire. Complétez-la.",
        en="data row {row} lacks a value: nothing can be predicted there. Fill it in.",
    ),
    "models.margins_variable": Text(
        fr="« {variable} » n'est pas une variable de ce modèle{suggestion}. Variables : {known}.",
        en="“{variable}” is not a variable of this model{suggestion}. Variables: {known}.",
    ),
    "models.margins_number": Text(
        fr="« {variable} » est un nombre : une prédiction par modalité n'a pas de sens. Demandez average_effects(), ou "
        "écrivez C({variable}) dans la formule.",
        en="“{variable}” is a number: a prediction for each category makes no sense. Ask for average_effects(), or "
        "write C({variable}) in the formula.",
    ),
    "models.no_ordinal": Text(
        fr="{verb} n'est pas défini pour un modèle ordinal, dont la réponse n'est pas un nombre. Expliquez une réponse "
        'à la fois : {column} == "…" ~ …, famille « logistic ».',
        en="{verb} is not defined for an ordinal model, whose answer is not a number. Explain one answer at a time: "
        '{column} == "…" ~ …, family `logistic`.',
    ),
    "models.no_ratio": Text(
        fr="les coefficients d'un modèle linéaire sont des écarts, pas des rapports : il n'y a rien à élever en "
        "exponentielle.",
        en="the coefficients of a linear model are differences, not ratios: there is nothing to exponentiate.",
    ),
    "models.within_shape": Text(
        fr="« {given} » n'est pas un domaine. Écrivez COLONNE=RÉPONSE, par exemple --within sexe=Femme.",
        en="“{given}” is not a domain. Write COLUMN=ANSWER, for instance --within sex=Woman.",
    ),
    "models.within_length": Text(
        fr="le domaine donné a {found} valeurs pour {expected} lignes de réponses.",
        en="the domain given has {found} values for {expected} rows of answers.",
    ),
    # what a model carries with it as a warning
    "models.aliased": Text(
        fr="coefficients laissés de côté, car leur colonne répète celles d'avant ou vaut la même chose pour tout le "
        "monde : {columns}.",
        en="coefficients left out, for their column repeats those before it, or is the same for everyone: {columns}.",
    ),
    "models.perfect_fit": Text(
        fr="le modèle rend la réponse sans aucun reste : il n'y a rien à tester. Une variable est sans doute la "
        "réponse elle-même sous un autre nom, ou tout le monde a la même réponse.",
        en="the model gives the answer back with nothing left: there is nothing to test. A variable is probably the "
        "answer itself under another name, or everyone has the same answer.",
    ),
    "models.decimal_comma": Text(
        fr="« {column} » est prise pour du texte, car ses nombres ont une virgule : ses valeurs sont ici des "
        "modalités. Si c'est un nombre, ajoutez --decimal , à la commande, ou écrivez les décimales avec un point.",
        en="“{column}” is taken for text, for its numbers have a comma: its values are categories here. If it is a "
        "number, add --decimal , to the command, or write decimals with a point.",
    ),
    "models.replicates_left_aside": Text(
        fr="{count} répliques sur {all} laissées de côté : le modèle ne s'y estime pas.",
        en="{count} replicates of {all} left aside: the model cannot be fitted there.",
    ),
    "models.no_degrees": Text(
        fr="il ne reste aucun degré de liberté ({units} unités moins strates, {coefficients} coefficients) : ni "
        "intervalle, ni test. Retirez des variables.",
        en="no degree of freedom is left ({units} units less strata, {coefficients} coefficients): no interval, no "
        "test. Take variables out.",
    ),
    "models.probabilities_at_end": Text(
        fr="des probabilités ajustées valent 0 ou 1 à un milliardième près : des coefficients sont peut-être infinis.",
        en="some fitted probabilities are within a billionth of 0 or 1: some coefficients may be infinite.",
    ),
}
