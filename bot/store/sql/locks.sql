-- Locks that last as long as a connection: for what one process at a time may do.

-- name: take
select pg_try_advisory_lock(hashtextextended($1, 0))

-- name: let_go
select pg_advisory_unlock_all()

-- name: hold
select 1
