-- One statement per deed; $1 is a JSON array of rows. Written by bot/actions/ledger.py.

-- name: keep_profile
update young_person y set
    first_name = case r.field when 'first_name' then r.value else y.first_name end,
    age = case r.field when 'age' then r.value else y.age end,
    phone = case r.field when 'phone' then r.value else y.phone end,
    town = case r.field when 'town' then r.value else y.town end,
    disability_recognised = case r.field when 'disability_recognised' then r.value = 'yes' else y.disability_recognised end,
    version = y.version + 1
from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, field text, value text)
where y.agency_id = r.agency_id and y.id = r.contact_id

-- name: keep_wish
insert into wish (agency_id, contact_id, words, label, domains, contract, refused)
select r.agency_id, r.contact_id, r.words, r.label, r.domains, r.contract, r.refused
from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, words text, label text, domains text[], contract text, refused boolean)
on conflict (agency_id, contact_id, words) do update set
    label = excluded.label, domains = excluded.domains, contract = excluded.contract, refused = excluded.refused

-- name: drop_wish
delete from wish w using jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, words text)
where w.agency_id = r.agency_id and w.contact_id = r.contact_id and w.words = r.words

-- name: keep_barrier
insert into barrier (agency_id, contact_id, category, value, sealed, to_a_person, shared)
select r.agency_id, r.contact_id, r.category, r.value, decode(r.sealed, 'base64'), r.to_a_person, r.shared
from jsonb_to_recordset($1)
    as r(agency_id integer, contact_id bigint, category text, value text, sealed text, to_a_person boolean, shared boolean)
on conflict (agency_id, contact_id, category) do update set
    value = excluded.value, sealed = coalesce(excluded.sealed, barrier.sealed), to_a_person = excluded.to_a_person, shared = excluded.shared

-- name: drop_barrier
delete from barrier b using jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, category text)
where b.agency_id = r.agency_id and b.contact_id = r.contact_id and b.category = r.category

-- name: keep_skill
insert into skill (agency_id, contact_id, words, kind)
select r.agency_id, r.contact_id, r.words, r.kind from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, words text, kind text)
on conflict (agency_id, contact_id, words) do update set kind = excluded.kind

-- name: drop_skill
delete from skill s using jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, words text)
where s.agency_id = r.agency_id and s.contact_id = r.contact_id and s.words = r.words

-- name: keep_availability
insert into availability (agency_id, contact_id, words, slots, constraints, work)
select r.agency_id, r.contact_id, r.words, nullif(r.slots, 'null'), r.constraints, r.work
from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, words text, slots jsonb, constraints jsonb, work jsonb)
on conflict (agency_id, contact_id) do update set
    words = excluded.words, slots = excluded.slots, constraints = excluded.constraints, work = excluded.work, kept_at = now()

-- name: hide
update young_person y set hidden = r.items, version = y.version + 1
from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, items text[]) where y.agency_id = r.agency_id and y.id = r.contact_id

-- name: consent
insert into consent (agency_id, contact_id, purpose, given)
select r.agency_id, r.contact_id, r.purpose, r.given from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, purpose text, given boolean)

-- name: notice
update young_person y set notice_version = r.version, notice_at = now(), notice_minor = y.notice_minor or r.minor
from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, version text, minor boolean)
where y.agency_id = r.agency_id and y.id = r.contact_id

-- name: open_task
insert into task (agency_id, contact_id, kind, words, due_on)
select r.agency_id, r.contact_id, r.kind, r.words, r.due_on
from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, kind text, words text, due_on date)
on conflict (agency_id, contact_id, kind) where closed_at is null
    do update set count = task.count + 1, version = task.version + 1,
        words = left(case when excluded.words = '' then task.words when task.words = '' then excluded.words else task.words || E'\n' || excluded.words end, 4000)

-- name: language
update contact c set language = r.language from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, language text)
where c.agency_id = r.agency_id and c.id = r.contact_id

-- name: stop
update contact c set stopped_at = coalesce(c.stopped_at, now()) from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint)
where c.agency_id = r.agency_id and c.id = r.contact_id

-- name: resume
update contact c set stopped_at = null from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint)
where c.agency_id = r.agency_id and c.id = r.contact_id

-- name: settle_timers
-- every plan of a person ends, with its reason
update timer t set outcome = 'skipped', outcome_reason = r.reason, settled_at = now()
from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, reason text)
where t.agency_id = r.agency_id and t.contact_id = r.contact_id and t.outcome is null and t.fired_at is null

-- name: plan
insert into timer (agency_id, contact_id, key, reason, turn, due_at, not_after)
select r.agency_id, r.contact_id, r.key, r.reason, r.turn, r.due_at, r.not_after
from jsonb_to_recordset($1)
    as r(agency_id integer, contact_id bigint, key text, reason text, turn integer, due_at timestamptz, not_after timestamptz)
