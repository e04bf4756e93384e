"""The API keeps what it promises to programs."""

import asyncio
from typing import Any

import pytest

from bot.store.pool import transaction
from tests.admin_api.office import Office, a_young_person

V1 = "/api/v1"


async def test_the_list_puts_who_waits_first_and_says_why(office: Office) -> None:
    other = await a_young_person(office.resources, office.here.id, office.here.slug, "sam")
    async with transaction(office.resources.db, [office.here.id]) as conn:
        await conn.execute("update task set kind = 'danger' where id = $1", other.task)
    async with office.client(office.here.adviser) as client:
        items = (await client.get(f"{V1}/young-people")).json()["items"]
    assert [(one["id"], one["reason"]) for one in items] == [
        (other.id, "danger"),
        (office.here.young.id, "asked_for_person"),
    ]
    assert all(one["since"] for one in items)


@pytest.mark.parametrize("words", ["evry", "ÉVRY", "lou", "pâtiss", "patisserie", "39981122"])
async def test_search_ignores_accents_and_case(office: Office, words: str) -> None:
    async with office.client(office.here.adviser) as client:
        items = (await client.get(f"{V1}/young-people", params={"q": words})).json()["items"]
    assert [one["id"] for one in items] == [office.here.young.id]


@pytest.mark.parametrize("words", ["%", "_ou", "zzz", "\\"])
async def test_search_takes_jokers_as_they_stand(office: Office, words: str) -> None:
    async with office.client(office.here.adviser) as client:
        assert (await client.get(f"{V1}/young-people", params={"q": words})).json()["items"] == []


async def test_search_does_not_find_what_the_person_hid(office: Office) -> None:
    async with transaction(office.resources.db, [office.here.id]) as conn:
        await conn.execute("update young_person set hidden = '{wishes,phone}' where id = $1", office.here.young.id)
    async with office.client(office.here.adviser) as client:
        for words in ("patisserie", "39981122"):
            assert (await client.get(f"{V1}/young-people", params={"q": words})).json()["items"] == []
        card = (await client.get(f"{V1}/young-people/{office.here.young.id}")).json()
    assert (card["wishes"], card["phone"]) == ([], "")


async def test_pages_follow_one_another_without_gap_or_double(office: Office) -> None:
    for number in range(6):
        await a_young_person(office.resources, office.here.id, office.here.slug, f"p{number}")
    seen: list[int] = []
    cursor = ""
    async with office.client(office.here.adviser) as client:
        while cursor is not None:
            page = (await client.get(f"{V1}/young-people", params={"limit": 2, "cursor": cursor})).json()
            seen += [one["id"] for one in page["items"]]
            cursor = page["next_cursor"]
    assert len(seen) == len(set(seen)) == 7


async def test_a_sensitive_barrier_is_masked_until_opened_and_the_opening_is_on_the_record(office: Office) -> None:
    young = office.here.young
    async with office.client(office.here.adviser) as client:
        card = (await client.get(f"{V1}/young-people/{young.id}")).text
        opened = await client.post(f"{V1}/young-people/{young.id}/barriers/{young.masked}/opening")
    assert "sante" not in card
    assert "mal au dos" not in card
    assert opened.json() == {"id": young.masked, "category": "sante", "words": "mal au dos", "to_a_person": False}
    audit = await office.rows("select deed, actor_id, detail from audit where deed like 'barrier%'")
    assert audit == [
        {"deed": "barrier.open", "actor_id": office.here.adviser.actor.adviser_id, "detail": {"barrier": young.masked}}
    ]


async def test_reading_a_card_twice_in_one_sitting_is_one_line_on_the_record(office: Office) -> None:
    async with office.client(office.here.adviser) as client:
        for _ in range(2):
            await client.get(f"{V1}/young-people/{office.here.young.id}")
    assert len(await office.rows("select 1 from audit where deed = 'card.read'")) == 1


async def test_a_repeated_post_gives_the_same_answer_and_writes_once(office: Office) -> None:
    path, key = f"{V1}/conversations/{office.here.young.id}/messages", {"Idempotency-Key": "k1"}
    async with office.client(office.here.adviser) as client:
        first = await client.post(path, json={"text": "Bonjour !"}, headers=key)
        again = await client.post(path, json={"text": "Bonjour !"}, headers=key)
        other = await client.post(path, json={"text": "Autre chose"}, headers=key)
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert again.json() == first.json()
    assert again.headers["idempotent-replayed"] == "true"
    assert other.json()["code"] == "key_reused"
    assert len(await office.rows("select 1 from outbox where author = 'adviser'")) == 1


