-- What advisers read: the statements of bot/store/desk.py. Every one names the agency, although row-level security already holds it.

-- name: see_agency
select set_config('app.agencies', $1, true)

-- name: people_page
-- Whoever waits comes first: by reason, then by how long; the others follow, the last heard first. `clock` is the second sort key, in seconds.
-- $1 agency, $2 adviser or null, $3 only those who wait, $4 reason or '', $5 search pattern or '', $6-8 cursor or null, $9 limit, $10 one person or null
with chosen as (
    select distinct on (r.contact_id) r.*, count(*) over (partition by r.contact_id) as reasons
    from waiting_reasons($1) r order by r.contact_id, r.rank, r.since, r.reason
), line as (
    select p.id, p.first_name, p.age, p.town, c.language, heard.at as last_heard_at, c.created_at, c.stopped_at is not null as stopped,
        h.reason, h.since, h.due_on, coalesce(h.reasons, 0) as reasons, coalesce(h.rank, 100)::integer as rank,
        coalesce(extract(epoch from h.since), -extract(epoch from coalesce(heard.at, c.created_at)))::double precision as clock,
        v.floor_adviser_id, v.floor_name, v.floor_until, p.referent_id, coalesce(a.name, '') as referent,
        case when 'wishes' = any (p.hidden) then '' else coalesce((
            select string_agg(w.words, ', ' order by w.id) from wish w where w.agency_id = $1 and w.contact_id = p.id and not w.refused), '') end as wish,
        case when 'phone' = any (p.hidden) then '' else p.phone end as phone
    from young_person p
    join contact c on c.agency_id = p.agency_id and c.id = p.id
    join conversation v on v.agency_id = p.agency_id and v.contact_id = p.id
    left join chosen h on h.contact_id = p.id
    left join lateral (
        select i.received_at as at from inbox i where i.agency_id = $1 and i.contact_id = p.id
        and i.kind not in ('timer', 'returned', 'blocked', 'unblocked') order by i.id desc limit 1) heard on true
    left join adviser a on a.agency_id = p.agency_id and a.id = p.referent_id
    where p.agency_id = $1 and c.erased_at is null
      and ($2::integer is null or p.referent_id = $2 or v.floor_adviser_id = $2)
      and (not $3::boolean or h.reason is not null)
      and ($4::text = '' or h.reason = $4)
      and ($10::bigint is null or p.id = $10)
)
select id, first_name, age, town, language, last_heard_at, created_at, stopped, reason, since, due_on, reasons, rank, clock,
    floor_adviser_id, floor_name, floor_until, referent_id, referent, wish
from line
where ($5::text = '' or unaccent(lower(concat_ws(' ', first_name, town, replace(phone, ' ', ''), wish))) like unaccent(lower($5)))
  and ($6::integer is null or (rank, clock, id) > ($6, $7::double precision, $8::bigint))
order by rank, clock, id
limit $9

-- name: person
select p.id, p.first_name, p.age, case when 'phone' = any (p.hidden) then '' else p.phone end as phone, p.town, p.disability_recognised, p.referral,
    p.hidden, p.notice_version, p.notice_at, p.notice_minor, p.referent_id, coalesce(a.name, '') as referent, p.version,
    c.language, c.stopped_at, c.erased_at, c.created_at,
    (select i.received_at from inbox i where i.agency_id = $1 and i.contact_id = p.id
        and i.kind not in ('timer', 'returned', 'blocked', 'unblocked') order by i.id desc limit 1) as last_heard_at, coalesce(s.label, '') as source,
    array(select d.channel from address d where d.agency_id = $1 and d.contact_id = p.id and d.state = 'active' order by d.id desc) as channels
from young_person p
join contact c on c.agency_id = p.agency_id and c.id = p.id
left join adviser a on a.agency_id = p.agency_id and a.id = p.referent_id
left join source s on s.agency_id = c.agency_id and s.id = c.source_id
where p.agency_id = $1 and p.id = $2

-- name: wishes
select w.id, w.words, w.label, w.domains, w.contract, w.refused, w.kept_at from wish w where w.agency_id = $1 and w.contact_id = $2 order by w.refused, w.id

-- name: barriers
select b.id, b.category, b.value, b.sealed, b.to_a_person, b.shared, b.kept_at from barrier b where b.agency_id = $1 and b.contact_id = $2 order by b.id

-- name: skills
select s.words, s.kind, s.kept_at from skill s where s.agency_id = $1 and s.contact_id = $2 order by s.id

