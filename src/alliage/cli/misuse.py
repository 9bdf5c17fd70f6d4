"""What whoever misused the command is told, in both languages: click speaks English only."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import click

from alliage.text import Text, same


def unknown_verb(name: str, verbs: Sequence[str]) -> Text:
    """`alliage publis`: the nearest verb, and all of them."""
    near = difflib.get_close_matches(name, verbs, n=1)
    suggestion = (
        Text(fr=f" (vouliez-vous dire « {near[0]} » ?)", en=f" (did you mean “{near[0]}”?)") if near else same("")
    )
    return Text(
        fr="« {name} » n'est pas un verbe{suggestion}. Verbes : {verbs}.",
        en="“{name}” is not a verb{suggestion}. Verbs: {verbs}.",
    ).filled(name=name, suggestion=suggestion, verbs=", ".join(verbs))


def told(error: click.ClickException) -> str:
    """The cause in both languages, then where the help is."""
    lines = [_cause(error)]
    context = getattr(error, "ctx", None)
    # `alliage` alone is answered by the help itself.
    if context is not None and not lines[0].startswith("Usage:"):
        lines.append(f"→ {context.command_path} --help")
    return "\n".join(lines)


def _cause(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        return _both("l'option {name} n'existe pas.", "the option {name} does not exist.", error.option_name)
    if isinstance(error, click.MissingParameter):
        return _both("il manque {name}.", "{name} is missing.", _name(error))
    if isinstance(error, click.BadParameter):
        return _both("{name} : cette valeur ne convient pas.", f"{{name}}: {error.message}", _name(error))
    return error.format_message()


def _both(fr: str, en: str, name: str) -> str:
    return f"{fr.replace('{name}', name)}\n{en.replace('{name}', name)}"


def _name(error: click.BadParameter) -> str:
    """`--to`, or the word by which the help calls an argument."""
    if isinstance(error.param, click.Option):
        return error.param.opts[0]
    if isinstance(error.param, click.Argument):
        return error.param.metavar or error.param.human_readable_name
    return str(error.param_hint or "?")
