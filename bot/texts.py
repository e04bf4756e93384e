"""The words people read: `render("fr", "wishes-ask", {...})`. Project Fluent has this one door.

Every language is a folder of `locales/`, one file per flow; what a language lacks is said in French. A text made of
plain words and simple placeables, which is nearly every one, is compiled once into the parts to join: the hot path
renders a thousand texts a second, and Fluent's own resolver would take five times longer. Selectors and the like go
through Fluent.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

Args = Mapping[str, str | int]
Template = Callable[[Args], str]

FALLBACK: Final = "fr"
LOCALES: Final = Path(__file__).parent.parent / "locales"
_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ps", "ur"})


class UnknownText(LookupError):
    """No language has this text id: a mistake in the house, which the tests find first."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language people can choose: its code, its own name for itself, and whether it runs from right to left."""

    code: str
    name: str
    rtl: bool


def render(language: str, text_id: str, args: Args | None = None) -> str:
    """The text in `language` (`en-GB` is read as `en`), or in French where it is missing. Raises UnknownText, and
    KeyError for a missing argument.
    """
    template = _book(language).get(text_id) or _book(FALLBACK).get(text_id)
    if template is None:
        raise UnknownText(text_id)
    return template(args or {})


def has(language: str, text_id: str) -> bool:
    """True when `language` itself has this text, without falling back."""
    return text_id in _book(language)


@cache
def languages() -> tuple[Language, ...]:
    """The languages people can choose, French first."""
    codes = sorted((p.name for p in LOCALES.iterdir() if p.is_dir()), key=lambda code: (code != FALLBACK, code))
    return tuple(Language(code, render(code, f"common-language-{code}"), code in _RIGHT_TO_LEFT) for code in codes)


# --- compiled once --------------------------------------------------------------------------------------------------


@cache
def _book(language: str) -> Mapping[str, Template]:
    """Every text of one language, ready to render; empty for a language the house does not speak."""
    folder = LOCALES / language.partition("-")[0]
    if not language.isascii() or not language.replace("-", "").isalnum() or not folder.is_dir():
        return {}
    bundle = FluentBundle([folder.name], use_isolating=False)
    messages: list[ast.Message] = []
    for path in sorted(folder.glob("*.ftl")):
        resource = FluentResource(path.read_text(encoding="utf-8"))
        bundle.add_resource(resource)
        messages += (m for m in resource.body if isinstance(m, ast.Message))
    return {m.id.name: _compile(bundle, m) for m in messages}


def _compile(bundle: FluentBundle, message: ast.Message) -> Template:
    elements = message.value.elements if message.value else []
    parts = tuple(_parts(elements))
    if any(name is None for _, name in parts):
        return _through_fluent(bundle, message.id.name)
    if not any(name for _, name in parts):
        constant = "".join(text for text, _ in parts)
        return lambda args: constant
    return _joined(tuple((text, name or "") for text, name in parts))


def _parts(elements: list[Any]) -> Iterator[tuple[str, str | None]]:
    """Each element as (words, "") or ("", argument name); ("", None) for what only Fluent can resolve."""
    for element in elements:
        expression = element.expression if isinstance(element, ast.Placeable) else None
        if isinstance(element, ast.TextElement):
            yield element.value, ""
        elif isinstance(expression, ast.VariableReference):
            yield "", expression.id.name
        elif isinstance(expression, ast.StringLiteral):
            yield expression.parse()["value"], ""
        else:
            yield "", None


def _joined(parts: tuple[tuple[str, str], ...]) -> Template:
    return lambda args: "".join([str(args[name]) if name else text for text, name in parts])


def _through_fluent(bundle: FluentBundle, text_id: str) -> Template:
    pattern = bundle.get_message(text_id).value
    if pattern is None:
        raise UnknownText(text_id)

    def render_slowly(args: Args) -> str:
        words, errors = bundle.format_pattern(pattern, dict(args))
        if errors:
            raise KeyError(f"{text_id}: {errors[0]}")
        return str(words)

    return render_slowly
