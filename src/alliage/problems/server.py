"""What can be wrong when a release is served: the port, the address, the secret."""

from alliage.text import Text

MESSAGES: dict[str, Text] = {
    "server.port_taken": Text(
        fr="le port {port} est déjà pris par un autre programme. Arrêtez-le, ou choisissez un autre port : "
        "« --port {other} ».",
        en="port {port} is already taken by another program. Stop it, or choose another port: “--port {other}”.",
    ),
    "server.port_forbidden": Text(
        fr="ce compte n'a pas le droit d'écouter sur le port {port}. Choisissez un port à partir de 1024 : "
        "« --port 8000 ».",
        en="this account may not listen on port {port}. Choose a port from 1024 up: “--port 8000”.",
    ),
    "server.address": Text(
        fr="{host} n'est pas une adresse de cette machine. Gardez 127.0.0.1 pour un usage local, "
        "ou 0.0.0.0 pour toutes ses adresses.",
        en="{host} is not an address of this machine. Keep 127.0.0.1 for local use, or 0.0.0.0 for all its addresses.",
    ),
    "server.needs_secret": Text(
        fr="{host} peut être atteint par d'autres machines, et le site n'a que sa clé de démonstration. "
        "Donnez-lui un secret d'au moins 32 signes dans la variable SECRET_KEY, et les noms sous lesquels on "
        "l'appelle dans ALLIAGE_HOSTS ; ou restez sur 127.0.0.1.",
        en="{host} can be reached by other machines, and the site only has its demonstration key. Give it a secret of "
        "at least 32 characters in the SECRET_KEY variable, and the names it is called by in ALLIAGE_HOSTS; "
        "or stay on 127.0.0.1.",
    ),
    "server.needs_hosts": Text(
        fr="{host} peut être atteint par d'autres machines, et le site ne sait pas sous quels noms on l'appelle : il "
        "refuserait chaque visite. Donnez ces noms, séparés par des virgules, dans la variable ALLIAGE_HOSTS.",
        en="{host} can be reached by other machines, and the site does not know the names it is called by: it would "
        "refuse every visit. Give these names, separated by commas, in the ALLIAGE_HOSTS variable.",
    ),
}