async def test_two_equal_posts_at_once_write_once(office: Office) -> None:
    path, key = f"{V1}/conversations/{office.here.young.id}/messages", {"Idempotency-Key": "k2"}
    async with office.client(office.here.adviser) as client:
        posts = [client.post(path, json={"text": "Bonjour !"}, headers=key) for _ in range(5)]
        answers = await asyncio.gather(*posts)
    assert {one.status_code for one in answers} == {201}
    assert len({one.json()["id"] for one in answers}) == 1
    assert len(await office.rows("select 1 from outbox where author = 'adviser'")) == 1


async def test_a_key_belongs_to_one_adviser(office: Office) -> None:
    path, key = f"{V1}/conversations/{office.here.young.id}/messages", {"Idempotency-Key": "k3"}
    async with office.client(office.here.adviser) as mine, office.client(office.here.manager) as other:
        await mine.post(path, json={"text": "Bonjour !"}, headers=key)
        refused = await other.post(path, json={"text": "Bonjour !"}, headers=key)
    assert refused.json()["reason"] == "floor_held"


async def test_a_change_needs_the_version_that_was_read(office: Office) -> None:
    path = f"{V1}/tasks/{office.here.young.task}"
    change = {"state": "closed", "outcome": "called"}
    async with office.client(office.here.adviser) as client:
        tag = (await client.get(path)).headers["etag"]
        missing = await client.patch(path, json=change)
        foreign = await client.patch(path, json=change, headers={"If-Match": "W/xyz"})
        done = await client.patch(path, json=change, headers={"If-Match": tag})
        late = await client.patch(path, json=change, headers={"If-Match": tag})
        undone = await client.patch(path, json={"state": "open"}, headers={"If-Match": done.headers["etag"]})
    codes = [one.status_code for one in (missing, foreign, done, late, undone)]
    assert codes == [428, 400, 200, 412, 200]
    assert done.json()["outcome"] == "called"
    assert undone.json()["closed_at"] is None


async def test_of_two_changes_of_one_version_one_wins(office: Office) -> None:
    path = f"{V1}/young-people/{office.here.young.id}"
    ids = (office.here.adviser.actor.adviser_id, office.here.manager.actor.adviser_id)
    async with office.client(office.here.adviser) as client:
        tag = {"If-Match": (await client.get(path)).headers["etag"]}
        both = await asyncio.gather(*(client.patch(path, json={"referent_id": n}, headers=tag) for n in ids))
    assert sorted(one.status_code for one in both) == [200, 412]


async def test_a_colleague_of_another_agency_cannot_become_referent(office: Office) -> None:
    path = f"{V1}/young-people/{office.here.young.id}"
    stranger = office.there.adviser.actor.adviser_id
    async with office.client(office.here.adviser) as client:
        tag = {"If-Match": (await client.get(path)).headers["etag"]}
        refused = await client.patch(path, json={"referent_id": stranger}, headers=tag)
    assert refused.json()["reason"] == "no_adviser"


async def test_writing_settles_what_an_answer_settles(office: Office) -> None:
    async with office.client(office.here.adviser) as client:
        await client.post(f"{V1}/conversations/{office.here.young.id}/messages", json={"text": "Je suis là."})
        task = (await client.get(f"{V1}/tasks/{office.here.young.task}")).json()
        talk = (await client.get(f"{V1}/conversations/{office.here.young.id}")).json()
    assert task["outcome"] == "answered"
    assert talk["floor"]["adviser_id"] == office.here.adviser.actor.adviser_id


@pytest.mark.parametrize(
    ("column", "reason"), [("stopped_at", "stopped"), ("erased_at", None), ("address", "unreachable")]
)
async def test_no_message_is_written_to_who_cannot_get_it(office: Office, column: str, reason: str | None) -> None:
    young = office.here.young.id
    change = "update address set state = 'gone' where contact_id = $1"
    if column != "address":
        change = f"update contact set {column} = now() where id = $1"
    async with transaction(office.resources.db, [office.here.id]) as conn:
        await conn.execute(change, young)
    async with office.client(office.here.adviser) as client:
        answer = await client.post(f"{V1}/conversations/{young}/messages", json={"text": "Bonjour"})
    assert (answer.status_code, answer.json().get("reason")) == ((409, reason) if reason else (404, None))
    assert await office.rows("select 1 from outbox where author = 'adviser'") == []


