"""The console without JavaScript: coming in, reading, acting, and what forms from elsewhere get."""

from datetime import timedelta

import pytest

from admin_api import passwords
from bot import clock
from bot.store.pool import transaction
from tests.admin_api.browsing import Console
from tests.admin_api.office import PASSWORD, SECRET, Office, a_young_person

TRICKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "{{7*7}}",
    "</textarea><svg onload=alert(1)>",
    "<hx-partial hx-target='body'>gone</hx-partial>",
    "\u202egnp.exe",
)


def _person(office: Office) -> str:
    return f"/console/people/{office.here.young.id}"


async def test_an_adviser_comes_in_with_password_and_code(office: Office) -> None:
    console = Console(office)
    page = await console.sign_in(office.here.adviser)
    assert page.url.path == "/console"
    assert "Demande une personne" in page.text
    assert "Lou" in page.text


async def test_the_password_alone_opens_nothing(office: Office) -> None:
    console = Console(office)
    await console.open("/console/sign-in")
    await console.send("/console/sign-in", email=office.here.adviser.email, password=PASSWORD)
    assert (await console.open("/console")).url.path == "/console/sign-in"


async def test_a_wrong_password_and_an_unknown_address_get_the_same_words(office: Office) -> None:
    answers = []
    for email in (office.here.adviser.email, "personne@example.org"):
        console = Console(office)
        await console.open("/console/sign-in")
        answers.append(await console.send("/console/sign-in", email=email, password="pas le bon"))
    said = ["mot de passe ne va pas" in one.text for one in answers]
    assert (said, [one.status_code for one in answers]) == ([True, True], [403, 403])


async def test_a_password_costs_what_a_small_machine_can_pay() -> None:
    kept = passwords.hash_password("x" * 12)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await passwords.password_matches(kept, "x" * 12)
    assert not await passwords.password_matches(kept, "y" * 12)
    assert not await passwords.password_matches(None, "x" * 12)


async def test_one_code_opens_once(office: Office) -> None:
    code = passwords.current_code(SECRET, clock.now())
    for status in (200, 403):
        console = Console(office)
        await console.open("/console/sign-in")
        await console.send("/console/sign-in", email=office.here.adviser.email, password=PASSWORD)
        assert (await console.send("/console/second-factor", code=code)).status_code == status


async def test_five_wrong_codes_ask_for_the_password_again(office: Office) -> None:
    console = Console(office)
    await console.open("/console/sign-in")
    await console.send("/console/sign-in", email=office.here.adviser.email, password=PASSWORD)
    for _ in range(5):
        page = await console.send("/console/second-factor", code="000000")
    assert "depuis le mot de passe" in page.text
    assert (await console.open("/console/second-factor")).url.path == "/console/sign-in"


async def test_guessing_is_slowed_for_strangers_and_not_for_a_known_browser(office: Office) -> None:
    known = Console(office)
    await known.sign_in(office.here.adviser)
    await known.send("/console/sign-out")
    stranger = Console(office)
    await stranger.open("/console/sign-in")
    for _ in range(11):
        page = await stranger.send("/console/sign-in", email=office.here.adviser.email, password="devine")
    assert page.status_code == 429
    other = await stranger.send("/console/sign-in", email=office.here.manager.email, password=PASSWORD)
    assert other.url.path == "/console/second-factor"
    await known.open("/console/sign-in")
    again = await known.send("/console/sign-in", email=office.here.adviser.email, password=PASSWORD)
    assert again.url.path == "/console/second-factor"


async def test_the_first_visit_sets_up_the_second_factor_and_shows_codes_that_each_open_once(office: Office) -> None:
    async with transaction(office.resources.db, [office.here.id]) as conn:
        await conn.execute("update adviser set totp_sealed = null")
    console = Console(office)
    await console.open("/console/sign-in")
    page = await console.send("/console/sign-in", email=office.here.adviser.email, password=PASSWORD)
    assert page.url.path == "/console/enrolment"
    assert "<svg" in page.text
    secret = page.text.partition('class="secret">')[2].partition("<")[0].replace(" ", "")
    page = await console.send("/console/enrolment", code=passwords.current_code(secret, clock.now()))
    code = page.text.partition('<ul class="codes"><li>')[2].partition("<")[0]
    assert len(code) == 11
    assert (await console.open("/console")).url.path == "/console"
    for arrives in ("/console", "/console/second-factor"):
        other = Console(office)
        await other.open("/console/sign-in")
        await other.send("/console/sign-in", email=office.here.adviser.email, password=PASSWORD)
        assert (await other.send("/console/second-factor", code=code.upper().replace("-", " "))).url.path == arrives


