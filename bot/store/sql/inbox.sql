-- What arrives: the statements of bot/store/inbox.py.

-- name: receive
select inbox_id, agency_id, contact_id from receive($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[]) order by ordinal

-- name: welcome
select welcome($1, $2, $3, $4, $5)

-- name: park
select park_update($1, $2, $3, $4)

-- name: figures
select * from queue_figures()
