-- What arrives: the statements of bot/store/inbox.py.

-- name: receive
select inbox_id, agency_id, contact_id from receive($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[]) order by ordinal

-- name: welcome
-- everybody new in one commit; in one order, so that two processes that welcome the same people never wait for each other in a circle
select welcome(n.channel, n.account, n.identifier, n.name, n.source) from (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) as u(channel, account, identifier, name, source) order by 1, 2, 3
) n

-- name: park
select park_update($1, $2, $3, $4)

-- name: figures
select * from queue_figures()
