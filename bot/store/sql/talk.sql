-- The heart's statements: claim, load, save. Each works on a set of people.

-- name: claim
select agency_id, contact_id from claim_contacts($1)

-- name: people
-- one row per claimed contact: the conversation and everything a step may know of the person
select c.agency_id, c.id as contact_id, c.language, c.stopped_at is not null as stopped,
    v.flow, v.state, v.data, v.asked, v.labels, v.parked, v.turn, v.misses, v.nudges, v.outcome,
    case when v.floor_until > now() then v.floor_name else '' end as floor, v.floor_until > now() as held,
    y.first_name, y.age, y.phone, y.town, y.disability_recognised, y.referral, y.hidden,
    (select jsonb_agg(jsonb_build_array(w.words, w.label, w.domains, w.contract, w.refused) order by w.id) from wish w
        where w.agency_id = c.agency_id and w.contact_id = c.id) as wishes,
    (select jsonb_agg(jsonb_build_array(b.category, b.value, encode(b.sealed, 'base64'), b.to_a_person, b.shared) order by b.id) from barrier b
        where b.agency_id = c.agency_id and b.contact_id = c.id) as barriers,
    (select jsonb_agg(jsonb_build_array(s.words, s.kind) order by s.id) from skill s where s.agency_id = c.agency_id and s.contact_id = c.id) as skills,
    (select jsonb_build_array(a.words, a.slots, a.constraints, a.work) from availability a
        where a.agency_id = c.agency_id and a.contact_id = c.id) as availability,
    (select jsonb_agg(k.purpose) from (
        select distinct on (x.purpose) x.purpose, x.given from consent x where x.agency_id = c.agency_id and x.contact_id = c.id
        order by x.purpose, x.id desc) k where k.given) as consents
from contact c
join conversation v on v.agency_id = c.agency_id and v.contact_id = c.id
join young_person y on y.agency_id = c.agency_id and y.id = c.id
where c.id = any($1::bigint[])

-- name: waiting
select i.id, i.contact_id, i.address_id, i.kind, i.body, i.timer_id, i.attempts, i.received_at, d.channel
from inbox i left join address d on d.agency_id = i.agency_id and d.id = i.address_id
where i.done_at is null and i.contact_id = any($1::bigint[]) order by i.id limit $2

-- name: last_heard
-- where and when each of these people last wrote
select distinct on (i.contact_id) i.contact_id, i.address_id, i.received_at, d.channel
from inbox i join address d on d.agency_id = i.agency_id and d.id = i.address_id and d.state = 'active'
where i.contact_id = any($1::bigint[]) order by i.contact_id, i.id desc

-- name: agencies
select * from agency where id = any($1::integer[])

-- name: save
-- conversations after their steps, messages answered, messages to send: one statement, one round trip
with conversations as (
    update conversation v set flow = n.flow, state = n.state, data = n.data::jsonb, asked = n.asked::jsonb, labels = n.labels::jsonb, parked = n.parked::jsonb, turn = n.turn,
        misses = n.misses, nudges = n.nudges, outcome = n.outcome, version = v.version + 1
    from unnest($1::integer[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::integer[], $10::integer[],
        $11::integer[], $12::text[])
        as n(agency_id, contact_id, flow, state, data, asked, labels, parked, turn, misses, nudges, outcome)
    where v.agency_id = n.agency_id and v.contact_id = n.contact_id
), answered as (
    -- the label of a pressed button is kept beside its id: the thread shows what the person read
    update inbox i set done_at = now(), outcome = n.outcome,
        body = case when n.label = '' then i.body else i.body || jsonb_build_object('label', n.label) end
    from unnest($13::integer[], $14::bigint[], $15::text[], $29::text[]) as n(agency_id, id, outcome, label)
    where i.agency_id = n.agency_id and i.id = n.id
)
insert into outbox (agency_id, contact_id, address_id, cause_id, flow, text_id, body, buttons, language, passes_floor, prompted, timer_id, not_after, secret)
select n.agency_id, n.contact_id, n.address_id, n.cause_id, n.flow, n.text_id, n.body, n.buttons::jsonb, n.language, n.passes_floor, n.prompted,
    n.timer_id, n.not_after, n.secret
from unnest($16::integer[], $17::bigint[], $18::bigint[], $19::bigint[], $20::text[], $21::text[], $22::text[], $23::text[], $24::text[],
    $25::boolean[], $26::boolean[], $27::bigint[], $28::timestamptz[], $30::bytea[])
    as n(agency_id, contact_id, address_id, cause_id, flow, text_id, body, buttons, language, passes_floor, prompted, timer_id, not_after, secret)

-- name: failed
-- a step that failed is tried again twice, then set aside: the person's next message is answered
update inbox i set attempts = i.attempts + 1,
    done_at = case when i.attempts + 1 >= $3 then now() end, outcome = case when i.attempts + 1 >= $3 then 'failing' else '' end
where i.agency_id = $1 and i.id = $2 returning i.done_at is not null as set_aside, i.contact_id,
    (select c.language from contact c where c.id = i.contact_id) as language

-- name: apologise
-- the person whose message could not be dealt with is told, once
insert into outbox (agency_id, contact_id, address_id, cause_id, flow, text_id, body, language)
select i.agency_id, i.contact_id, i.address_id, i.id, 'common', 'common-failed', $3, $4
from inbox i where i.agency_id = $1 and i.id = $2 and i.address_id is not null
on conflict (agency_id, contact_id, cause_id, ordinal) do nothing

-- name: settle_timer
update timer t set outcome = n.outcome, outcome_reason = n.reason, settled_at = now()
from unnest($1::integer[], $2::bigint[], $3::text[], $4::text[]) as n(agency_id, id, outcome, reason)
where t.agency_id = n.agency_id and t.id = n.id and t.outcome is null