-- name: availability
select v.words, v.slots, v.constraints, v.work, v.kept_at from availability v where v.agency_id = $1 and v.contact_id = $2

-- name: consents
select distinct on (c.purpose) c.purpose, c.given, c.at from consent c where c.agency_id = $1 and c.contact_id = $2 order by c.purpose, c.at desc, c.id desc

-- name: conversation
select v.contact_id, v.flow, v.state, v.turn, v.outcome, v.started_at, v.closed_at, jsonb_array_length(v.parked) as parked,
    v.asked is not null as question_open, v.floor_adviser_id, v.floor_name, v.floor_until, v.version
from conversation v where v.agency_id = $1 and v.contact_id = $2

-- name: tasks_page
select t.id, t.contact_id, t.kind, t.words, t.count, t.due_on, t.opened_at, t.closed_at, t.closed_by, coalesce(a.name, '') as closer, t.outcome, t.version,
    coalesce(p.first_name, '') as first_name
from task t
left join adviser a on a.agency_id = t.agency_id and a.id = t.closed_by
left join young_person p on p.agency_id = t.agency_id and p.id = t.contact_id
where t.agency_id = $1 and ($2::boolean is null or (t.closed_at is null) = $2) and ($3::text = '' or t.kind = $3)
  and ($4::bigint is null or t.contact_id = $4) and t.id > $5
order by t.id limit $6

-- name: tasks_of_person
-- Open ones by urgency, then what was closed in the last seven days, so that it can be opened again.
select t.id, t.contact_id, t.kind, t.words, t.count, t.due_on, t.opened_at, t.closed_at, t.closed_by, coalesce(a.name, '') as closer, t.outcome, t.version,
    '' as first_name
from task t left join adviser a on a.agency_id = t.agency_id and a.id = t.closed_by
where t.agency_id = $1 and t.contact_id = $2 and (t.closed_at is null or t.closed_at > now() - interval '7 days')
order by t.closed_at desc nulls first, reason_rank(t.kind), t.opened_at limit 30

-- name: task
select t.id, t.contact_id, t.kind, t.words, t.count, t.due_on, t.opened_at, t.closed_at, t.closed_by, coalesce(a.name, '') as closer, t.outcome, t.version,
    coalesce(p.first_name, '') as first_name
from task t
left join adviser a on a.agency_id = t.agency_id and a.id = t.closed_by
left join young_person p on p.agency_id = t.agency_id and p.id = t.contact_id
where t.agency_id = $1 and t.id = $2

-- name: media
select m.id, m.contact_id, m.kind, m.name, m.mime, m.size, m.seconds, m.state, m.content from media m where m.agency_id = $1 and m.id = $2

-- name: audit_page
select u.id, u.at, u.actor, u.actor_id, coalesce(a.name, '') as adviser, u.deed, u.subject, u.subject_id, u.detail
from audit u left join adviser a on a.agency_id = u.agency_id and a.id = u.actor_id and u.actor = 'adviser'
where u.agency_id = $1 and ($2::bigint is null or (u.subject = 'contact' and u.subject_id = $2)) and ($3::bigint is null or u.id < $3)
order by u.id desc limit $4

-- name: agency
select a.id, a.slug, a.name, a.town, a.phone, a.address, a.zone from agency a where a.id = $1

-- name: advisers
select a.id, a.name, a.role from adviser a where a.agency_id = $1 and a.left_at is null order by unaccent(lower(a.name)), a.id

-- name: figures
-- Filters and their counts: mine, waiting, everybody; incidents for the warning at the top.
with waiting as (select distinct r.contact_id from waiting_reasons($1) r)
select (select count(*) from waiting) as waiting,
    (select count(*) from young_person p
        join contact c on c.agency_id = p.agency_id and c.id = p.id and c.erased_at is null
        join conversation v on v.agency_id = p.agency_id and v.contact_id = p.id
        where p.agency_id = $1 and (p.referent_id = $2 or v.floor_adviser_id = $2)) as mine,
    (select count(*) from contact c where c.agency_id = $1 and c.erased_at is null) as people,
    (select count(*) from parked_update u where u.agency_id = $1)
        + (select count(*) from outbox o where o.agency_id = $1 and o.state = 'unknown')
        + (select count(*) from inbox i where i.agency_id = $1 and i.attempts > 1 and (i.done_at is null or i.outcome = 'failing')) as incidents

