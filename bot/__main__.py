"""The command line: `allervers COMMAND`, or `python -m bot COMMAND`. Reads the settings, runs, says what failed.

Everything heavy is imported by the command that needs it: `--help` and a refused setting answer at once.
"""

import argparse
import os
import sys
from collections.abc import Callable

from bot.local_services import ServiceError
from bot.settings import Settings, SettingsError

EXIT_CONFIG = 78
ABOUT = ("--name?", "--town?", "--phone?", "--address?", "--greeter?", "--postcodes?", "--hours?", "--timezone?")
RECORDS = (  # two words, the function of bot.entrance.people, its values (? = may be left out), what it does
    ("agency", "create", "create_agency", ("--name", "--slug?", "--timezone?"), "une Mission Locale et son chat"),
    ("agency", "describe", "describe_agency", ("--agency", *ABOUT), "ses horaires, son adresse, qui accueille"),
    ("adviser", "create", "create_adviser", ("--agency", "--email", "--name", "--role?"), "un compte de conseiller"),
    (
        "adviser",
        "reset",
        "reset_adviser",
        ("--agency", "--email"),
        "un nouveau mot de passe, un second facteur à refaire",
    ),
    ("token", "create", "create_token", ("--agency", "--email", "--name"), "un jeton pour un programme"),
    ("channel", "add", "add_channel", ("--agency", "--channel", "--account"), "le robot Telegram d'une agence"),
    ("source", "create", "create_source", ("--agency", "--kind", "--name"), "un lien dont on connaît l'origine"),
)
SERVED = {
    "demo": ("tout en un, avec des données d'exemple", {"web": True, "work": True, "admin": True, "sample": True}),
    "serve": ("tout en un, sans données d'exemple", {"web": True, "work": True, "admin": True}),
    "web": ("les portes d'entrée : messageries et chat", {"web": True}),
    "work": ("les boucles : répondre, envoyer, rappeler", {"work": True}),
    "admin": ("la console et l'API des conseillers", {"admin": True}),
}


def main(arguments: list[str] | None = None) -> int:
    """Runs one command. Returns its exit code: 0 when all went well, else as in `bot.local_services.errors`."""
    parser = _parser()
    wanted, rest = parser.parse_known_args(arguments)
    if rest and not hasattr(wanted, "slow"):
        parser.error(f"option inconnue : {' '.join(rest)}")
    wanted.rest = rest
    try:
        return int(wanted.run(wanted) or 0)
    except SettingsError as error:
        print(f"Réglage : {error}", file=sys.stderr)
        return EXIT_CONFIG
    except ServiceError as error:
        print(error.sentence, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("Arrêté.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="allervers", description="L'assistant qui va vers les jeunes.")
    commands = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    for name, (help_text, _) in SERVED.items():
        commands.add_parser(name, help=help_text).set_defaults(run=_serve, served=name)
    commands.add_parser("migrate", help="met les tables à jour").set_defaults(run=_migrate)
    commands.add_parser("check", help="vérifie le code : style, types, imports").set_defaults(run=_check)
    tests = commands.add_parser("test", help="vérifie tout ; le reste de la ligne va à pytest")
    tests.add_argument("--slow", action="store_true", help="seulement les tests lents")
    tests.set_defaults(run=_test)
    _records(commands)
    return parser


def _records(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands of two words; each takes the named values its function in `bot.entrance.people` asks for."""
    nouns: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]] = {}
    for noun, verb, function, options, what in RECORDS:
        if noun not in nouns:
            known = ", ".join(f"{noun} {v} : {w}" for n, v, _, _, w in RECORDS if n == noun)
            nouns[noun] = commands.add_parser(noun, help=known).add_subparsers(metavar="ACTION", required=True)
        one = nouns[noun].add_parser(verb, description=what.capitalize(), help=what)
        for option in options:
            one.add_argument(option.strip("?"), required=not option.endswith("?"))
        one.set_defaults(run=_record, function=function)
    drawn = commands.add_parser("flows", help="flows draw : les schémas des conversations")
    draw = drawn.add_subparsers(metavar="draw", required=True).add_parser("draw")
    draw.add_argument("--folder", default="docs/flows", help="où écrire les schémas")
    draw.set_defaults(run=_draw)


def _settings(needs_key: bool = True) -> Settings:
    from bot.entrance.logs import configure
    from bot.entrance.secret_key import with_secret_key

    settings = Settings.from_environment(os.environ)
    configure(settings.log_level)
    return with_secret_key(settings) if needs_key else settings


def _progress(sentence: str) -> None:
    print(sentence, flush=True)


def _serve(wanted: argparse.Namespace) -> None:
    settings = _settings()
    _progress("Allervers démarre.")
    from bot.entrance.serving import Roles, run

    roles = Roles(**SERVED[wanted.served][1], migrates=wanted.served in {"demo", "serve"})
    run(settings, roles, _progress)
    _progress("Allervers est arrêté.")


def _migrate(_: argparse.Namespace) -> None:
    from bot.entrance.records import migrate

    migrate(_settings(needs_key=False), _progress)
    _progress("Les tables sont à jour.")


def _record(wanted: argparse.Namespace) -> None:
    from bot.entrance import people, records

    function: Callable[..., records.Answer] = getattr(people, wanted.function)
    values = {name: value for name, value in vars(wanted).items() if name not in {"run", "function", "rest"} and value}
    print(records.do(_settings(), lambda resources: function(resources, **values), lambda _: None))


def _draw(wanted: argparse.Namespace) -> None:
    from bot.entrance.drawing import draw

    _progress(draw(wanted.folder))


def _check(_: argparse.Namespace) -> int:
    from bot.entrance.checks import check

    return check()


def _test(wanted: argparse.Namespace) -> int:
    from bot.entrance.checks import test

    return test(wanted.slow, wanted.rest)


if __name__ == "__main__":
    sys.exit(main())