on conflict (agency_id, contact_id, key) where outcome is null and fired_at is null
    do update set reason = excluded.reason, turn = excluded.turn, due_at = excluded.due_at, not_after = excluded.not_after

-- name: forget
update timer t set outcome = 'superseded', settled_at = now() from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, key text)
where t.agency_id = r.agency_id and t.contact_id = r.contact_id and t.key = r.key and t.outcome is null and t.fired_at is null

-- name: keep_link
insert into link (agency_id, contact_id, purpose, hash, expires_at)
select r.agency_id, r.contact_id, r.purpose, r.hash, r.expires_at
from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, purpose text, hash text, expires_at timestamptz)
on conflict (agency_id, hash) do nothing

-- name: mark_sensitive
update inbox i set sensitive = true from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, inbox_id bigint)
where i.agency_id = r.agency_id and i.id = r.inbox_id

-- name: close
update conversation v set closed_at = now() from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint)
where v.agency_id = r.agency_id and v.contact_id = r.contact_id and v.closed_at is null

-- name: miss
insert into miss (agency_id, question, count)
select r.agency_id, r.question, count(*) from jsonb_to_recordset($1) as r(agency_id integer, question text) group by 1, 2
on conflict (agency_id, question, day) do update set count = miss.count + excluded.count

-- name: keep_media
insert into media (agency_id, contact_id, inbox_id, kind, provider_id, channel, account, name, mime, size, seconds)
select r.agency_id, r.contact_id, r.inbox_id, r.kind, r.provider_id, a.channel, a.account, r.name, r.mime, r.size, r.seconds
from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, inbox_id bigint, kind text, provider_id text, name text, mime text, size bigint, seconds integer)
join inbox i on i.agency_id = r.agency_id and i.id = r.inbox_id
join channel_account a on a.agency_id = i.agency_id and a.id = i.account_id
on conflict (agency_id, inbox_id) do nothing

-- name: audit
insert into audit (agency_id, actor, actor_id, deed, subject, subject_id, detail)
select r.agency_id, r.actor, r.actor_id, r.deed, r.subject, r.subject_id, r.detail
from jsonb_to_recordset($1) as r(agency_id integer, actor text, actor_id integer, deed text, subject text, subject_id bigint, detail jsonb)

-- name: address_gone
update address d set state = r.state from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, state text)
where d.agency_id = r.agency_id and d.contact_id = r.contact_id and d.state <> 'unlinked'

-- name: erase
-- everything the person said or was told; what stays is named to them: that a file existed, the dates, the consents (no category) and the audit lines (ids only)
with gone as (select r.agency_id, r.contact_id, r.inbox_id from jsonb_to_recordset($1) as r(agency_id integer, contact_id bigint, inbox_id bigint)),
w as (delete from wish x using gone g where x.agency_id = g.agency_id and x.contact_id = g.contact_id),
b as (delete from barrier x using gone g where x.agency_id = g.agency_id and x.contact_id = g.contact_id),
s as (delete from skill x using gone g where x.agency_id = g.agency_id and x.contact_id = g.contact_id),
a as (delete from availability x using gone g where x.agency_id = g.agency_id and x.contact_id = g.contact_id),
l as (delete from link x using gone g where x.agency_id = g.agency_id and x.contact_id = g.contact_id),
m as (delete from media x using gone g where x.agency_id = g.agency_id and x.contact_id = g.contact_id),
i as (update inbox x set body = '{}' from gone g where x.agency_id = g.agency_id and x.contact_id = g.contact_id),
o as (update outbox x set body = '', secret = null, buttons = '[]',
        state = case when x.state = 'queued' then 'skipped' else x.state end, reason = case when x.state = 'queued' then 'erased' else x.reason end
    from gone g where x.agency_id = g.agency_id and x.contact_id = g.contact_id),
t as (update task x set words = '', closed_at = coalesce(x.closed_at, now()), outcome = case when x.closed_at is null then 'erased' else x.outcome end
    from gone g where x.agency_id = g.agency_id and x.contact_id = g.contact_id),
k as (update consent x set purpose = split_part(x.purpose, ':', 1) from gone g where x.agency_id = g.agency_id and x.contact_id = g.contact_id),
d as (update address x set display_name = '' from gone g where x.agency_id = g.agency_id and x.contact_id = g.contact_id),
y as (update young_person x set first_name = '', age = '', phone = '', town = '', referral = '', hidden = '{}', disability_recognised = false,
        version = x.version + 1 from gone g where x.agency_id = g.agency_id and x.id = g.contact_id)
update contact c set erased_at = now() from gone g where c.agency_id = g.agency_id and c.id = g.contact_id
