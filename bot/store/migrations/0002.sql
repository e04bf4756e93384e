-- Advisers: who they are, how they sign in, what programs may do in their name.
--
-- Secrets are never here as they stand: passwords as argon2id, session and API tokens as SHA-256, recovery codes as a keyed fingerprint, the second
-- factor's secret sealed under SECRET_KEY. The look-ups by e-mail or by hash are the only reads that cross agencies.

create table adviser (
    agency_id integer not null references agency,
    id integer not null generated always as identity unique,
    email text not null unique check (email = lower(email) and email like '%_@_%' and length(email) <= 254),
    name text not null check (length(name) between 1 and 80),
    role text not null default 'adviser' check (role in ('adviser', 'manager')),
    password_hash text not null,
    totp_sealed bytea,
    -- the last 30-second step a code was accepted for: a code opens once
    totp_step bigint not null default 0,
    left_at timestamptz,
    -- an account of the sample data: its second factor's code is shown where it is asked for. No command sets this.
    demo boolean not null default false,
    created_at timestamptz not null default now(),
    primary key (agency_id, id)
);

-- Codes on paper, for the day the phone is lost. Each opens once.
create table recovery_code (
    agency_id integer not null,
    id bigint not null generated always as identity,
    adviser_id integer not null,
    fingerprint text not null,
    used_at timestamptz,
    primary key (agency_id, id),
    unique (agency_id, adviser_id, fingerprint),
    foreign key (agency_id, adviser_id) references adviser (agency_id, id) on delete cascade
);

-- One row per open browser. stage: password (second factor still to come), enrol (second factor to be set up), open.
create table adviser_session (
    agency_id integer not null,
    id bigint not null generated always as identity,
    adviser_id integer not null,
    hash text not null unique,
    stage text not null check (stage in ('password', 'enrol', 'open')),
    totp_sealed bytea,
    tries smallint not null default 0,
    created_at timestamptz not null default now(),
    seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, adviser_id) references adviser (agency_id, id) on delete cascade
);
create index session_of_adviser on adviser_session (agency_id, adviser_id);

create table api_token (
    agency_id integer not null,
    id integer not null generated always as identity,
    adviser_id integer not null,
    label text not null check (length(label) between 1 and 80),
    hash text not null unique,
    used_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (agency_id, id),
    foreign key (agency_id, adviser_id) references adviser (agency_id, id) on delete cascade
);

-- What a POST answered, so that a repeated POST answers the same and does nothing. Kept one day.
create table idempotency_key (
    agency_id integer not null,
    adviser_id integer not null,
    key text not null check (length(key) between 1 and 200),
    request text not null,
    status smallint,
    body jsonb,
    created_at timestamptz not null default now(),
    primary key (agency_id, adviser_id, key)
);

alter table young_person add foreign key (agency_id, referent_id) references adviser (agency_id, id);
alter table conversation add foreign key (agency_id, floor_adviser_id) references adviser (agency_id, id);
create index young_person_of_referent on young_person (agency_id, referent_id) where referent_id is not null;
create index inbox_failing on inbox (agency_id, id) where attempts > 1;
create index audit_in_order on audit (agency_id, id desc);

select protect(array['adviser', 'recovery_code', 'adviser_session', 'api_token', 'idempotency_key']);
select let_claims_see(array['adviser', 'adviser_session', 'api_token'], 'select');
grant usage on all sequences in schema public to allervers_app;

-- Which reason comes first on the list: danger, a person asked for, something not read or heard, a promise with a date, then the rest.
create function reason_rank(reason text) returns smallint language sql immutable parallel safe as $$
    select coalesce(array_position(array[
        'danger', 'waiting_answer', 'unanswered', 'asked_for_person', 'call_back', 'unplayed_voice', 'write_back', 'not_understood', 'appointment_wanted',
        'first_proposal', 'file_received', 'unknown_delivery', 'address_gone', 'failing_update', 'outside_scope'
    ], reason), 99)::smallint
$$;

-- What an agency says of itself. Empty values leave what stands; only an agency the transaction sees can be described.
grant update (name, town, phone, address, postcodes, greeter, zone, opening) on agency to allervers_claims;
create function describe_agency(the_agency integer, said jsonb) returns void
language sql security definer set search_path = public as $$
    update agency a set
        name = coalesce(said->>'name', a.name),
        town = coalesce(said->>'town', a.town),
        phone = coalesce(said->>'phone', a.phone),
        address = coalesce(said->>'address', a.address),
        greeter = coalesce(said->>'greeter', a.greeter),
        zone = coalesce(said->>'zone', a.zone),
        opening = coalesce(said->'opening', a.opening),
        postcodes = coalesce((select array_agg(p) from jsonb_array_elements_text(said->'postcodes') p), a.postcodes)
    where a.id = the_agency and the_agency = any (agencies())
$$;

-- Who waits for a person, and why: an open task, or words that nobody answered while an adviser has, or had, the floor. Row-level security holds.
create function waiting_reasons(the_agency integer)
returns table (contact_id bigint, reason text, since timestamptz, due_on date, rank smallint) language sql stable as $$
    select t.contact_id, t.kind, t.opened_at, t.due_on, reason_rank(t.kind)
    from task t join contact c on c.agency_id = t.agency_id and c.id = t.contact_id
    where t.agency_id = the_agency and t.closed_at is null and c.erased_at is null
    union all
    select v.contact_id, 'waiting_answer', heard.received_at, null, reason_rank('waiting_answer')
    from conversation v
    join contact c on c.agency_id = v.agency_id and c.id = v.contact_id and c.erased_at is null
    join lateral (
        select i.id, i.received_at from inbox i
        where i.agency_id = v.agency_id and i.contact_id = v.contact_id and i.kind not in ('timer', 'returned', 'blocked', 'unblocked')
        order by i.id desc limit 1) heard on true
    where v.agency_id = the_agency and v.floor_adviser_id is not null
      and not exists (
        select 1 from outbox o where o.agency_id = v.agency_id and o.contact_id = v.contact_id and o.id > heard.id
        and o.state not in ('skipped', 'superseded', 'too_late', 'failed'))
$$;

-- An e-mail is looked up before anything is known of its owner: the answer carries only what signing in needs.
create function find_adviser(the_email text) returns table (agency_id integer, id integer, password_hash text, enrolled boolean)
language sql stable security definer set search_path = public as $$
    select a.agency_id, a.id, a.password_hash, a.totp_sealed is not null from adviser a where a.email = lower(the_email) and a.left_at is null
$$;

create function find_session(the_hash text)
returns table (agency_id integer, id bigint, stage text, tries smallint, seen_at timestamptz, expires_at timestamptz, adviser_id integer, name text, role text)
language sql stable security definer set search_path = public as $$
    select s.agency_id, s.id, s.stage, s.tries, s.seen_at, s.expires_at, a.id, a.name, a.role
    from adviser_session s join adviser a on a.agency_id = s.agency_id and a.id = s.adviser_id
    where s.hash = the_hash and s.expires_at > now() and a.left_at is null
$$;

create function find_api_token(the_hash text) returns table (agency_id integer, id integer, adviser_id integer, name text, role text)
language sql stable security definer set search_path = public as $$
    select t.agency_id, t.id, a.id, a.name, a.role
    from api_token t join adviser a on a.agency_id = t.agency_id and a.id = t.adviser_id
    where t.hash = the_hash and t.revoked_at is null and a.left_at is null
$$;

select belongs_to_claims(array['find_adviser(text)', 'find_session(text)', 'find_api_token(text)', 'describe_agency(integer, jsonb)']);
