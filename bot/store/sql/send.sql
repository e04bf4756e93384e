-- What leaves, what is planned: the loops' statements. Each is one call of a function that may look across agencies.

-- name: lease
select * from lease_outbox($1, $2)

-- name: settle
select * from settle_outbox($1::integer[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])

-- name: reclaim
select reclaim_outbox()

-- name: due_timers
select * from due_timers($1, $2)

-- name: fire_timers
select fire_timers($1::integer[], $2::bigint[], $3::timestamptz[], $4::boolean[])

-- name: expire_floors
select expire_floors()

-- name: sweep_erased
select sweep_erased()

-- name: refresh_statistics
select refresh_statistics()

-- name: pending_media
select agency_id, id, contact_id, kind, provider_id, mime, name, size, seconds, channel, account, attempts from pending_media($1, $2)

-- name: keep_media
update media set state = $3, content = $4, size = case when $4::bytea is null then size else length($4) end, sha256 = $5
where agency_id = $1 and id = $2

-- name: purge
select * from purge($1, $2)
