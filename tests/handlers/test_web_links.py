"""Coming back: by the personal link, by a code typed on another device; and the page of one's own data."""

import re
from collections.abc import Callable

import pytest

from bot.resources import Resources
from bot.resources.secrets import hashed
from tests.factories import rows
from tests.site import Browser

Browsers = Callable[..., Browser]


def address_in(lou: Browser, kind: str) -> str:
    """The path of the link of this kind that the bot gave."""
    return re.findall(rf"(/chat/{kind}/[\w-]+)", lou.html)[-1]


@pytest.fixture
async def lou(house: str, browsers: Browsers) -> Browser:
    """Somebody in the middle of their first conversation."""
    lou = await browsers(house).open("/chat")
    for text in ("la cuisine", "non", "passer"):
        await lou.send(text)
    return lou


async def a_code(lou: Browser) -> str:
    await lou.send(option="0:code")
    return re.findall(r"\b[A-Z2-7]{8}\b", lou.said("bot")[-1])[0]


async def test_the_personal_link_comes_by_the_third_message_and_only_its_hash_is_kept(
    house: str, browsers: Browsers, resources: Resources
) -> None:
    lou = await browsers(house).open("/chat")
    for text in ("la cuisine", "non"):
        await lou.send(text)
    token = address_in(lou, "l").rpartition("/")[2]
    assert len(token) >= 22
    (kept,) = await rows(resources, 1, "select * from link where purpose = 'personal'")
    assert kept["hash"] == hashed(token)
    assert token not in str(kept)


async def test_the_personal_link_brings_the_person_back_on_another_device(lou: Browser, browsers: Browsers) -> None:
    path, before = address_in(lou, "l"), lou.lines
    other = await browsers(lou.url).open(path)
    assert other.lines == []
    await other.post(path, {})
    assert other.lines[: len(before)] == before
    assert "revoilà" in other.said("bot")[-1]
    assert len(other.buttons) > 0


async def test_what_fetches_links_by_itself_reads_nothing_and_spends_nothing(lou: Browser, browsers: Browsers) -> None:
    path = address_in(lou, "l")
    robot = browsers(lou.url)
    for _ in range(3):
        await robot.open(path)
        assert robot.status == 200
        assert "cuisine" not in robot.html
        assert "set-cookie" not in robot.headers
        assert robot.headers["x-robots-tag"] == "noindex"
    await robot.post(path, {})
    assert "la cuisine" in robot.said("me")


async def test_a_link_nobody_gave_opens_nothing(house: str, browsers: Browsers) -> None:
    stranger = browsers(house)
    for path in ("/chat/l/AAAAAAAAAAAAAAAAAAAAAA", "/chat/donnees/AAAAAAAAAAAAAAAAAAAAAA"):
        assert (await stranger.open(path)).status == 404
        assert (await stranger.post(path, {})).status == 404
        assert "set-cookie" not in stranger.headers


async def test_a_personal_link_does_not_open_the_data_nor_a_data_link_the_conversation(
    lou: Browser, browsers: Browsers
) -> None:
    await lou.send(option="0:data")
    personal, data = (address_in(lou, kind).rpartition("/")[2] for kind in ("l", "donnees"))
    stranger = browsers(lou.url)
    assert (await stranger.post(f"/chat/donnees/{personal}", {})).status == 404
    assert (await stranger.post(f"/chat/l/{data}", {})).status == 404


async def test_a_code_moves_the_conversation_once(lou: Browser, browsers: Browsers) -> None:
    code = await a_code(lou)
    other = await browsers(lou.url).open("/chat/code")
    await other.post("/chat/code", {"code": f" {code[:4].lower()}-{code[4:]} "})
    assert "la cuisine" in other.said("me")
    third = browsers(lou.url)
    await third.post("/chat/code", {"code": code})
    assert third.status == 422
    assert "ne marche pas" in third.html


async def test_a_code_that_is_too_old_does_not_work(lou: Browser, browsers: Browsers, resources: Resources) -> None:
    code = await a_code(lou)
    await rows(
        resources, 1, "update link set expires_at = now() - interval '1 second' where purpose = 'device' returning id"
    )
    other = await browsers(lou.url).post("/chat/code", {"code": code})
    assert other.status == 422


async def test_codes_cannot_be_guessed_at_length(lou: Browser, browsers: Browsers) -> None:
    code = await a_code(lou)
    stranger = browsers(lou.url)
    statuses = [(await stranger.post("/chat/code", {"code": f"AAAAAAA{n}"})).status for n in "234567"]
    assert statuses == [422] * 5 + [429]
    assert (await stranger.post("/chat/code", {"code": code})).status == 429
    assert "15" in stranger.html


async def test_two_conversations_of_one_person_become_the_older_one(
    lou: Browser, browsers: Browsers, resources: Resources
) -> None:
    path = address_in(lou, "l")
    other = await browsers(lou.url).open("/chat")
    await other.send("la mécanique")
    await other.post(path, {})
    assert "la cuisine" in other.said("me")
    older, newer = await rows(resources, 1, "select contact_id, outcome from conversation order by contact_id")
    wishes = await rows(resources, 1, "select words from wish where contact_id = $1 order by id", older["contact_id"])
    assert [wish["words"] for wish in wishes] == ["la cuisine", "la mécanique"]
    assert newer["outcome"] == "linked"
    noted = await rows(
        resources, 1, "select subject_id, detail from audit where deed = 'address.link' order by subject_id"
    )
    assert [row["subject_id"] for row in noted] == [older["contact_id"], newer["contact_id"]]
    assert len(noted[0]["detail"]["addresses"]) == 1


