"""What leaves for Telegram, before it leaves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.rendering import keyboard, messages, split
from bot.domain.messages import Button, Channel, Outbound


def an_outbound(text: str, *buttons: Button) -> Outbound:
    return Outbound(1, Channel.TELEGRAM, "default", "42", text, buttons)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_a_message_is_plain_text_without_link_previews() -> None:
    [call] = messages(an_outbound("Bonjour <b>Lina</b> https://example.org"))
    assert call == {
        "chat_id": "42",
        "text": "Bonjour <b>Lina</b> https://example.org",
        "link_preview_options": {"is_disabled": True},
    }


def test_short_buttons_share_a_row_and_long_ones_have_their_own() -> None:
    labels = ["Oui", "Non", "Passer", "Parler à quelqu'un de la Mission Locale", "Plus tard", "Retour"]
    rows = keyboard([Button(f"3:{n}", label) for n, label in enumerate(labels)])
    assert [[key["text"] for key in row] for row in rows] == [
        ["Oui", "Non"],
        ["Passer"],
        ["Parler à quelqu'un de la Mission Locale"],
        ["Plus tard", "Retour"],
    ]


def test_a_button_says_its_turn_and_option() -> None:
    assert keyboard([Button("7:wish:2", "Vente")]) == [[{"text": "Vente", "callback_data": "7:wish:2"}]]


def test_the_buttons_of_a_long_text_come_with_its_end() -> None:
    first, last = messages(an_outbound("mot " * 1500, Button("1:yes", "Oui")))
    assert "reply_markup" not in first
    assert last["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "1:yes"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("un deux trois", ["un deux", "trois"]),
        ("Un. Deux trois", ["Un. Deux", "trois"]),
        ("un\n\ndeux", ["un\n\ndeux"]),
        ("abcdefghijkl", ["abcdefghij", "kl"]),
        ("😀" * 6, ["😀" * 5, "😀"]),
        ("a" + "😀" * 5, ["a" + "😀" * 4, "😀"]),
        ("0123456789   ", ["0123456789"]),
        ("", [""]),
    ],
)
def test_a_long_text_is_cut_where_a_reader_pauses_and_never_inside_a_character(text: str, parts: list[str]) -> None:
    assert split(text, 10) == parts


@given(st.text(alphabet=st.sampled_from("ab. \n😀é"), max_size=300), st.integers(4, 40))
def test_no_part_is_too_long_and_no_word_is_lost(text: str, most: int) -> None:
    parts = split(text, most)
    assert all(units(part) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