async def test_a_session_name_planted_before_signing_in_opens_nothing(office: Office) -> None:
    console = Console(office)
    console.client.cookies.set("allervers-session", "planted")
    await console.sign_in(office.here.adviser)
    thief = Console(office)
    thief.client.cookies.set("allervers-session", "planted")
    assert (await thief.open("/console")).url.path == "/console/sign-in"


async def test_each_step_up_renames_the_session(office: Office) -> None:
    console = Console(office)
    await console.open("/console/sign-in")
    await console.send("/console/sign-in", email=office.here.adviser.email, password=PASSWORD)
    halfway = console.client.cookies["allervers-session"]
    await console.send("/console/second-factor", code=passwords.current_code(SECRET, clock.now()))
    assert console.client.cookies["allervers-session"] != halfway
    thief = Console(office)
    thief.client.cookies.set("allervers-session", halfway)
    assert (await thief.open("/console")).url.path == "/console/sign-in"


@pytest.mark.parametrize("column", ["seen_at", "expires_at"])
async def test_a_session_ends_when_idle_and_at_its_absolute_end(office: Office, column: str) -> None:
    console = Console(office)
    await console.sign_in(office.here.adviser)
    past = clock.now() - timedelta(minutes=31)
    async with transaction(office.resources.db, [office.here.id]) as conn:
        await conn.execute(f"update adviser_session set {column} = $1", past)
    assert (await console.open("/console")).url.path == "/console/sign-in"


async def test_signing_out_ends_the_session_everywhere(office: Office) -> None:
    console = Console(office)
    await console.sign_in(office.here.adviser)
    name = console.client.cookies["allervers-session"]
    await console.send("/console/sign-out")
    copy = Console(office)
    copy.client.cookies.set("allervers-session", name)
    assert (await copy.open("/console")).url.path == "/console/sign-in"


