-- Who may come in: the statements of bot/store/advisers.py.

-- name: find_adviser
select agency_id, id, password_hash, enrolled from find_adviser($1)

-- name: find_session
select agency_id, id, stage, tries, seen_at, expires_at, adviser_id, name, role from find_session($1)

-- name: find_api_token
select agency_id, id, adviser_id, name, role from find_api_token($1)

-- name: token_used
-- Once a minute is enough to see whether a token is alive, and spares a write on every call.
update api_token t set used_at = now() where t.agency_id = $1 and t.id = $2 and (t.used_at is null or t.used_at < now() - interval '1 minute')

-- name: open_session
insert into adviser_session (agency_id, adviser_id, hash, stage, totp_sealed, created_at, seen_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $6, $7) returning id

-- name: touch_session
update adviser_session s set seen_at = $3::timestamptz where s.agency_id = $1 and s.id = $2 and s.seen_at < $3::timestamptz - interval '30 seconds'

-- name: failed_code
update adviser_session s set tries = s.tries + 1 where s.agency_id = $1 and s.id = $2 returning s.tries

-- name: close_session
delete from adviser_session s where s.agency_id = $1 and s.id = $2

-- name: close_old_sessions
delete from adviser_session s where s.agency_id = $1 and s.adviser_id = $2 and (s.expires_at < now() or s.seen_at < now() - interval '1 day')

-- name: pending_secret
select s.totp_sealed from adviser_session s where s.agency_id = $1 and s.id = $2

-- name: second_factor
-- Locked, so that one code is accepted once even when it comes twice at the same moment.
select a.totp_sealed, a.totp_step, a.email, a.demo from adviser a where a.agency_id = $1 and a.id = $2 for update of a

-- name: code_accepted
update adviser a set totp_step = $3 where a.agency_id = $1 and a.id = $2

-- name: enrol
update adviser a set totp_sealed = $3, totp_step = $4 where a.agency_id = $1 and a.id = $2

-- name: forget_recovery_codes
delete from recovery_code r where r.agency_id = $1 and r.adviser_id = $2

-- name: keep_recovery_code
insert into recovery_code (agency_id, adviser_id, fingerprint) values ($1, $2, $3)

-- name: use_recovery_code
update recovery_code r set used_at = now()
where r.agency_id = $1 and r.adviser_id = $2 and r.fingerprint = $3 and r.used_at is null returning r.id

-- name: recovery_codes_left
select count(*) from recovery_code r where r.agency_id = $1 and r.adviser_id = $2 and r.used_at is null

-- name: find_agency
select id, slug, name, zone from find_agency($1)

-- name: create_agency
select create_agency($1, $2, $3, $4)

-- name: describe_agency
select describe_agency($1, $2)

-- name: greet_first
-- the first adviser of an agency is the one newcomers hear of, until somebody else is named
select describe_agency($1, jsonb_build_object('greeter', $2::text)) where not exists (select 1 from agency a where a.id = $1 and a.greeter <> '')

-- name: reset_adviser
update adviser a set password_hash = $3, totp_sealed = null, totp_step = 0 where a.agency_id = $1 and a.email = lower($2) returning a.id

-- name: close_sessions
delete from adviser_session s where s.agency_id = $1 and s.adviser_id = $2

-- name: create_source
insert into source (agency_id, token, label, kind) values ($1, $2, $3, $4)

-- name: create_adviser
insert into adviser (agency_id, email, name, role, password_hash) values ($1, lower($2), $3, $4, $5) on conflict do nothing returning id

-- name: create_token
insert into api_token (agency_id, adviser_id, label, hash) values ($1, $2, $3, $4) returning id

-- name: claim_key
insert into idempotency_key (agency_id, adviser_id, key, request) values ($1, $2, $3, $4) on conflict do nothing returning key

-- name: kept_answer
select k.request, k.status, k.body from idempotency_key k where k.agency_id = $1 and k.adviser_id = $2 and k.key = $3

-- name: keep_answer
update idempotency_key k set status = $4, body = $5 where k.agency_id = $1 and k.adviser_id = $2 and k.key = $3

-- name: forget_keys
delete from idempotency_key k where k.agency_id = $1 and k.adviser_id = $2 and k.created_at < now() - interval '1 day'

-- name: create_demo_adviser
insert into adviser (agency_id, email, name, role, password_hash, demo) values ($1, lower($2), $3, $4, $5, true) on conflict do nothing returning id
