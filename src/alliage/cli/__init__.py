"""The command `alliage`: one module per verb, a skin over the library. Its help reads as a table of contents."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

import click

from alliage.cli.misuse import told, unknown_verb
from alliage.problems import Problem, Problems

# In the order of the work. The last two live in the demo and the site, found through the entry-point group
# "alliage.verbs": the library never imports them.
VERBS: dict[str, str] = {
    "check": "Vérifie les contenus et les études · Check contents and studies",
    "weigh": "Redresse une étude ou un fichier, et dit le coût · Weight a study or a file, and tell the cost",
    "estimate": "Estime avec marges, sans dossier d'étude · Estimate with margins, no study folder needed",
    "compare": "Compare des groupes ou des vagues, avec tests · Compare groups or waves, with tests",
    "crosstab": "Tris croisés à lettres de significativité · Crosstabs with letters of significance",
    "model": "Régressions sous le plan de sondage · Regressions under the sampling design",
    "publish": "Publie une étude ou un observatoire · Publish a study or an observatory",
    "verify": "Vérifie une publication, la recalcule · Verify a release, recompute it",
    "demo": "L'observatoire de démonstration, publié et servi · The demo observatory, published and served",
    "serve": "Sert une publication sur cette machine · Serve a release on this machine",
}


class Contents(click.Group):
    """Loads a verb only when it is called: `alliage --help` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in VERBS:
            return None
        found = entry_points(group="alliage.verbs", name=name)
        if found:
            return next(iter(found)).load()  # type: ignore[no-any-return]
        return getattr(import_module(f"alliage.cli.{name}"), name)  # type: ignore[no-any-return]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in VERBS and not args[0].startswith("-"):
            words = unknown_verb(args[0], list(VERBS))
            ctx.fail(f"{words.fr}\n{words.en}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbes · Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Contents, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="alliage")
def alliage() -> None:
    """De la formulation d'une question à un chiffre publié et défendable.

    From a question's wording to a published, defensible figure.
    """


def main() -> None:
    """Run the command. A problem is told in both languages, without a trace, with the exit status of its kind."""
    try:
        status: Any = alliage.main(prog_name="alliage", standalone_mode=False)
    except (Problem, Problems) as problem:
        click.echo(str(problem), err=True)
        sys.exit(problem.exit_status)
    except click.ClickException as error:
        click.echo(told(error), err=True)
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    sys.exit(status if isinstance(status, int) else 0)