async def test_cookies_are_out_of_reach_of_scripts_and_other_sites(office: Office) -> None:
    console = Console(office)
    console.client.follow_redirects = False
    await console.open("/console/sign-in")
    answer = await console.send("/console/sign-in", email=office.here.adviser.email, password=PASSWORD)
    for cookie in answer.headers.get_list("set-cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
async def test_a_form_from_another_site_does_nothing(office: Office, headers: dict[str, str]) -> None:
    console = Console(office)
    await console.sign_in(office.here.adviser)
    await console.open(_person(office))
    fields = {"csrf": console.csrf, "text": "Bonjour"}
    answer = await console.client.post(f"{_person(office)}/messages", data=fields, headers=headers)
    assert answer.status_code == 403
    assert await office.rows("select 1 from outbox where author = 'adviser'") == []


@pytest.mark.parametrize("token", ["", "x", "0" * 64])
async def test_a_form_without_the_session_token_does_nothing(office: Office, token: str) -> None:
    console = Console(office)
    await console.sign_in(office.here.adviser)
    answer = await console.send(f"{_person(office)}/messages", csrf=token, text="Bonjour")
    assert answer.status_code == 403
    assert await office.rows("select 1 from outbox where author = 'adviser'") == []


async def test_a_double_click_sends_one_message(office: Office) -> None:
    console = Console(office)
    await console.sign_in(office.here.adviser)
    await console.open(_person(office))
    fields = {"csrf": console.csrf, "key": console.field("key"), "text": "Bonjour"}
    assert fields["key"]
    for _ in range(2):
        await console.client.post(f"{_person(office)}/messages", data=fields)
    assert len(await office.rows("select 1 from outbox where author = 'adviser'")) == 1


async def test_what_was_typed_is_kept_when_a_colleague_has_the_floor(office: Office) -> None:
    colleague, mine = Console(office), Console(office)
    await colleague.sign_in(office.here.manager)
    await mine.sign_in(office.here.adviser)
    await colleague.send(f"{_person(office)}/floor")
    page = await mine.send(f"{_person(office)}/messages", text="Je voulais dire <b>ceci</b>")
    assert page.status_code == 409
    assert "Max a la parole" in page.text
    assert "Je voulais dire &lt;b&gt;ceci&lt;/b&gt;</textarea>" in page.text


async def test_a_sensitive_barrier_shows_only_in_the_page_that_opened_it(office: Office) -> None:
    console = Console(office)
    await console.sign_in(office.here.adviser)
    before = (await console.open(_person(office))).text
    opened = (await console.send(f"{_person(office)}/barriers/{office.here.young.masked}")).text
    after = (await console.open(_person(office))).text
    assert [("mal au dos" in one, "Santé" in one) for one in (before, opened, after)] == [
        (False, False),
        (True, True),
        (False, False),
    ]


async def test_a_closed_task_can_be_opened_again(office: Office) -> None:
    console = Console(office)
    await console.sign_in(office.here.adviser)
    await console.open(_person(office))
    page = await console.send(f"{_person(office)}/tasks/closing", task=str(office.here.young.task), outcome="called")
    assert "Terminé : Appelé" in page.text
    page = await console.send(f"{_person(office)}/tasks/reopening", task=str(office.here.young.task))
    assert "Terminé : Appelé" not in page.text


async def test_another_persons_task_cannot_be_closed_from_here(office: Office) -> None:
    console = Console(office)
    await console.sign_in(office.here.adviser)
    page = await console.send(f"{_person(office)}/tasks/closing", task=str(office.there.young.task))
    assert page.status_code == 404


@pytest.mark.parametrize("trick", TRICKS)
async def test_words_of_people_are_shown_as_words(office: Office, trick: str) -> None:
    young = office.here.young
    async with transaction(office.resources.db, [office.here.id]) as conn:
        await conn.execute(
            "update young_person set first_name = $2, town = $2, referral = $2 where id = $1", young.id, trick
        )
        await conn.execute("update task set words = $2 where contact_id = $1", young.id, trick)
        await conn.execute("update wish set words = $2, label = $2 where contact_id = $1", young.id, trick)
        await conn.execute("update media set name = $2 where contact_id = $1", young.id, trick)
        await conn.execute(
            "update inbox set body = jsonb_build_object('text', $2::text) where contact_id = $1", young.id, trick
        )
    console = Console(office)
    await console.sign_in(office.here.adviser)
    for path in ("/console?view=all", f"/console?q={young.id}{trick}", _person(office), "/console/incidents"):
        page = (await console.client.get(path)).text
        if "<" in trick:
            assert trick not in page, path
        assert "{{" not in trick or "49" not in page.partition("<h1")[2].partition("</h1>")[0]


async def test_pages_allow_no_inline_script_or_style(office: Office) -> None:
    console = Console(office)
    await console.sign_in(office.here.adviser)
    for path in ("/console", _person(office), "/console/incidents", "/console/sign-in"):
        answer = await console.client.get(path)
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "script-src 'self'" in policy
        assert " style=" not in answer.text
        assert " onclick" not in answer.text
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/console/people/abc", "/console/people/99999999999999999999", "/console/nothing"])
async def test_an_address_that_is_not_there_gets_a_page(office: Office, path: str) -> None:
    console = Console(office)
    await console.sign_in(office.here.adviser)
    page = await console.open(path)
    assert page.status_code == 404
    assert "Introuvable" in page.text


async def test_an_expired_page_part_sends_the_whole_page_to_sign_in(office: Office) -> None:
    async with office.client() as client:
        answer = await client.post(f"{_person(office)}/messages", headers={"HX-Request": "true"})
    assert answer.headers["hx-redirect"] == "/console/sign-in"


async def test_incidents_are_said_in_words(office: Office) -> None:
    async with transaction(office.resources.db, [office.here.id]) as conn:
        await conn.execute(
            "insert into parked_update (agency_id, channel, account, raw, why) "
            "values ($1, 'telegram', 'a', 'x', 'form')",
            office.here.id,
        )
    console = Console(office)
    page = await console.sign_in(office.here.adviser)
    assert "À vérifier" in page.text
    assert "Message illisible" in (await console.open("/console/incidents")).text


@pytest.mark.parametrize("view", ["waiting", "mine", "all"])
async def test_the_number_on_a_filter_is_the_number_of_its_lines(office: Office, view: str) -> None:
    for number in range(3):
        await a_young_person(office.resources, office.here.id, office.here.slug, f"p{number}")
    async with transaction(office.resources.db, [office.here.id]) as conn:
        await conn.execute("update task set closed_at = now() where contact_id = $1", office.here.young.id)
        adviser = office.here.adviser.actor.adviser_id
        await conn.execute("update young_person set referent_id = $1 where id <= $2", adviser, office.here.young.id)
    console = Console(office)
    await console.sign_in(office.here.adviser)
    page = (await console.open(f"/console?view={view}")).text
    shown = page.partition('aria-current="page"')[2].partition('class="count">')[2].partition("<")[0]
    assert int(shown) == page.count('class="row ')
    assert int(shown) > 0