JSON = {"Content-Type": "application/json"}
ODD: list[tuple[str, str, dict[str, Any], int]] = [
    ("get", "/young-people/abc", {}, 422),
    ("get", "/young-people/99999999999999999999999", {}, 404),
    ("get", "/young-people/-1", {}, 404),
    ("get", "/young-people?limit=0", {}, 422),
    ("get", "/young-people?colour=red", {}, 422),
    ("get", "/young-people?cursor=xx", {}, 400),
    ("get", "/young-people?cursor=WzEsMiwzXQ", {}, 400),
    ("get", "/young-people?q=%00", {}, 200),
    ("get", "/tasks?cursor=WzEuNV0", {}, 400),
    ("get", "/nowhere", {}, 404),
    ("put", "/young-people", {}, 405),
    ("post", "/conversations/{id}/messages", {"content": b"{", "headers": JSON}, 400),
    ("post", "/conversations/{id}/messages", {"json": {"text": ""}}, 422),
    ("post", "/conversations/{id}/messages", {"json": {"text": "   "}}, 422),
    ("post", "/conversations/{id}/messages", {"json": {"text": "a" * 4001}}, 422),
    ("post", "/conversations/{id}/messages", {"content": b'{"text": "\\ud800"}', "headers": JSON}, 201),
    ("post", "/conversations/{id}/messages", {"json": {"text": "a\x00b"}}, 201),
    ("post", "/conversations/{id}/messages", {"json": {"text": "a", "html": "b"}}, 422),
    ("post", "/conversations/{id}/messages", {"content": b"[" * 70_000, "headers": JSON}, 413),
    ("post", "/conversations/{id}/floor", {"json": {"minutes": 1}}, 422),
    ("delete", "/conversations/{id}/floor", {}, 409),
    ("post", "/young-people/{id}/barriers/abc/opening", {}, 422),
    ("post", "/young-people/{id}/barriers/999999/opening", {}, 404),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), ODD)
async def test_odd_requests_get_a_problem_and_never_a_failure(
    office: Office, method: str, path: str, body: dict[str, Any], status: int
) -> None:
    async with office.client(office.here.adviser) as client:
        answer = await client.request(method, V1 + path.replace("{id}", str(office.here.young.id)), **body)
    assert answer.status_code == status, answer.text
    if status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status
        assert "Traceback" not in answer.text


async def test_a_wrong_method_is_told_every_right_one(office: Office) -> None:
    async with office.client(office.here.adviser) as client:
        answer = await client.put(f"{V1}/tasks/{office.here.young.task}")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, PATCH")


async def test_the_thousandth_call_of_a_minute_is_asked_to_wait(office: Office) -> None:
    async with office.client(office.here.adviser) as client:
        first = await client.get(f"{V1}/agencies/me")
        async with transaction(office.resources.db, [office.here.id]) as conn:
            token = await conn.fetchval(
                "select id from api_token where adviser_id = $1", office.here.adviser.actor.adviser_id
            )
        await office.resources.redis.set(f"throttle:api:{token}", 600, ex=60)
        late = await client.get(f"{V1}/agencies/me")
    assert (first.status_code, late.status_code) == (200, 429)
    assert late.headers["retry-after"]


async def test_without_redis_the_api_answers(office: Office) -> None:
    from dataclasses import replace

    from redis.asyncio import Redis

    from admin_api.app import create_app

    nowhere = Redis.from_url("redis://127.0.0.1:1")
    deaf = replace(office, app=create_app(replace(office.resources, redis=nowhere)))
    async with deaf.client(office.here.adviser) as client:
        assert (await client.get(f"{V1}/agencies/me")).status_code == 200


async def test_a_file_comes_as_an_attachment_that_can_run_nothing(office: Office) -> None:
    async with office.client(office.here.adviser) as client:
        answer = await client.get(f"{V1}/files/{office.here.young.file}")
    assert answer.content == b"bytes"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''voix_b_.html")
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert len(await office.rows("select 1 from audit where deed = 'file.open'")) == 1


async def test_openapi_describes_every_answer(office: Office) -> None:
    async with office.client() as client:
        schema = (await client.get(f"{V1}/openapi.json")).json()
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            answers = operation["responses"]
            assert {"400", "401", "422", "429", "500"} <= set(answers), (method, path)
            assert ("404" in answers) or "{" not in path, (method, path)
            assert all("application/problem+json" in a["content"] for s, a in answers.items() if s >= "400"), path
            assert operation["description"], (method, path)
    assert "HTTPValidationError" not in schema["components"]["schemas"]
