-- What the web chat asks of the record: the statements of bot/store/web.py.

-- name: agency
select a.id, a.slug, a.name, a.phone, a.address, a.notice_version from find_agency($1) a

-- name: whose
-- the newest first: a device that knows two agencies opens the one it wrote to last
select f.agency_id, f.contact_id, f.account from find_address('web', $1) f where $2::text = '' or f.account = $2 order by f.address_id desc limit 1

-- name: link
select agency_id, id, contact_id from find_link($1, $2)

-- name: agency_of
select a.slug from agency a where a.id = $1

-- name: standing
-- how things stand: who speaks, in which language, and whether the person was erased
select c.language, c.erased_at is not null as erased, case when v.floor_until > now() then v.floor_name else '' end as floor
from contact c join conversation v on v.agency_id = c.agency_id and v.contact_id = c.id where c.agency_id = $1 and c.id = $2

-- name: inbox_id
select i.id from inbox i join channel_account k on k.agency_id = i.agency_id and k.id = i.account_id
where i.agency_id = $1 and k.channel = 'web' and k.account = $2 and i.external_id = $3

-- name: answered
-- true once the message and everything said to it have come to rest
select i.done_at is not null and not exists (
    select 1 from outbox o where o.agency_id = i.agency_id and o.contact_id = i.contact_id and o.state in ('queued', 'leased') and o.due_at <= now())
from inbox i where i.agency_id = $1 and i.id = $2

-- --- one person, several addresses ---

-- name: use_link
update link set used_at = now() where agency_id = $1 and id = $2 and used_at is null returning id

-- name: lock_contacts
select id, created_at from contact where agency_id = $1 and id = any($2::bigint[]) order by id for update

-- name: holder
select d.contact_id from address d join channel_account k on k.agency_id = d.agency_id and k.id = d.account_id
where d.agency_id = $1 and k.channel = 'web' and d.identifier = $2 and d.state <> 'unlinked'

-- name: add_address
insert into address (agency_id, contact_id, channel, account_id, identifier)
select $1, $2, 'web', k.id, $3 from channel_account k where k.agency_id = $1 and k.channel = 'web' order by k.id limit 1
on conflict (account_id, identifier) do update set contact_id = excluded.contact_id, state = 'active'
returning id

-- name: move_addresses
update address set contact_id = $3 where agency_id = $1 and contact_id = $2 returning id

-- name: park_conversation
update conversation set outcome = 'linked', closed_at = coalesce(closed_at, now()) where agency_id = $1 and contact_id = $2

-- name: end_plans
update timer set outcome = 'superseded', outcome_reason = 'linked', settled_at = now()
where agency_id = $1 and contact_id = $2 and outcome is null and fired_at is null

-- name: carry_profile
update young_person k set first_name = coalesce(nullif(k.first_name, ''), n.first_name), age = coalesce(nullif(k.age, ''), n.age),
    phone = coalesce(nullif(k.phone, ''), n.phone), town = coalesce(nullif(k.town, ''), n.town),
    referral = coalesce(nullif(k.referral, ''), n.referral), version = k.version + 1
from young_person n where k.agency_id = $1 and k.id = $3 and n.agency_id = $1 and n.id = $2

-- name: carry_wishes
insert into wish (agency_id, contact_id, words, label, domains, contract, refused)
select agency_id, $3, words, label, domains, contract, refused from wish where agency_id = $1 and contact_id = $2
on conflict (agency_id, contact_id, words) do nothing

-- name: sealed_barriers
select category, sealed from barrier where agency_id = $1 and contact_id = $2 and sealed is not null

-- name: seal_barrier
update barrier set sealed = $4 where agency_id = $1 and contact_id = $2 and category = $3 and sealed is null

-- name: carry_barriers
insert into barrier (agency_id, contact_id, category, value, to_a_person, shared)
select n.agency_id, $3, n.category, n.value, n.to_a_person, n.shared from barrier n where n.agency_id = $1 and n.contact_id = $2
    -- an answer to the whole question does not stand beside what was said one by one
    and not (n.category = 'general' and exists (select 1 from barrier k where k.agency_id = $1 and k.contact_id = $3))
on conflict (agency_id, contact_id, category) do nothing

-- name: carry_skills
insert into skill (agency_id, contact_id, words, kind) select agency_id, $3, words, kind from skill where agency_id = $1 and contact_id = $2
on conflict (agency_id, contact_id, words) do nothing

-- name: carry_availability
insert into availability (agency_id, contact_id, words, slots, constraints, work)
select agency_id, $3, words, slots, constraints, work from availability where agency_id = $1 and contact_id = $2
on conflict (agency_id, contact_id) do nothing

-- name: carry_tasks
update task t set contact_id = $3, version = t.version + 1 where t.agency_id = $1 and t.contact_id = $2 and t.closed_at is null
    and not exists (select 1 from task k where k.agency_id = $1 and k.contact_id = $3 and k.kind = t.kind and k.closed_at is null)

-- name: carry_links
update link set contact_id = $3 where agency_id = $1 and contact_id = $2

-- name: note_link
insert into audit (agency_id, actor, deed, subject, subject_id, detail) values ($1, 'young_person', 'address.link', 'contact', $2, $3)

-- --- my data ---

-- name: note_reading
insert into audit (agency_id, actor, deed, subject, subject_id) values ($1, 'young_person', 'data.read', 'contact', $2)

-- name: profile
select y.first_name, y.age, y.phone, y.town, y.disability_recognised, y.hidden, y.notice_version, y.notice_at, c.language, c.created_at,
    (select max(i.received_at) from inbox i where i.agency_id = $1 and i.contact_id = $2 and i.address_id is not null) as last_heard_at
from young_person y join contact c on c.agency_id = y.agency_id and c.id = y.id where y.agency_id = $1 and y.id = $2

-- name: wishes
select words, label, contract, refused, kept_at from wish where agency_id = $1 and contact_id = $2 order by id

-- name: barriers
select category, value, sealed, to_a_person, shared, kept_at from barrier where agency_id = $1 and contact_id = $2 order by id

-- name: skills
select words, kind, kept_at from skill where agency_id = $1 and contact_id = $2 order by id

-- name: availability
select words, slots, constraints, work, kept_at from availability where agency_id = $1 and contact_id = $2

-- name: consents
select purpose, given, at from consent where agency_id = $1 and contact_id = $2 order by id

-- name: readers
select u.at, u.deed, coalesce(a.name, '') as name from audit u left join adviser a on a.agency_id = u.agency_id and a.id = u.actor_id
where u.agency_id = $1 and u.subject = 'contact' and u.subject_id = $2 and u.actor = 'adviser' order by u.id desc limit 200
