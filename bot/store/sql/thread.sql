-- A person's thread: what came and what left, on one sequence.

-- name: thread
select * from (
    select i.id, i.received_at as at, 'person' as author, '' as author_name, i.kind, '' as text, i.body, null::jsonb as buttons,
        'received' as state, '' as reason, d.channel,
        (select jsonb_build_array(m.id, m.kind, m.name, m.mime, m.size, m.seconds, m.state) from media m
            where m.agency_id = i.agency_id and m.inbox_id = i.id) as media,
        null::bytea as secret, null::bigint as cause_id
    from inbox i left join address d on d.agency_id = i.agency_id and d.id = i.address_id
    where i.agency_id = $1 and i.contact_id = $2 and i.id > $3 and i.id < $4 and i.kind not in ('timer', 'returned')
    union all
    select o.id, o.created_at, o.author, o.author_name, 'message', o.body, null, o.buttons, o.state, o.reason, d.channel, null,
        o.secret, o.cause_id
    from outbox o left join address d on d.agency_id = o.agency_id and d.id = o.address_id
    where o.agency_id = $1 and o.contact_id = $2 and o.id > $3 and o.id < $4
    order by 1 desc limit $5
) newest order by id
