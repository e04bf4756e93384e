"""What was answered to "what makes life hard" reaches the adviser as it was meant: three values, none guessed."""

import pytest

from tests.admin_api.browsing import Console
from tests.admin_api.office import Office
from tests.factories import an_envelope
from tests.work.house import a_house

SAID = ("bonjour", "la cuisine", "un travail", "19")
VALUES = [
    ("Rien de spécial", "Dit que rien ne bloque.", ("no", False)),
    ("rien", "Dit que rien ne bloque.", ("no", False)),
    ("Pas envie d'en parler", "N'a pas envie d'en parler.", ("not_discussed", False)),
    ("Plutôt à quelqu'un", "Préfère en parler à quelqu'un.", ("not_discussed", True)),
]


@pytest.mark.parametrize(("answer", "shown", "value"), VALUES, ids=[value[0] for value in VALUES])
async def test_an_answer_about_everything_is_on_the_card_as_it_was_meant(
    office: Office, answer: str, shown: str, value: tuple[str, bool]
) -> None:
    house = a_house(office.resources)
    receipt = await house.hear(*(an_envelope(words, who="noa") for words in (*SAID, answer)))
    async with office.client(office.here.adviser) as client:
        card = (await client.get(f"/api/v1/young-people/{receipt.contact_id}")).json()
    assert [(b["category"], b["value"], b["to_a_person"]) for b in card["barriers"]] == [("general", *value)]
    console = Console(office)
    await console.sign_in(office.here.adviser)
    page = (await console.open(f"/console/people/{receipt.contact_id}")).text.replace("&#39;", "'")
    barriers = page.partition("<h2>Ce qui bloque</h2>")[2].partition("</section>")[0]
    assert shown in barriers
    assert "Pas encore abordé" not in barriers


@pytest.mark.parametrize("answer", ["passer", "jsp"])
async def test_what_was_not_answered_stays_not_discussed(office: Office, answer: str) -> None:
    house = a_house(office.resources)
    receipt = await house.hear(*(an_envelope(words, who="noa") for words in (*SAID, answer)))
    async with office.client(office.here.adviser) as client:
        card = (await client.get(f"/api/v1/young-people/{receipt.contact_id}")).json()
    assert card["barriers"] == []


async def test_nothing_more_is_not_nothing(office: Office) -> None:
    house = a_house(office.resources)
    receipt = await house.hear(*(an_envelope(words, who="noa") for words in (*SAID, "pas de permis", "rien d'autre")))
    async with office.client(office.here.adviser) as client:
        card = (await client.get(f"/api/v1/young-people/{receipt.contact_id}")).json()
    assert [b["category"] for b in card["barriers"]] == ["mobilite"]