-- name: incidents
-- $2 = rows of each kind at most
(select 'unreadable' as kind, u.id, null::bigint as contact_id, '' as first_name, u.channel, u.why as reason, u.at
 from parked_update u where u.agency_id = $1 order by u.id desc limit $2)
union all
(select 'unknown_delivery', o.id, o.contact_id, coalesce(p.first_name, ''), coalesce(d.channel, ''), o.reason, coalesce(o.settled_at, o.created_at)
 from outbox o left join young_person p on p.agency_id = o.agency_id and p.id = o.contact_id
 left join address d on d.agency_id = o.agency_id and d.id = o.address_id
 where o.agency_id = $1 and o.state = 'unknown' order by o.id desc limit $2)
union all
(select 'failing', i.id, i.contact_id, coalesce(p.first_name, ''), '', i.outcome, i.received_at
 from inbox i left join young_person p on p.agency_id = i.agency_id and p.id = i.contact_id
 where i.agency_id = $1 and i.attempts > 1 and (i.done_at is null or i.outcome = 'failing') order by i.id desc limit $2)
order by 7 desc, 2 desc

-- name: audit
insert into audit (agency_id, actor, actor_id, deed, subject, subject_id, detail) values ($1, 'adviser', $2, $3, $4, $5, $6)

-- name: audit_reading
-- One line for one sitting: reading the same thing again within a quarter of an hour is the same reading.
insert into audit (agency_id, actor, actor_id, deed, subject, subject_id)
select $1, 'adviser', $2, $3, 'contact', $4
where not exists (
    select 1 from audit u where u.agency_id = $1 and u.subject = 'contact' and u.subject_id = $4 and u.deed = $3 and u.actor_id = $2
    and u.at > now() - interval '15 minutes')

-- name: reach
-- Whether and how the person can be written to: where they last wrote. Locks the contact: its lane waits, so that a STOP or an erasure comes before or after.
select c.stopped_at, c.erased_at, c.language, d.id as address_id, d.account_id
from contact c left join lateral (
    select x.id, x.account_id from address x where x.agency_id = c.agency_id and x.contact_id = c.id and x.state = 'active'
    order by (select max(i.id) from inbox i where i.contact_id = c.id and i.address_id = x.id) desc nulls last, x.id desc limit 1) d on true
where c.agency_id = $1 and c.id = $2 for no key update of c

-- name: write
insert into outbox (agency_id, contact_id, address_id, author, adviser_id, author_name, class, prompted, body, language)
values ($1, $2, $3, 'adviser', $4, $5, 'A', true, $6, $7) returning id

-- name: hold_floor
select v.floor_adviser_id, v.floor_name, v.floor_until from conversation v where v.agency_id = $1 and v.contact_id = $2 for update of v

-- name: set_floor
update conversation v set floor_adviser_id = $3, floor_name = $4, floor_until = $5, version = v.version + 1
where v.agency_id = $1 and v.contact_id = $2

-- name: return_floor
insert into inbox (agency_id, account_id, external_id, contact_id, address_id, kind, body) values ($1, $2, $3, $4, $5, 'returned', '{}')

-- name: close_task
update task t set closed_at = $4, closed_by = $3, outcome = $5, version = t.version + 1
where t.agency_id = $1 and t.id = $2 and t.closed_at is null and ($6::integer is null or t.version = $6) returning t.contact_id

-- name: reopen_task
update task t set closed_at = null, closed_by = null, outcome = '', version = t.version + 1
where t.agency_id = $1 and t.id = $2 and t.closed_at is not null and ($3::integer is null or t.version = $3)
  and not exists (select 1 from task o where o.agency_id = t.agency_id and o.contact_id = t.contact_id and o.kind = t.kind and o.closed_at is null)
returning t.contact_id

-- name: close_answered
update task t set closed_at = $3, closed_by = $4, outcome = 'answered', version = t.version + 1
where t.agency_id = $1 and t.contact_id = $2 and t.closed_at is null and t.kind = any ($5::text[]) returning t.id

-- name: open_barrier
select b.category, b.sealed, b.to_a_person, b.shared from barrier b where b.agency_id = $1 and b.contact_id = $2 and b.id = $3

-- name: media_opened
update media m set opened_at = coalesce(m.opened_at, now()) where m.agency_id = $1 and m.id = $2

-- name: set_referent
update young_person p set referent_id = $3, version = p.version + 1 where p.agency_id = $1 and p.id = $2 and p.version = $4 returning p.version

-- name: adviser_name
select a.name from adviser a where a.agency_id = $1 and a.id = $2 and a.left_at is null
