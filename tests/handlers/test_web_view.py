"""What a young person sees of a thread, and what they do not."""

from datetime import UTC, datetime, timedelta

from bot.domain.messages import Button
from bot.handlers.web_pages import words
from bot.handlers.web_view import answers, bubbles, cursor
from bot.store.thread import Line

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
T = words("fr")


def a_line(number: int, author: str = "bot", text: str = "Bonjour", **fields: object) -> Line:
    kind = "message" if author != "person" else "text"
    state = "sent" if author != "person" else "received"
    given = {"kind": kind, "state": state, "at": NOW - timedelta(minutes=5), "author_name": "", **fields}
    return Line(id=number, author=author, text=text, **given)  # type: ignore[arg-type]


def test_what_was_not_sent_is_not_shown() -> None:
    states = ("queued", "leased", "skipped", "failed", "unknown", "sent", "delivered", "read")
    shown = bubbles([a_line(n, state=state) for n, state in enumerate(states)], T)
    assert [states[bubble.id] for bubble in shown] == ["sent", "delivered", "read"]


def test_the_persons_own_words_are_shown_at_once_and_their_arrival_is_not_a_line() -> None:
    shown = bubbles([a_line(1, "person", "", kind="arrived"), a_line(2, "person", "cuisine")], T)
    assert [(bubble.who, bubble.parts) for bubble in shown] == [("me", ("cuisine",))]


def test_an_adviser_is_shown_by_first_name_only() -> None:
    (bubble,) = bubbles([a_line(1, "adviser", author_name="Camille Exemple")], T)
    assert (bubble.who, bubble.name) == ("human", "Camille")


def test_markup_in_words_is_shown_as_words() -> None:
    for author in ("person", "adviser", "bot"):
        (bubble,) = bubbles([a_line(1, author, "<script>alert(1)</script> & \"'")], T)
        assert "<" not in bubble.parts[0]
        assert "&lt;script&gt;" in bubble.parts[0]


def test_a_link_in_the_bots_words_can_be_pressed_and_carries_no_markup_of_its_own() -> None:
    (bubble,) = bubbles([a_line(1, text='Garde ce lien : https://example.org/chat/l/abc"onclick=x.')], T)
    assert (
        '<a href="https://example.org/chat/l/abc" rel="noreferrer">https://example.org/chat/l/abc</a>'
        in bubble.parts[0]
    )
    assert "onclick" not in bubble.parts[0].partition("</a>")[0]


def test_help_lines_can_be_called_and_other_numbers_are_left_alone() -> None:
    (bubble,) = bubbles(
        [a_line(1, text="Appelle le 3114, le 115 ou le 06 39 98 00 01. Rendez-vous le 15, au 1150.")], T
    )
    assert [part.partition('"')[0] for part in bubble.parts[0].split('href="')[1:]] == [
        "tel:3114",
        "tel:115",
        "tel:0639980001",
    ]


def test_a_page_of_the_house_is_named_by_words_and_the_personal_link_is_shown_whole() -> None:
    text = "https://example.org/chat/valombre/notice https://example.org/chat/l/AbC"
    (bubble,) = bubbles([a_line(1, text=text)], T)
    assert ">à lire ici</a>" in bubble.parts[0]
    assert ">https://example.org/chat/l/AbC</a>" in bubble.parts[0]


def test_words_of_the_person_are_never_made_into_links() -> None:
    (bubble,) = bubbles([a_line(1, "person", "va voir https://example.org")], T)
    assert "href" not in bubble.parts[0]


def test_a_blank_line_makes_a_paragraph() -> None:
    (bubble,) = bubbles([a_line(1, text="Un.\n\nDeux.\nTrois.")], T)
    assert bubble.parts == ("Un.", "Deux.\nTrois.")


def test_a_button_just_pressed_shows_the_words_that_were_on_it() -> None:
    asked = a_line(1, buttons=(Button("3:wish:2", "La cuisine"),))
    pressed = a_line(2, "person", "wish:2", kind="option")
    command = a_line(3, "person", "human", kind="option")
    said = [bubble.parts[0].unescape() for bubble in bubbles([asked, pressed, command], T)[1:]]
    assert said == ["La cuisine", "Parler à quelqu'un"]


def test_buttons_count_until_the_person_has_answered() -> None:
    asked = a_line(1, buttons=(Button("3:yes", "Oui"),))
    assert answers([asked]) == (Button("3:yes", "Oui"),)
    assert answers([asked, a_line(2, "adviser")]) == (Button("3:yes", "Oui"),)
    assert answers([asked, a_line(2, "person", "oui")]) == ()
    assert answers([asked, a_line(2, "person", "oui"), a_line(3, text="Merci")]) == ()


def test_the_page_has_not_read_past_a_message_still_on_its_way() -> None:
    lines = [a_line(1), a_line(2, state="queued"), a_line(3, "person", "ok")]
    assert cursor(lines, NOW) == 1
    assert cursor([a_line(1), a_line(3, "person", "ok")], NOW) == 3


def test_the_page_has_not_read_past_a_moment_in_which_a_smaller_number_may_still_appear() -> None:
    lines = [a_line(1), a_line(3, "person", "ok", at=NOW - timedelta(seconds=2))]
    assert cursor(lines, NOW) == 1
    assert cursor(lines, NOW, after=7) == 7
