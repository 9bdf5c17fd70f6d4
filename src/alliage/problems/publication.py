"""What can be wrong with a release: its folder, its schema, its digests, its certificate, what is asked of it."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {
    "release.not_found": Text(
        fr="ce dossier n'est pas une publication : il y manque release.json ou SHA256SUMS. "
        "Donnez le dossier « release » que « alliage publish » a écrit.",
        en="this folder is not a release: release.json or SHA256SUMS is missing. "
        "Give the `release` folder that `alliage publish` wrote.",
    ),
    "release.unreadable": Text(
        fr="ce fichier n'est pas celui d'une publication : il est illisible, ou il n'a pas la forme attendue. "
        "Publiez de nouveau, ou reprenez une copie intacte.",
        en="this file is not that of a release: it cannot be read, or it does not have the expected shape. "
        "Publish again, or take an intact copy.",
    ),
    "release.unknown_schema": Text(
        fr="cette publication est au schéma {found}, cette version d'Alliage lit le schéma {known}. "
        "Installez la version d'Alliage qui l'a écrite, ou publiez de nouveau.",
        en="this release uses schema {found}; this version of Alliage reads schema {known}. "
        "Install the version of Alliage that wrote it, or publish again.",
    ),
    "release.occupied": Text(
        fr="ce dossier existe et n'est pas une publication : rien n'y a été écrit. "
        "Choisissez un dossier absent, vide, ou une publication à remplacer.",
        en="this folder exists and is not a release: nothing was written. "
        "Choose a folder that is absent, empty, or a release to replace.",
    ),
    "release.not_writable": Text(
        fr="rien ne peut être écrit ici : {nearest} n'est pas un dossier, ou ce compte n'a pas le droit d'y écrire. "
        "Choisissez un autre dossier.",
        en="nothing can be written here: {nearest} is not a folder, or this account may not write in it. "
        "Choose another folder.",
    ),
    "release.missing_file": Text(
        fr="ce fichier est signé par la publication et n'est pas là. Reprenez une copie intacte de la publication.",
        en="this file is signed by the release and is not there. Take an intact copy of the release.",
    ),
    "release.changed_file": Text(
        fr="ce fichier a changé depuis la publication : son empreinte n'est plus celle de SHA256SUMS. "
        "Reprenez une copie intacte, ou publiez de nouveau.",
        en="this file has changed since it was published: its digest is no longer that of SHA256SUMS. "
        "Take an intact copy, or publish again.",
    ),
    "release.unsigned_file": Text(
        fr="ce fichier est dans le dossier et la publication ne le signe pas. Retirez-le.",
        en="this file is in the folder and the release does not sign it. Remove it.",
    ),
    "release.foreign_file": Text(
        fr="ce fichier est signé et n'est pas de ceux qu'une publication contient. Ne diffusez pas cette publication : "
        "publiez de nouveau.",
        en="this file is signed and is not one that a release holds. Do not distribute this release: publish again.",
    ),
    "release.flags_differ": Text(
        fr="ce fichier et le certificat ne disent pas la même chose des contrôles ou des avertissements (« {flag} »). "
        "Ne diffusez pas cette publication : publiez de nouveau.",
        en="this file and the certificate do not say the same of the checks or notices (“{flag}”). "
        "Do not distribute this release: publish again.",
    ),
    "release.bad_sums": Text(
        fr="la ligne {line} n'est pas une empreinte et un chemin. Reprenez une copie intacte de la publication.",
        en="line {line} is not a digest and a path. Take an intact copy of the release.",
    ),
    "release.uncertified": Text(
        fr="« {number} » ({where}) n'est pas de ce que le certificat permet de montrer. "
        "Ne diffusez pas cette publication : publiez de nouveau.",
        en="“{number}” ({where}) is not among what the certificate allows to be shown. "
        "Do not distribute this release: publish again.",
    ),
    "release.csv_differs": Text(
        fr="ce fichier ne dit pas la même chose que le fichier JSON du même nom. "
        "Ne diffusez pas cette publication : publiez de nouveau.",
        en="this file does not say what the JSON file of the same name says. "
        "Do not distribute this release: publish again.",
    ),
    "release.differs": Text(
        fr="recalculée depuis {source}, la publication diffère : {file} est le premier fichier qui n'est pas le même. "
        "Vérifiez la version d'Alliage ({version}), la date ({released}) et les données de départ.",
        en="recomputed from {source}, the release differs: {file} is the first file that is not the same. "
        "Check the version of Alliage ({version}), the date ({released}) and the source data.",
    ),
}
