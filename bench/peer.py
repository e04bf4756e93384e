"""The peer: the bot that most people would write, with aiogram 3, its dispatcher, its finite-state storage in Redis
and its aiohttp webhook.

    python -m bench.peer --port 9001 --api http://127.0.0.1:9000 --redis unix:///…

It asks as many questions as the house's first conversation, with as many buttons, and keeps the answers in its
storage. It promises nothing beyond what such a bot promises: it answers 200 before it works, and a crash loses what
it held.
"""

import argparse
from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from aiogram.utils.keyboard import InlineKeyboardBuilder
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from bench.bot_api import SECRET, TOKEN


class Form(StatesGroup):
    """The questions, in their order."""

    wish = State()
    contract = State()
    age = State()
    barriers = State()
    more = State()
    availability = State()
    rhythm = State()
    recap = State()
    contact = State()
    phone = State()
    name = State()


_ORDER: Final = tuple(Form.__states__)
_HUMAN: Final = ("human", "Parler à quelqu'un")
_SKIP: Final = ("skip", "Passer")
_BARRIERS: Final = (
    ("barrier:mobilite", "Transport, permis"),
    ("barrier:logement", "Logement"),
    ("barrier:budget", "Argent"),
    ("barrier:administratif", "Papiers"),
    ("barrier:garde_enfants", "Garde d'enfants"),
    ("barrier:confiance_en_soi", "Confiance en moi"),
    ("barrier:langue", "Le français"),
    ("barrier:numerique", "Internet"),
    ("none", "Rien"),
)

_QUESTIONS: Final[dict[State, tuple[str, tuple[tuple[str, str], ...]]]] = {
    Form.wish: (
        "Salut ! Je suis le robot de la Mission Locale. C'est gratuit. Qu'est-ce que tu aimerais faire ?",
        (("unsure", "Je ne sais pas"), _HUMAN),
    ),
    Form.contract: (
        "« {wish} » : c'est noté, avec tes mots. Tu cherches plutôt quoi ?",
        (
            ("kind:emploi", "Un emploi"),
            ("kind:alternance", "Une alternance"),
            ("kind:formation", "Une formation"),
            ("kind:immersion", "Un stage"),
            ("kind:interim", "De l'intérim"),
            ("any", "Peu importe"),
            _HUMAN,
        ),
    ),
    Form.age: (
        "Tu as quel âge ? Ça change ce qu'on peut te proposer.",
        (
            ("age:15", "Moins de 16 ans"),
            ("age:16_17", "16 ou 17 ans"),
            ("age:18_25", "18 à 25 ans"),
            ("age:26_29", "26 à 29 ans"),
            ("age:over_29", "30 ans ou plus"),
            _SKIP,
            _HUMAN,
        ),
    ),
    Form.barriers: ("Est-ce que quelque chose te complique la vie ?", (*_BARRIERS, _SKIP, _HUMAN)),
    Form.more: ("C'est noté. Autre chose à dire là-dessus ?", (*_BARRIERS, _SKIP, _HUMAN)),
    Form.availability: (
        "Tu es libre quand ?",
        (("part:matin", "Le matin"), ("part:apres_midi", "L'après-midi"), ("part:any", "Quand on veut"), _SKIP, _HUMAN),
    ),
    Form.rhythm: (
        "Quels horaires sont impossibles pour toi ?",
        (("none", "Aucun"), ("never:nuit", "La nuit"), ("never:weekend", "Le week-end"), _SKIP),
    ),
    Form.recap: (
        "Voici ce que j'ai compris. Ton envie : « {wish} ». Quand : {availability}. C'est bien ça ?",
        (("yes", "Oui"), ("change", "Changer quelque chose"), _HUMAN),
    ),
    Form.contact: (
        "Comment tu veux continuer ?",
        (("way:appointment", "Un rendez-vous"), ("way:call", "On m'appelle"), ("way:write", "On m'écrit")),
    ),
    Form.phone: ("À quel numéro ?", (_SKIP,)),
    Form.name: ("On t'appelle comment ?", (_SKIP,)),
}
_END: Final = "Merci ! Une conseillère te répond sous deux jours ouvrés."

router = Router()


def _keyboard(state: State) -> InlineKeyboardMarkup:
    builder = InlineKeyboardBuilder()
    for option, label in _QUESTIONS[state][1]:
        builder.button(text=label, callback_data=f"{_ORDER.index(state) + 1}:{option}")
    builder.adjust(2)
    return builder.as_markup()


async def _ask(message: Message, state: FSMContext, question: State) -> None:
    await state.set_state(question)
    data = await state.get_data()
    text = _QUESTIONS[question][0].format(wish=data.get("wish", "?"), availability=data.get("availability", "?"))
    await message.answer(text, reply_markup=_keyboard(question))


@router.message(CommandStart())
async def start(message: Message, state: FSMContext) -> None:
    """Begins anew."""
    await state.clear()
    await _ask(message, state, Form.wish)


async def _next(message: Message, state: FSMContext, answered: State, answer: str) -> None:
    await state.update_data({answered.state.rpartition(":")[2] if answered.state else "": answer})
    at = _ORDER.index(answered) + 1
    if at == len(_ORDER):
        await state.set_state(None)
        await message.answer(_END)
    else:
        await _ask(message, state, _ORDER[at])


def _typed(question: State) -> Callable[[Message, FSMContext], Awaitable[None]]:
    async def handler(message: Message, state: FSMContext) -> None:
        await _next(message, state, question, message.text or "")

    return handler


def _pressed(question: State) -> Callable[[CallbackQuery, FSMContext], Awaitable[None]]:
    async def handler(query: CallbackQuery, state: FSMContext) -> None:
        await query.answer()
        if isinstance(query.message, Message):
            await _next(query.message, state, question, query.data or "")

    return handler


for _question in _ORDER:
    router.message.register(_typed(_question), StateFilter(_question), F.text)
    router.callback_query.register(_pressed(_question), StateFilter(_question))


def application(api: str, redis: str) -> web.Application:
    """The webhook at /hooks, served by aiogram's own handler."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    # the client's own default is 100 connections and an error beyond: with 200 chats at once the peer would lose
    # answers from the first second
    dispatcher = Dispatcher(storage=RedisStorage.from_url(redis, connection_kwargs={"max_connections": 4096}))
    dispatcher.include_router(router)
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(app, path="/hooks")
    setup_application(app, dispatcher, bot=bot)
    return app


def main(arguments: Any = None) -> None:
    """Serves until it is ended."""
    parser = argparse.ArgumentParser(description="the peer bot of the bench")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--api", required=True)
    parser.add_argument("--redis", required=True)
    options = parser.parse_args(arguments)
    web.run_app(application(options.api, options.redis), host="127.0.0.1", port=options.port, print=None)


if __name__ == "__main__":
    main()
