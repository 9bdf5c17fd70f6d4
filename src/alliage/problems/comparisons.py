"""What can be wrong with tests."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {
    # what stops the work
    "comparisons.unknown_method": Text(
        fr="« {method} » n'est pas un test connu ici. Tests possibles : {known}.",
        en="“{method}” is not a test known here. Possible tests: {known}.",
    ),
    "comparisons.too_many_cells": Text(
        fr="le tableau de « {rows} » par « {columns} » a plus de {limit} cases. Un test n'a plus de sens : regroupez "
        "des réponses, ou vérifiez qu'aucune des deux colonnes n'est un nombre.",
        en="the table of “{rows}” by “{columns}” has more than {limit} cells. A test means nothing there: group "
        "answers, or check that neither column is a number.",
    ),
    "comparisons.two_groups": Text(
        fr="un test de Student compare deux groupes, et « {column} » en a {count} : {known}. Choisissez-en deux avec "
        'between=("a", "b"), ou comparez-les tous avec rank_test.',
        en='a t test compares two groups, and “{column}” has {count}: {known}. Choose two with between=("a", "b"), '
        "or compare them all with rank_test.",
    ),
    "comparisons.one_group": Text(
        fr="« {column} » n'a pas deux groupes à comparer (groupes lus : {known}). Vérifiez la colonne.",
        en="“{column}” does not have two groups to compare (groups read: {known}). Check the column.",
    ),
    "comparisons.unknown_group": Text(
        fr="personne n'est « {group} » dans la colonne « {column} ». Valeurs lues : {known}.",
        en="nobody is “{group}” in the column “{column}”. Values read: {known}.",
    ),
    "comparisons.no_score": Text(
        fr="les groupes de « {column} » ne sont pas des nombres ({known}) : leur ordre n'est pas connu. Donnez le "
        "score "
        'de chacun avec scores={{"a": 1, "b": 2}}.',
        en="the groups of “{column}” are not numbers ({known}): their order is not known. Give each its score with "
        'scores={{"a": 1, "b": 2}}.',
    ),
    "comparisons.shares_of_answers": Text(
        fr="les parts de référence et les réponses de « {column} » ne se correspondent pas. Réponses lues : {answers}. "
        "Parts données : {shares}. Donnez une part à chaque réponse, et à elles seules.",
        en="the reference shares and the answers of “{column}” do not match. Answers read: {answers}. Shares given: "
        "{shares}. Give each answer a share, and nothing else.",
    ),
    "comparisons.share_value": Text(
        fr="une part de référence de « {column} » n'est pas un nombre plus grand que 0. Une réponse que personne ne "
        "peut donner n'a rien à faire dans ce test : retirez-la des réponses.",
        en="a reference share of “{column}” is not a number above 0. An answer nobody can give has no place in this "
        "test: remove it from the answers.",
    ),
    "comparisons.one_of": Text(
        fr="demandez une chose et une seule à comparer parmi --share, --mean, --ratio.",
        en="ask for one thing and only one to compare among --share, --mean, --ratio.",
    ),
    # what a test carries with it as a warning
    "comparisons.one_row": Text(
        fr="il ne reste qu'une ligne, une colonne ou un groupe où quelqu'un a répondu : il n'y a rien à comparer.",
        en="only one row, column or group holds a respondent: there is nothing to compare.",
    ),
    "comparisons.empty_group": Text(
        fr="un groupe n'a aucun répondant : il n'est pas comparé.",
        en="a group has no respondent: it is not compared.",
    ),
    "comparisons.no_variance": Text(
        fr="aucune erreur d'échantillonnage n'est estimée pour ce qui est comparé (tout le monde répond de même, ou "
        "tout a été tiré) : pas de test.",
        en="no sampling error is estimated for what is compared (everyone answers alike, or everyone was sampled): no "
        "test.",
    ),
    "comparisons.singular": Text(
        fr="trop peu d'unités tirées, ou trop de cases vides, pour ce tableau : sa covariance ne s'inverse pas. "
        "Regroupez des réponses.",
        en="too few sampled units, or too many empty cells, for this table: its covariance has no inverse. Group "
        "answers.",
    ),
    "comparisons.no_df": Text(
        fr="il ne reste aucun degré de liberté : pas de probabilité. Regroupez des réponses ou des groupes.",
        en="no degree of freedom is left: no probability. Group answers or groups.",
    ),
    "comparisons.no_test": Text(
        fr="sans tirage, il n'y a pas de test : seules les estimations sont données.",
        en="without a random draw there is no test: estimates only are given.",
    ),
    "comparisons.census": Text(
        fr="tout le monde a été interrogé : les différences sont ce qu'elles sont, il n'y a pas de test.",
        en="everyone was asked: differences are what they are, there is no test.",
    ),
}
