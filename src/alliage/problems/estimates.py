"""What can be wrong with estimates."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {
    # what stops the work
    "estimates.no_column": Text(
        fr="la colonne « {column} » demandée par « {asked_by} » n'existe pas{suggestion}. Colonnes lues : {known}.",
        en="the column “{column}” asked for by `{asked_by}` does not exist{suggestion}. Columns read: {known}.",
    ),
    "estimates.nothing_asked": Text(
        fr="rien n'est donné à « {asked_by} ». Nommez au moins une colonne, une estimation ou une vague.",
        en="nothing is given to `{asked_by}`. Name at least one column, one estimate or one wave.",
    ),
    "estimates.not_answers": Text(
        fr="un objet « {type} » n'est pas un tableau de réponses. Donnez ce que lit read_answers(), une table Arrow, "
        "un tableau pandas ou Polars, ou un dictionnaire de colonnes.",
        en="a “{type}” is no table of answers. Give what read_answers() reads, an Arrow table, a pandas or Polars data "
        "frame, or a dictionary of columns.",
    ),
    "estimates.column_length": Text(
        fr="la colonne « {column} » a {found} valeurs, la première en a {expected}. Donnez à toutes les colonnes une "
        "valeur par ligne.",
        en="the column “{column}” holds {found} values, the first one {expected}. Give every column one value per row.",
    ),
    "estimates.unreadable_type": Text(
        fr="la colonne « {column} » est de type « {type} », qui ne se lit pas ici. Convertissez-la : une date en "
        "nombre (un âge, une durée), une liste en une colonne par élément.",
        en="the column “{column}” is of type “{type}”, which cannot be read here. Convert it: a date to a number (an "
        "age, a duration), a list to one column per element.",
    ),
    "estimates.option": Text(
        fr="« {option}: {value} » n'existe pas{suggestion}. Choisissez parmi : {known}.",
        en="`{option}: {value}` does not exist{suggestion}. Choose among: {known}.",
    ),
    "estimates.too_many_answers": Text(
        fr="la colonne « {column} » contient {count} réponses différentes pour {rows} lignes : la part de chacune ne "
        "tiendrait pas en mémoire. Nommez avec of= celles qui comptent, ou faites-en des groupes avec by=.",
        en="the column “{column}” holds {count} different answers over {rows} rows: the share of each would not fit in "
        "memory. Name with of= those that count, or make groups of them with by=.",
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
        fr="demandez une chose et une seule parmi --share, --mean, --total, --ratio, --quantile.",
        en="ask for one thing and only one among --share, --mean, --total, --ratio, --quantile.",
    ),
    "estimates.quantile_only": Text(
        fr="--at dit quel quantile : il ne va qu'avec --quantile. Retirez-le.",
        en="--at says which quantile: it goes with --quantile only. Remove it.",
    ),
    "estimates.parquet_to": Text(
        fr="Parquet n'est pas du texte : dites dans quel fichier l'écrire, avec --to.",
        en="Parquet is not text: say in which file to write it, with --to.",
    ),
    "estimates.file_exists": Text(
        fr="ce fichier existe déjà et n'est pas remplacé. Donnez un autre nom à --to, ou déplacez-le.",
        en="this file exists already and is not replaced. Give --to another name, or move it away.",
    ),
    "estimates.no_folder": Text(
        fr="ce dossier n'existe pas : les estimations n'ont nulle part où aller. Créez-le, ou corrigez le chemin après "
        "--to.",
        en="this folder does not exist: the estimates have nowhere to go. Make it, or correct the path after --to.",
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
    "estimates.standardise_kind": Text(
        fr="seules des parts ou des moyennes se standardisent, toutes les lignes du tableau ensemble (ici : {kind}). "
        "Donnez le résultat entier de share() ou de mean().",
        en="only shares or means are standardised, all the lines of the table together (here: {kind}). Give the whole "
        "result of share() or mean().",
    ),
    "estimates.standardise_column": Text(
        fr="les estimations ne sont pas ventilées par « {column} ». Ventilations : {known}. Ajoutez « {column} » à "
        "by=.",
        en="the estimates are not broken down by “{column}”. Breakdowns: {known}. Add “{column}” to by=.",
    ),
    "estimates.standardise_classes": Text(
        fr="ces classes de « {by} » ne sont pas à la fois dans les réponses et dans la population type : {classes}. "
        "Accordez les deux listes, ou regroupez des classes.",
        en="these classes of “{by}” are not in both the answers and the standard population: {classes}. Make the two "
        "lists agree, or merge classes.",
    ),
    "estimates.standardise_population": Text(
        fr="les effectifs de la population type doivent être des nombres positifs ou nuls, dont un au moins n'est pas "
        "nul. Corrigez-les.",
        en="the sizes of the standard population must be numbers of zero or more, one of them at least above zero. "
        "Correct them.",
    ),
    "estimates.standard_class_empty": Text(
        fr="personne n'a répondu ici dans l'une des classes de la population type : le groupe ne se standardise pas. "
        "Regroupez cette classe avec une autre.",
        en="nobody answered here in one of the classes of the standard population: the group cannot be standardised. "
        "Merge that class with another.",
    ),
    "estimates.combine_one_of": Text(
        fr="dites ce qu'il faut calculer : coefficients= ou function=, l'un des deux et un seul.",
        en="say what to compute: coefficients= or function=, one of the two and only one.",
    ),
    "estimates.coefficients": Text(
        fr="la combinaison « {name} » a {found} coefficients pour {expected} estimations. Donnez-en un par estimation, "
        "0 pour celles qui ne comptent pas.",
        en="the combination “{name}” has {found} coefficients for {expected} estimates. Give one per estimate, 0 for "
        "those that do not count.",
    ),
    "estimates.rank": Text(
        fr="il n'y a pas d'estimation de rang {rank} : il y en a {count}, de 0 à {last}. Corrigez « of ».",
        en="there is no estimate of rank {rank}: there are {count}, from 0 to {last}. Correct `of`.",
    ),
    "estimates.unknown_function": Text(
        fr="« {function} » n'est pas une fonction connue{suggestion}. Choisissez parmi : {known} ; ou donnez votre "
        "propre fonction Python.",
        en="“{function}” is no known function{suggestion}. Choose among: {known}; or give a Python function of your "
        "own.",
    ),
    "estimates.multiplicity": Text(
        fr="« {method} » n'est pas une correction des comparaisons multiples{suggestion}. Choisissez parmi : {known}.",
        en="“{method}” is no correction for multiple comparisons{suggestion}. Choose among: {known}.",
    ),
    "estimates.compare_over": Text(
        fr="dites quels groupes comparer avec over=, une des ventilations : {known}.",
        en="say which groups to compare with over=, one of the breakdowns: {known}.",
    ),
    "estimates.too_many_pairs": Text(
        fr="comparer deux à deux tous les groupes de « {over} » ferait {pairs} écarts. Comparez-les à l'un d'eux avec "
        "reference=, ou regroupez-les.",
        en="comparing all groups of “{over}” two by two would make {pairs} differences. Compare them with one of them "
        "with reference=, or merge groups.",
    ),
    "estimates.no_reference": Text(
        fr="« {reference} » n'est pas un groupe de « {over} »{suggestion}. Groupes : {known}.",
        en="“{reference}” is not a group of “{over}”{suggestion}. Groups: {known}.",
    ),
    "estimates.unmatched": Text(
        fr="ces deux tableaux n'ont aucune ligne en commun : ni les mêmes groupes, ni les mêmes questions et réponses. "
        "Estimez la même chose des deux côtés.",
        en="these two tables have no line in common: neither the same groups, nor the same questions and answers. "
        "Estimate the same thing on both sides.",
    ),
    "estimates.wave_column": Text(
        fr="la vague « {wave} » a déjà une colonne « {column} ». Donnez un autre nom à celle des vagues avec wave=.",
        en="the wave “{wave}” already has a column “{column}”. Give that of the waves another name with wave=.",
    ),
    "estimates.column_types": Text(
        fr="ces colonnes ne sont pas de même nature d'une vague à l'autre (nombres ici, texte là) : {columns}. "
        "Lisez-les de la même façon, ou retirez-les.",
        en="these columns are not of one type from one wave to the next (numbers here, text there): {columns}. Read "
        "them the same way, or leave them out.",
    ),
    "estimates.not_installed": Text(
        fr="« {package} » n'est pas installé dans cet environnement. Installez-le, ou utilisez to_arrow() ou "
        "to_dicts(), qui n'en ont pas besoin.",
        en="`{package}` is not installed in this environment. Install it, or use to_arrow() or to_dicts(), which do "
        "not need it.",
    ),
    # replicates
    "estimates.replicates_kind": Text(
        fr="« replicate_weights » donne des poids de réplication sans dire leur sorte, dont dépend la marge. Écrivez « "
        "replicates: » avec BRR, Fay, JK1, JK2, JKn, bootstrap, SDR, ACS ou other : la documentation du fichier la "
        "donne.",
        en="`replicate_weights` gives replicate weights without their kind, which the margin depends on. Write "
        "`replicates:` with BRR, Fay, JK1, JK2, JKn, bootstrap, SDR, ACS or other: the documentation of the file says "
        "which.",
    ),
    "estimates.replicates_given": Text(
        fr="des poids de réplication venus avec le fichier ne peuvent pas être de la sorte « {kind} ». Choisissez "
        "parmi : {known}.",
        en="replicate weights that come with the file cannot be of the kind “{kind}”. Choose among: {known}.",
    ),
    "estimates.replicates_made": Text(
        fr="des répliques « {kind} » ne se construisent pas à partir du plan de sondage. Nommez leurs colonnes dans « "
        "replicate_weights », ou choisissez parmi : {known}.",
        en="“{kind}” replicates cannot be made from the design. Name their columns in `replicate_weights`, or choose "
        "among: {known}.",
    ),
    "estimates.replicates_none": Text(
        fr="« replicate_weights » demande {asked} : il y faut au moins deux colonnes de poids de réplication, autres "
        "que le poids lui-même. Vérifiez leurs noms dans le fichier.",
        en="`replicate_weights` asks for {asked}: at least two columns of replicate weights are needed, other than the "
        "weight itself. Check their names in the file.",
    ),
    "estimates.replicates_twice": Text(
        fr="les poids de réplication disent déjà les strates, les grappes et les corrections de population finie. "
        "Retirez « strata », « clusters » et « fpc » du plan, ou « replicate_weights ».",
        en="replicate weights already tell strata, clusters and finite population corrections. Remove `strata`, "
        "`clusters` and `fpc` from the design, or `replicate_weights`.",
    ),
    "estimates.replicates_option": Text(
        fr="« {option} » ne sert à rien pour des répliques « {kind} » telles qu'elles sont demandées ici. Retirez-la "
        "du plan, ou changez de sorte de répliques.",
        en="`{option}` is of no use for “{kind}” replicates as they are asked for here. Remove it from the design, or "
        "change the kind of replicates.",
    ),
    "estimates.replicates_scale": Text(
        fr="des répliques « {kind} » venues avec le fichier ne disent pas elles-mêmes l'échelle de leur variance. "
        "Donnez « {option} », que la documentation du fichier indique.",
        en="“{kind}” replicates that come with the file do not tell the scale of their variance. Give `{option}`, "
        "which the documentation of the file states.",
    ),
    "estimates.replicates_rscales": Text(
        fr="« rscales » compte {found} nombres pour {expected} répliques. Donnez-en un par réplique, ou un seul.",
        en="`rscales` holds {found} numbers for {expected} replicates. Give one per replicate, or a single one.",
    ),
    "estimates.replicates_negative": Text(
        fr="« scale » et « rscales » multiplient des carrés pour faire une variance : il faut des nombres positifs ou "
        "nuls, et finis.",
        en="`scale` and `rscales` multiply squares into a variance: they must be numbers of zero or more, and finite.",
    ),
    "estimates.replicate_count": Text(
        fr="{count} réplique(s) ne permettent pas d'estimer une variance. Demandez-en au moins deux ; 500 pour un "
        "bootstrap.",
        en="{count} replicate(s) cannot estimate a variance. Ask for two at least; 500 for a bootstrap.",
    ),
    "estimates.fay_rho": Text(
        fr="la méthode de Fay demande « fay_rho », entre 0 et 1 exclus : 0.5 le plus souvent. Sans lui, choisissez "
        "BRR.",
        en="Fay's method needs `fay_rho`, strictly between 0 and 1: most often 0.5. Without it, choose BRR.",
    ),
    "estimates.replicates_seed": Text(
        fr="des répliques « {kind} » sont tirées au hasard. Donnez « seed », un nombre entier de votre choix (0 ou "
        "plus) : la même graine redonne les mêmes marges.",
        en="“{kind}” replicates are drawn at random. Give `seed`, a whole number of your choice (0 or more): the same "
        "seed gives the same margins again.",
    ),
    "estimates.replicates_strata": Text(
        fr="le jackknife « {kind} » est fait pour un tirage sans strates. Choisissez JKn.",
        en="the “{kind}” jackknife is for a sample without strata. Choose JKn.",
    ),
    "estimates.replicates_unstratified": Text(
        fr="des demi-échantillons « {kind} » demandent des strates, de deux unités le plus souvent. Déclarez « strata "
        "», ou choisissez JK1 ou bootstrap.",
        en="“{kind}” half-samples need strata, most often of two units. Declare `strata`, or choose JK1 or bootstrap.",
    ),
    "estimates.replicates_odd": Text(
        fr="des demi-échantillons « {kind} » prennent les unités par paires ; leur nombre est impair dans : {strata}. "
        "Regroupez ces strates avec leurs voisines, ou choisissez JKn ou bootstrap.",
        en="“{kind}” half-samples take units in pairs; their number is odd in: {strata}. Merge these strata with their "
        "neighbours, or choose JKn or bootstrap.",
    ),
    "estimates.replicates_fpc": Text(
        fr="des demi-échantillons « {kind} » ne tiennent pas compte d'une correction de population finie. Retirez « "
        "fpc » (la marge sera plus large), ou choisissez JKn, SDR ou bootstrap.",
        en="“{kind}” half-samples take no account of a finite population correction. Remove `fpc` (the margin will be "
        "wider), or choose JKn, SDR or bootstrap.",
    ),
    "estimates.replicates_lonely": Text(
        fr="« lonely: {lonely} » ne vaut que pour le jackknife : des répliques « {kind} » ne font pas varier une unité "
        "seule dans sa strate. Choisissez « lonely: remove », ou JKn.",
        en="`lonely: {lonely}` is for the jackknife only: “{kind}” replicates do not move a unit alone in its stratum. "
        "Choose `lonely: remove`, or JKn.",
    ),
    "estimates.replicates_nothing": Text(
        fr="aucune strate n'a deux unités tirées dont toutes ne l'ont pas été : des répliques « {kind} » ne "
        "bougeraient pas. Regroupez des strates ; si tout a été interrogé, écrivez « kind: census ».",
        en="no stratum has two sampled units with others left out: “{kind}” replicates would not move. Merge strata; "
        "if everything was surveyed, write `kind: census`.",
    ),
    "estimates.no_replicates": Text(
        fr="ce plan de sondage n'a pas de répliques : il n'y a rien à donner. Écrivez « replicates: » dans le plan, "
        "avec JKn par exemple.",
        en="this design has no replicates: there is nothing to give. Write `replicates:` in the design, with JKn for "
        "instance.",
    ),
    "estimates.replicates_lost": Text(
        fr="certaines répliques n'ont personne dans cette base : elles sont laissées de côté et la marge repose sur "
        "les autres.",
        en="some replicates have nobody in this base: they are left aside and the margin rests on the others.",
    ),
    "estimates.replicates_pushed": Text(
        fr="ces répliques demandent de lire les lignes de réponses, qui restent dans leur base de données. Lisez le "
        "fichier en mémoire ; ou bien, avec des grappes (« clusters »), choisissez JKn ou bootstrap.",
        en="these replicates need the rows of answers to be read, and those stay in their database. Read the file into "
        "memory; or, with `clusters`, choose JKn or bootstrap.",
    ),
}
