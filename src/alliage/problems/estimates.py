"""What can be wrong with estimates."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {
    # what stops the work
    "estimates.no_column": Text(
        fr="la colonne « {column} » demandée par « {asked_by} » n'existe pas{suggestion}. Colonnes lues : {known}.",
        en="the column “{column}” asked for by `{asked_by}` does not exist{suggestion}. Columns read: {known}.",
    ),
    "estimates.not_a_number": Text(
        fr="colonne « {column} », ligne de données n° {row} : « {value} » n'est pas un nombre. Corrigez-la, videz-la, "
        "ou écrivez les décimales avec un point.",
        en="column “{column}”, data row {row}: “{value}” is not a number. Correct it, empty it, or write decimals "
        "with a point.",
    ),
    "estimates.infinite": Text(
        fr="colonne « {column} », ligne de données n° {row} : la valeur est infinie. Corrigez-la ou videz-la : une "
        "moyenne ou un total n'auraient pas de sens.",
        en="column “{column}”, data row {row}: the value is infinite. Correct it or empty it: a mean or a total would "
        "make no sense.",
    ),
    "estimates.unknown_answer": Text(
        fr="personne n'a répondu « {answer} » dans la colonne « {column} »{suggestion}. Réponses lues : {known}.",
        en="nobody answered “{answer}” in the column “{column}”{suggestion}. Answers read: {known}.",
    ),
    "estimates.missing_answer": Text(
        fr="« {answer} » est lu comme une absence de réponse, dans la colonne « {column} » comme ailleurs. Si c'est "
        "une réponse, donnez la liste de ce qui n'en est pas une : --missing VALEUR, ou missing= en Python.",
        en="“{answer}” is read as no answer, in the column “{column}” as elsewhere. If it is an answer, list what is "
        "none: --missing VALUE, or missing= in Python.",
    ),
    "estimates.no_answer": Text(
        fr="la colonne « {column} » ne contient aucune réponse. Vérifiez le fichier, --missing et --exclude.",
        en="the column “{column}” holds no answer. Check the file, --missing and --exclude.",
    ),
    "estimates.nobody": Text(
        fr="il n'y a aucune ligne de réponses. Vérifiez le fichier donné.",
        en="there is no row of answers. Check the file you gave.",
    ),
    "estimates.weight_missing": Text(
        fr="le poids « {weight} » est vide à la ligne de données n° {row} ({count} fois en tout). Donnez un poids à "
        "chaque réponse (0 pour l'écarter).",
        en="the weight “{weight}” is empty in data row {row} ({count} times in all). Give every answer a weight "
        "(0 to set it aside).",
    ),
    "estimates.weight_negative": Text(
        fr="le poids « {weight} » vaut {value} à la ligne de données n° {row} ({count} fois en tout). Un poids est "
        "positif ou nul : revoyez le redressement qui l'a produit.",
        en="the weight “{weight}” is {value} in data row {row} ({count} times in all). A weight is zero or more: "
        "look again at the weighting that made it.",
    ),
    "estimates.weight_all_zero": Text(
        fr="tous les poids « {weight} » sont nuls. Vérifiez la colonne de poids du plan de sondage.",
        en="every weight “{weight}” is zero. Check the weight column of the design.",
    ),
    "estimates.weight_length": Text(
        fr="{found} poids pour {expected} lignes de réponses. Redressez à nouveau ces réponses-là.",
        en="{found} weights for {expected} rows of answers. Weight these very answers again.",
    ),
    "estimates.design_missing": Text(
        fr="« {column} » décrit le plan de sondage mais est vide à la ligne de données n° {row}. Complétez-la : une "
        "strate ou une grappe inconnue rend la marge fausse.",
        en="“{column}” describes the sampling design but is empty in data row {row}. Fill it in: an unknown stratum "
        "or cluster makes the margin wrong.",
    ),
    "estimates.cluster_crosses_strata": Text(
        fr="la grappe « {cluster} » apparaît dans plusieurs strates ({strata}). Si les numéros de grappe recommencent "
        "dans chaque strate, écrivez « nest: true » dans le plan ; sinon corrigez la strate.",
        en="the cluster “{cluster}” appears in several strata ({strata}). If cluster numbers start again in each "
        "stratum, write `nest: true` in the design; otherwise correct the stratum.",
    ),
    "estimates.fpc_stages": Text(
        fr="{fpc} corrections de population finie pour {stages} degré(s) de tirage. Donnez-en une par degré au plus.",
        en="{fpc} finite population corrections for {stages} stage(s) of sampling. Give at most one per stage.",
    ),
    "estimates.fpc_mixed": Text(
        fr="la correction de population finie mêle des effectifs et des taux (ligne de données n° {row} : {value}). "
        "Écrivez partout des effectifs (1 ou plus), ou partout des taux de sondage (entre 0 et 1).",
        en="the finite population correction mixes counts and fractions (data row {row}: {value}). Write counts "
        "everywhere (1 or more), or sampling fractions everywhere (between 0 and 1).",
    ),
    "estimates.fpc_value": Text(
        fr="la correction de population finie « {fpc} » vaut {value} à la ligne de données n° {row}. Il faut un "
        "effectif ou un taux plus grand que 0.",
        en="the finite population correction “{fpc}” is {value} in data row {row}. A count or a fraction above 0 is "
        "needed.",
    ),
    "estimates.fpc_varies": Text(
        fr="« {fpc} » prend plusieurs valeurs dans la strate « {stratum} » ({values}). Une strate n'a qu'une "
        "population : corrigez-la.",
        en="“{fpc}” takes several values within the stratum “{stratum}” ({values}). A stratum has one population: "
        "correct it.",
    ),
    "estimates.fpc_too_small": Text(
        fr="strate « {stratum} » : {sampled} unités tirées dans une population de {population} selon « {fpc} ». "
        "L'effectif de la population ne peut pas être plus petit que l'échantillon.",
        en="stratum “{stratum}”: {sampled} units sampled in a population of {population} according to “{fpc}”. "
        "The population cannot be smaller than the sample.",
    ),
    "estimates.lonely": Text(
        fr="une seule unité tirée au degré {stage} dans : {strata}. La variance ne s'y estime pas. Regroupez ces "
        "strates avec leurs voisines, ou choisissez « lonely: » parmi remove, adjust, average en le disant.",
        en="only one unit sampled at stage {stage} in: {strata}. Variance cannot be estimated there. Merge these "
        "strata with their neighbours, or choose `lonely:` among remove, adjust, average and say so.",
    ),
    "estimates.no_average": Text(
        fr="toutes les strates n'ont qu'une unité tirée au degré {stage} : il n'y a rien à moyenner. Choisissez "
        "« lonely: adjust », ou regroupez des strates.",
        en="every stratum has only one unit sampled at stage {stage}: there is nothing to average. Choose "
        "`lonely: adjust`, or merge strata.",
    ),
    "estimates.different_designs": Text(
        fr="ces deux estimations ne viennent pas des mêmes réponses pondérées de la même façon : leur covariance "
        "n'existe pas. Si les échantillons sont indépendants, utilisez gap().",
        en="these two estimates do not come from the same answers weighted the same way: they have no covariance. "
        "If the samples are independent, use gap().",
    ),
    "estimates.one_of": Text(
        fr="demandez une chose et une seule parmi --share, --mean, --total, --ratio.",
        en="ask for one thing and only one among --share, --mean, --total, --ratio.",
    ),
    "estimates.share_only": Text(
        fr="{option} choisit des réponses : il ne va qu'avec --share. Retirez-le.",
        en="{option} chooses answers: it goes with --share only. Remove it.",
    ),
    "estimates.ratio_shape": Text(
        fr="« {ratio} » n'est pas un rapport. Écrivez deux colonnes séparées par une barre : --ratio y/x.",
        en="“{ratio}” is not a ratio. Write two columns with a slash between them: --ratio y/x.",
    ),
    # what an estimate carries with it as a warning
    "estimates.empty_base": Text(
        fr="personne dans cette base : rien à estimer.",
        en="nobody in this base: nothing to estimate.",
    ),
    "estimates.one_unit": Text(
        fr="la base tient dans une seule unité tirée par strate : aucun degré de liberté, l'intervalle n'a pas de "
        "sens.",
        en="the base lies in a single sampled unit per stratum: no degree of freedom, the interval has no meaning.",
    ),
    "estimates.zero_denominator": Text(
        fr="le dénominateur vaut zéro : le rapport n'existe pas.",
        en="the denominator is zero: the ratio does not exist.",
    ),
    "estimates.self_selected": Text(
        fr="a répondu qui voulait : aucune marge d'erreur ne peut être donnée.",
        en="whoever wished answered: no margin of error can be given.",
    ),
    "estimates.census_nonresponse": Text(
        fr="recensement incomplet : moins de 95 % de celles et ceux qui devaient répondre l'ont fait. Il n'y a pas "
        "d'erreur d'échantillonnage, mais l'erreur due aux absents n'est pas mesurée.",
        en="incomplete census: fewer than 95% of those who were to answer did. There is no sampling error, but the "
        "error due to those who are missing is not measured.",
    ),
    "estimates.quota": Text(
        fr="échantillon par quotas : la marge repose sur un modèle, pas sur un tirage.",
        en="quota sample: the margin rests on a model, not on a random draw.",
    ),
    # intervals, quantiles, standardisation, combinations and families
    "estimates.interval_method": Text(
        fr="« {asked} » n'est pas une méthode d'intervalle pour cette estimation. Choisissez parmi : {known}.",
        en="“{asked}” is no interval method for this estimate. Choose among: {known}.",
    ),
    "estimates.level": Text(
        fr="un niveau de confiance se trouve entre 0 et 1 exclus : {level} n'en est pas un. Écrivez 0.95 pour 95 %.",
        en="a confidence level lies strictly between 0 and 1: {level} is not one. Write 0.95 for 95%.",
    ),
    "estimates.probability": Text(
        fr="la probabilité d'un quantile est entre 0 et 1 : {value} n'en est pas une. Écrivez 0.25 pour le premier "
        "quartile.",
        en="the probability of a quantile is between 0 and 1: {value} is not one. Write 0.25 for the first quartile.",
    ),
    "estimates.quantile_rule": Text(
        fr="« {rule} » n'est pas une règle de quantile{suggestion}. Choisissez parmi : {known}.",
        en="“{rule}” is no quantile rule{suggestion}. Choose among: {known}.",
    ),
    "estimates.quantile_end": Text(
        fr="une borne de l'intervalle n'est pas définie : la base est trop petite, ou le quantile trop près d'un bout "
        "de la distribution, pour la situer.",
        en="an end of the interval is undefined: the base is too small, or the quantile too near an end of the "
        "distribution, to place it.",
    ),
    "estimates.not_installed": Text(
        fr="« {package} » n'est pas installé dans cet environnement. Installez-le, ou utilisez to_arrow() ou "
        "to_dicts(), qui n'en ont pas besoin.",
        en="`{package}` is not installed in this environment. Install it, or use to_arrow() or to_dicts(), which do "
        "not need it.",
    ),
}