async def test_the_older_conversation_stays_even_when_the_link_is_the_newers(
    lou: Browser, browsers: Browsers, resources: Resources
) -> None:
    other = await browsers(lou.url).open("/chat")
    for text in ("la mécanique", "non"):
        await other.send(text)
    await lou.post(address_in(other, "l"), {})
    assert "la cuisine" in lou.said("me")
    await other.open("/chat")
    assert "la cuisine" in other.said("me")


async def test_my_data_can_be_read_and_says_why_it_is_kept_and_who_read_it(lou: Browser, browsers: Browsers) -> None:
    await lou.send(option="0:data")
    path = address_in(lou, "donnees")
    gate = await browsers(lou.url).open(path)
    assert "la cuisine" not in gate.html
    await gate.post(path, {})
    assert "la cuisine" in gate.html
    assert "intérêt public" in gate.html
    assert "Personne n'a encore ouvert" in gate.html.replace("&#39;", "'")
    assert gate.headers["x-robots-tag"] == "noindex"


async def test_my_data_as_json_names_every_kind_with_its_reason(
    lou: Browser, browsers: Browsers, resources: Resources
) -> None:
    await rows(
        resources,
        1,
        "insert into audit (agency_id, actor, actor_id, deed, subject, subject_id) "
        "select 1, 'adviser', null, 'card.read', 'contact', id from contact returning id",
    )
    await lou.send(option="0:data")
    answer = await lou.client.post(address_in(lou, "donnees"), data={"format": "json"})
    told = answer.json()
    assert {
        "profile",
        "wishes",
        "barriers",
        "skills",
        "availability",
        "consents",
        "messages",
        "readings",
    } <= told.keys()
    assert told["wishes"]["kept"][0]["words"] == "la cuisine"
    assert "la cuisine" in [line["text"] for line in told["messages"]["kept"]]
    assert [reading["deed"] for reading in told["readings"]["kept"]] == ["card.read"]
    assert all(told[name]["why"] for name in ("profile", "wishes", "barriers", "readings"))
    assert "attachment" not in answer.headers.get("content-disposition", "")


async def test_the_words_of_a_barrier_are_readable_to_the_person_alone(
    lou: Browser, browsers: Browsers, resources: Resources
) -> None:
    from bot.actions.deeds import barrier_place

    (contact,) = await rows(resources, 1, "select id from contact")
    sealed = resources.secrets.seal(b"pas de voiture", barrier_place(contact["id"], "mobilite"))
    await rows(
        resources,
        1,
        "insert into barrier (agency_id, contact_id, category, sealed) values (1, $1, 'mobilite', $2) "
        "on conflict (agency_id, contact_id, category) do update set sealed = excluded.sealed returning id",
        contact["id"],
        sealed,
    )
    await lou.send(option="0:data")
    await lou.post(address_in(lou, "donnees"), {})
    assert "Se déplacer : pas de voiture" in lou.html


@pytest.mark.parametrize(
    ("value", "to_a_person", "shown"),
    [
        ("no", False, "Tu as dit : rien de spécial."),
        ("not_discussed", False, "Tu as dit : pas envie d'en parler."),
        ("not_discussed", True, "Tu as dit : plutôt à quelqu'un."),
    ],
)
async def test_an_answer_about_everything_is_readable_in_my_data(
    lou: Browser, resources: Resources, value: str, to_a_person: bool, shown: str
) -> None:
    kept = "insert into barrier (agency_id, contact_id, category, value, to_a_person) select 1, id, 'general', $1, $2"
    await rows(resources, 1, f"{kept} from contact returning id", value, to_a_person)
    await lou.send(option="0:data")
    await lou.post(address_in(lou, "donnees"), {})
    assert shown in lou.html.replace("&#39;", "'")


async def test_erasing_leaves_a_farewell_and_then_nobody(lou: Browser, resources: Resources) -> None:
    await lou.send(option="0:erase")
    for _ in range(3):
        if label := next((label for value, label in lou.buttons if "yes" in value or "erase" in value), ""):
            await lou.press(label)
    await lou.open("/chat")
    assert "la cuisine" not in lou.html


@pytest.mark.parametrize("path", ["/chat/notice", "/chat/valombre/notice"])
async def test_the_notice_names_the_agency_the_ground_the_rights_and_its_version(
    house: str, browsers: Browsers, path: str
) -> None:
    page = (await browsers(house).open(path)).html
    for word in ("Mission Locale de Valombre", "intérêt public", "6.1.e", "CNIL", "efface-moi", "Version 1", "robot"):
        assert word in page


async def test_the_accessibility_statement_says_what_the_rgaa_asks_for(house: str, browsers: Browsers) -> None:
    page = (await browsers(house).open("/chat/accessibilite")).html
    for word in ("non conforme", "RGAA", "Contenus non accessibles", "Voies de recours", "Défenseur des droits"):
        assert word in page
