-- Channel accounts, sources, agencies.

-- name: list
select agency_id, account_id, agency_slug, account, credentials from list_accounts($1)

-- name: keep
insert into channel_account (agency_id, channel, account, credentials) values ($1, $2, $3, $4)
on conflict (channel, account) do update set credentials = excluded.credentials
returning id

-- name: agency
select * from find_agency($1)

-- name: create_agency
select create_agency($1, $2, $3, $4)

-- name: source
select agency_id, id, agency_slug from find_source($1)
