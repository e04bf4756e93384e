"""The commands that make agencies, advisers and tokens, and the sample of the demonstration."""

import httpx
import pytest

from admin_api.app import create_app
from bot.entrance import people
from bot.entrance.sample import seed
from bot.entrance.sample_people import people as sample_people
from bot.local_services import ServiceError
from bot.resources import Resources
from tests.factories import rows


async def test_an_agency_an_adviser_and_a_token_made_by_commands_open_the_api(resources: Resources) -> None:
    await people.create_agency(resources, "Mission Locale d'Évreville")
    said = await people.create_adviser(resources, "mission-locale-d-evreville", "Alix@Example.org", "Alix Modèle")
    assert "affiché une seule fois" in said
    said = await people.create_token(resources, "mission-locale-d-evreville", "alix@example.org", "essai")
    token = said.rpartition(" ")[2]
    transport = httpx.ASGITransport(create_app(resources))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.get("/api/v1/agencies/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.json()["name"] == "Mission Locale d'Évreville"


async def test_the_first_adviser_is_the_one_newcomers_hear_of(resources: Resources) -> None:
    await people.create_agency(resources, "Une", "une")
    for name in ("Alix Modèle", "Dany Essai"):
        await people.create_adviser(resources, "une", f"{name[:4]}@example.org", name)
    assert (await rows(resources, 1, "select greeter from agency")) == [{"greeter": "Alix"}]


async def test_no_secret_is_kept_as_it_stands(resources: Resources) -> None:
    await people.create_agency(resources, "Une", "une")
    password = (await people.create_adviser(resources, "une", "a@example.org", "Alix")).rpartition(" ")[2]
    token = (await people.create_token(resources, "une", "a@example.org", "t")).rpartition(" ")[2]
    kept = str(await rows(resources, 1, "select * from adviser, api_token"))
    assert password not in kept
    assert token not in kept


@pytest.mark.parametrize(
    ("command", "values"),
    [
        ("create_agency", {"name": "Une", "slug": "une"}),
        ("create_agency", {"name": "Deux", "slug": "PAS BON"}),
        ("create_adviser", {"agency": "nulle-part", "email": "a@example.org", "name": "Alix"}),
        ("create_adviser", {"agency": "une", "email": "pas une adresse", "name": "Alix"}),
        ("create_token", {"agency": "une", "email": "personne@example.org", "name": "t"}),
        ("create_source", {"agency": "nulle-part", "kind": "link", "name": "Affiche"}),
        ("add_channel", {"agency": "une", "channel": "pigeon", "account": "default"}),
    ],
)
async def test_what_cannot_be_made_is_said_in_a_sentence(
    resources: Resources, command: str, values: dict[str, str]
) -> None:
    await people.create_agency(resources, "Une", "une")
    with pytest.raises(ServiceError) as refused:
        await getattr(people, command)(resources, **values)
    assert refused.value.sentence.endswith(".")


async def test_the_sample_is_there_once_and_nobody_in_it_is_stuck(resources: Resources) -> None:
    first, again = await seed(resources), await seed(resources)
    assert first == again
    everybody = sample_people()
    assert len(everybody) >= 40
    for agency_id in (1, 2):
        assert (
            await rows(resources, agency_id, "select 1 from inbox where outcome = 'failing' or done_at is null") == []
        )
        assert len(await rows(resources, agency_id, "select 1 from adviser where demo")) == 2
        assert len(await rows(resources, agency_id, "select distinct state from conversation")) >= 5
    found = [await rows(resources, n, "select 1 from young_person") for n in (1, 2)]
    assert sum(map(len, found)) == len(everybody)


async def test_an_agency_says_when_it_is_open_and_who_answers(resources: Resources) -> None:
    await people.create_agency(resources, "Une", "une")
    said = {"hours": "lun-jeu 9:00-12:30 13h30-17h, ven 9h-12h", "greeter": "Alix", "postcodes": "99100, 99110"}
    await people.describe_agency(resources, "une", **said)
    (kept,) = await rows(resources, 1, "select opening, greeter, postcodes, phone from agency")
    assert kept["opening"][0] == [[540, 750], [810, 1020]]
    assert kept["opening"][4:] == [[[540, 720]], [], []]
    assert (kept["greeter"], kept["postcodes"], kept["phone"]) == ("Alix", ["99100", "99110"], "")


@pytest.mark.parametrize("hours", ["", "lun", "lundi 9:00-12:00", "lun 12:00-9:00", "lun 9-12", "lun 9:00-25:00"])
async def test_hours_that_cannot_be_read_are_refused_in_a_sentence(resources: Resources, hours: str) -> None:
    await people.create_agency(resources, "Une", "une")
    with pytest.raises(ServiceError):
        await people.describe_agency(resources, "une", hours=hours)


async def test_a_reset_adviser_has_a_new_password_and_no_open_session(resources: Resources) -> None:
    await people.create_agency(resources, "Une", "une")
    await people.create_adviser(resources, "une", "a@example.org", "Alix")
    before = await rows(resources, 1, "select password_hash from adviser")
    await people.reset_adviser(resources, "une", "A@example.org")
    after = await rows(resources, 1, "select password_hash, totp_sealed from adviser")
    assert after[0]["password_hash"] != before[0]["password_hash"]
    assert after[0]["totp_sealed"] is None
    assert await rows(resources, 1, "select 1 from adviser_session") == []
