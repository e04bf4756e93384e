-- The first tables: people, conversations, what comes in, what goes out, what is planned.
--
-- Every key starts with the agency, so that the same schema can be distributed by agency without rewriting. Every table forces row-level
-- security: without the agencies in `app.agencies` there are no rows. Two roles own nothing and log nobody in: allervers_app is what the
-- processes act as; allervers_claims owns the few functions that must look across agencies (claims and look-ups by secret).

do $$
declare one text;
begin
    foreach one in array array['allervers_app', 'allervers_claims'] loop
        if not exists (select from pg_roles where rolname = one) then
            begin execute format('create role %I nologin', one); exception when duplicate_object or unique_violation then null; end;
        end if;
    end loop;
end $$;
-- a database of somebody else's: its owner may have made both roles and given them to us, without the right to give them on
do $$
begin
    if not (pg_has_role('allervers_app', 'set') and pg_has_role('allervers_claims', 'set')) then
        grant allervers_app, allervers_claims to current_user;
    end if;
end $$;
grant usage, create on schema public to allervers_claims;
grant usage on schema public to allervers_app;

create extension if not exists unaccent;

-- messages in and out share one sequence: it is the order and the cursor of a thread
create sequence message_id as bigint;

create table agency (
    id integer primary key generated always as identity,
    slug text not null unique check (slug ~ '^[a-z0-9-]{2,60}$'
        and slug not in ('notice', 'accessibilite', 'code', 'static', 'donnees', 'sortie')),  -- pages of the chat stand there
    name text not null,
    town text not null default '',
    postcodes text[] not null default '{}',
    phone text not null default '',
    address text not null default '',
    zone text not null default 'Europe/Paris',
    -- minutes from midnight by weekday, 0 = Monday: [[[540,750],[810,1020]], ...]
    opening jsonb not null default '[[[540,720],[810,1020]],[[540,720],[810,1020]],[[540,720],[810,1020]],[[540,720],[810,1020]],[[540,720],[810,1020]],[],[]]',
    -- first name of the adviser who welcomes newcomers
    greeter text not null default '',
    quiet_from smallint not null default 1200,
    quiet_until smallint not null default 480,
    notice_version text not null default '1',
    is_default boolean not null default false,
    created_at timestamptz not null default now()
);
create unique index one_default_agency on agency (is_default) where is_default;

create table channel_account (
    agency_id integer not null references agency,
    id integer not null generated always as identity unique,
    channel text not null,
    account text not null,
    credentials bytea,
    created_at timestamptz not null default now(),
    primary key (agency_id, id),
    unique (channel, account)
);

create table source (
    agency_id integer not null references agency,
    id integer not null generated always as identity,
    token text not null unique check (token ~ '^[A-Za-z0-9_-]{4,64}$'),
    label text not null,
    kind text not null default 'link',
    created_at timestamptz not null default now(),
    primary key (agency_id, id)
);

create table contact (
    agency_id integer not null references agency,
    id bigint not null generated always as identity unique,
    language text not null default 'fr',
    stopped_at timestamptz,
    erased_at timestamptz,
    source_id integer,
    created_at timestamptz not null default now(),
    primary key (agency_id, id)
);

create table address (
    agency_id integer not null,
    id bigint not null generated always as identity unique,
    contact_id bigint not null,
    channel text not null,
    account_id integer not null,
    identifier text not null,
    display_name text not null default '',
    state text not null default 'active' check (state in ('active', 'gone', 'unlinked')),
    created_at timestamptz not null default now(),
    primary key (agency_id, id),
    unique (account_id, identifier),
    foreign key (agency_id, contact_id) references contact (agency_id, id),
    foreign key (agency_id, account_id) references channel_account (agency_id, id)
);
create index address_of_contact on address (agency_id, contact_id);

create table young_person (
    agency_id integer not null,
    id bigint not null,
    first_name text not null default '',
    age text not null default '',
    phone text not null default '',
    town text not null default '',
    disability_recognised boolean not null default false,
    referral text not null default '',
    hidden text[] not null default '{}',
    notice_version text,
    notice_at timestamptz,
    notice_minor boolean not null default false,
    referent_id integer,
    version integer not null default 1,
    primary key (agency_id, id),
    foreign key (agency_id, id) references contact (agency_id, id)
);

create table conversation (
    agency_id integer not null,
    contact_id bigint not null,
    flow text not null default 'welcome',
    state text not null default 'start',
    data jsonb not null default '{}',
    asked jsonb,
    labels jsonb not null default '[]',
    parked jsonb not null default '[]',
    turn integer not null default 0,
    misses integer not null default 0,
    nudges integer not null default 0,
    outcome text not null default '',
    floor_adviser_id integer,
    floor_name text not null default '',
    floor_until timestamptz,
    started_at timestamptz not null default now(),
    closed_at timestamptz,
    version bigint not null default 1,
    primary key (agency_id, contact_id),
    foreign key (agency_id, contact_id) references contact (agency_id, id)
) with (fillfactor = 70);

-- What came in. The row is the queue: waiting while done_at is null.
create table inbox (
    agency_id integer not null,
    id bigint not null default nextval('message_id'),
    account_id integer not null,
    external_id text not null,
    contact_id bigint not null,
    address_id bigint,
    kind text not null,
    body jsonb not null,
    timer_id bigint,
    received_at timestamptz not null default now(),
    done_at timestamptz,
    attempts smallint not null default 0,
    outcome text not null default '',
    -- touches health, handicap, justice, addictions, violence or a danger: these words, and those of the answer, end sooner
    sensitive boolean not null default false,
    primary key (agency_id, id),
    unique (agency_id, account_id, external_id)
) with (fillfactor = 70);
create index inbox_sensitive on inbox (contact_id) where sensitive;
create index inbox_waiting on inbox (id) where done_at is null;
create index inbox_waiting_of_contact on inbox (contact_id, id) where done_at is null;
create index inbox_of_contact on inbox (contact_id, id);

-- What leaves. The row is the queue: waiting while state is queued or leased.
create table outbox (
    agency_id integer not null,
    id bigint not null default nextval('message_id'),
    contact_id bigint not null,
    address_id bigint,
    cause_id bigint,
    ordinal smallint not null default 0,
    author text not null default 'bot' check (author in ('bot', 'adviser')),
    adviser_id integer,
    author_name text not null default '',
    class text not null default 'B' check (class in ('A', 'B')),
    prompted boolean not null default true,
    -- safety words and answers about rights may pass an adviser's lease of the floor
    passes_floor boolean not null default false,
    flow text not null default '',
    text_id text not null default '',
    body text not null,
    -- a personal link or code stands in the body as a mark and is kept here, sealed: an adviser who reads the thread cannot become the person
    secret bytea,
    buttons jsonb not null default '[]',
    language text not null default 'fr',
    timer_id bigint,
    state text not null default 'queued',
    reason text not null default '',
    attempts smallint not null default 0,
    due_at timestamptz not null default now(),
    not_after timestamptz,
    lease_until timestamptz,
    provider_id text not null default '',
    created_at timestamptz not null default now(),
    settled_at timestamptz,
    primary key (agency_id, id),
    unique (agency_id, contact_id, cause_id, ordinal)
) with (fillfactor = 70);
create index outbox_waiting on outbox (contact_id, id) where state in ('queued', 'leased');
create index outbox_due on outbox (due_at, id) where state = 'queued';
create index outbox_leased on outbox (lease_until) where state = 'leased';
create index outbox_of_contact on outbox (contact_id, id);
create index outbox_unknown on outbox (agency_id, id) where state = 'unknown';

-- Every planned contact ends with an outcome.
create table timer (
    agency_id integer not null,
    id bigint not null generated always as identity unique,
    contact_id bigint not null,
    key text not null,
    reason text not null,
    turn integer not null default 0,
    due_at timestamptz not null,
    not_after timestamptz not null,
    created_at timestamptz not null default now(),
    fired_at timestamptz,
    outcome text,
    outcome_reason text not null default '',
    settled_at timestamptz,
    primary key (agency_id, id),
    foreign key (agency_id, contact_id) references contact (agency_id, id)
);
create unique index one_planned_timer on timer (agency_id, contact_id, key) where outcome is null and fired_at is null;
create index timer_due on timer (due_at) where outcome is null and fired_at is null;
create index timer_of_contact on timer (agency_id, contact_id, id);

create table wish (
    agency_id integer not null,
    id bigint not null generated always as identity,
    contact_id bigint not null,
    words text not null,
    label text not null default '',
    domains text[] not null default '{}',
    contract text not null default '',
    refused boolean not null default false,
    kept_at timestamptz not null default now(),
    primary key (agency_id, id),
    unique (agency_id, contact_id, words)
);

create table barrier (
    agency_id integer not null,
    id bigint not null generated always as identity,
    contact_id bigint not null,
    category text not null,
    value text not null default 'yes',
    sealed bytea,
    to_a_person boolean not null default false,
    shared boolean not null default true,
    kept_at timestamptz not null default now(),
    primary key (agency_id, id),
    unique (agency_id, contact_id, category)
);

create table skill (
    agency_id integer not null,
    id bigint not null generated always as identity,
    contact_id bigint not null,
    words text not null,
    kind text not null default '',
    kept_at timestamptz not null default now(),
    primary key (agency_id, id),
    unique (agency_id, contact_id, words)
);

create table availability (
    agency_id integer not null,
    contact_id bigint not null,
    words text not null default '',
    slots jsonb,
    constraints jsonb not null default '[]',
    work jsonb not null default '[]',
    kept_at timestamptz not null default now(),
    primary key (agency_id, contact_id)
);

create table consent (
    agency_id integer not null,
    id bigint not null generated always as identity,
    contact_id bigint not null,
    purpose text not null,
    given boolean not null,
    at timestamptz not null default now(),
    primary key (agency_id, id)
);
create index consent_of_contact on consent (agency_id, contact_id, purpose, at desc);

create table task (
    agency_id integer not null,
    id bigint not null generated always as identity unique,
    contact_id bigint,
    kind text not null,
    words text not null default '',
    count integer not null default 1,
    due_on date,
    opened_at timestamptz not null default now(),
    closed_at timestamptz,
    closed_by integer,
    outcome text not null default '',
    version integer not null default 1,
    primary key (agency_id, id)
);
create unique index one_open_task on task (agency_id, contact_id, kind) where closed_at is null;
create index task_open on task (agency_id, opened_at) where closed_at is null;

-- links that bring a person back, data pages, codes typed by hand: hashed at rest
create table link (
    agency_id integer not null,
    id bigint not null generated always as identity,
    contact_id bigint not null,
    purpose text not null,
    hash text not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    tries smallint not null default 0,
    created_at timestamptz not null default now(),
    primary key (agency_id, id),
    unique (agency_id, hash)
);
create index link_by_hash on link (hash);

create table media (
    agency_id integer not null,
    id bigint not null generated always as identity unique,
    contact_id bigint not null,
    inbox_id bigint not null,
    kind text not null,
    provider_id text not null,
    channel text not null,
    account text not null,
    name text not null default '',
    mime text not null default '',
    size bigint not null default 0,
    seconds integer not null default 0,
    state text not null default 'pending' check (state in ('pending', 'stored', 'too_big', 'lost')),
    attempts smallint not null default 0,
    due_at timestamptz not null default now(),
    content bytea,
    sha256 text not null default '',
    opened_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (agency_id, id),
    unique (agency_id, inbox_id)
);
create index media_pending on media (due_at) where state = 'pending';

-- answers not understood, counted by question without identities
create table miss (
    agency_id integer not null,
    question text not null,
    day date not null default current_date,
    count integer not null default 0,
    primary key (agency_id, question, day)
);

create table audit (
    agency_id integer not null,
    id bigint not null generated always as identity,
    at timestamptz not null default now(),
    actor text not null,
    actor_id integer,
    deed text not null,
    subject text not null,
    subject_id bigint,
    detail jsonb not null default '{}',
    primary key (agency_id, id)
);
create index audit_of_subject on audit (agency_id, subject, subject_id, id);

-- updates that could not be read, kept raw for a person to look at
create table parked_update (
    agency_id integer not null,
    id bigint not null generated always as identity,
    channel text not null,
    account text not null,
    raw bytea not null,
    why text not null,
    at timestamptz not null default now(),
    primary key (agency_id, id)
);

-- --- row-level security -------------------------------------------------------------------------------------------

create function agencies() returns integer[] language sql stable parallel safe
    as $$ select nullif(current_setting('app.agencies', true), '')::integer[] $$;

-- what every table with an agency gets; later migrations call it for theirs
create function protect(tables text[]) returns void language plpgsql as $$
declare one text;
begin
    foreach one in array tables loop
        execute format('alter table %I enable row level security', one);
        execute format('alter table %I force row level security', one);
        execute format('create policy own_agency on %I using (%I = any ((select agencies())::integer[])) with check (%I = any ((select agencies())::integer[]))',
            one, case one when 'agency' then 'id' else 'agency_id' end, case one when 'agency' then 'id' else 'agency_id' end);
        execute format('grant select, insert, update, delete on %I to allervers_app', one);
    end loop;
end $$;

-- tables whose rows allervers_claims may see across agencies
create function let_claims_see(tables text[], rights text) returns void language plpgsql as $$
declare one text;
begin
    foreach one in array tables loop
        execute format('create policy claims_see_all on %I to allervers_claims using (true) with check (true)', one);
        execute format('grant %s on %I to allervers_claims', rights, one);
    end loop;
end $$;

select protect(array[
    'agency', 'channel_account', 'source', 'contact', 'address', 'young_person', 'conversation', 'inbox', 'outbox', 'timer', 'wish', 'barrier',
    'skill', 'availability', 'consent', 'task', 'link', 'media', 'miss', 'audit', 'parked_update'
]);
revoke update, delete on audit from allervers_app;
revoke insert, update, delete on agency from allervers_app;
grant usage on all sequences in schema public to allervers_app;
select let_claims_see(array['source', 'link'], 'select');
select let_claims_see(array['agency', 'channel_account', 'young_person', 'parked_update'], 'select, insert');
select let_claims_see(array['contact', 'address', 'conversation', 'inbox', 'outbox', 'timer', 'task', 'media'], 'select, insert, update');
grant usage on all sequences in schema public to allervers_claims;

-- --- across agencies ----------------------------------------------------------------------------------------------

-- Contacts with something waiting, oldest first, locked for this transaction; contacts another worker holds are passed over, never waited for.
-- Sets app.agencies for the rest of the transaction, so that the claimer sees the rows of these contacts' agencies and no others.
create function claim_contacts(most integer) returns table (agency_id integer, contact_id bigint)
language plpgsql security definer set search_path = public as $$
declare mine integer[]; people bigint[];
begin
    -- for the rest of the transaction: what the claimer reads and writes is planned as the queues are (see planned_as_written)
    perform set_config(name, 'off', true) from unnest(array['enable_seqscan', 'enable_bitmapscan', 'enable_hashjoin', 'enable_mergejoin']) name;
    perform set_config('join_collapse_limit', '1', true);
    with waiting as (
        select w.contact_id, min(w.id) as first
        from (select i.contact_id, i.id from inbox i where i.done_at is null order by i.id limit most * 4) w group by w.contact_id
    ), held as (
        select c.agency_id, c.id from waiting w join contact c on c.id = w.contact_id order by w.first
        for no key update of c skip locked limit most
    )
    select coalesce(array_agg(h.agency_id), '{}'), coalesce(array_agg(h.id), '{}') from held h into mine, people;
    perform set_config('app.agencies', mine::text, true);
    return query select * from unnest(mine, people);
end $$;

-- The next message of each contact's lane: never two of one contact at once. Whether it may leave is decided here, at the moment of sending:
-- STOP, an adviser's lease of the floor, a closed address and "not after" end the row at once, with the reason; what may leave is leased.
create function lease_outbox(most integer, seconds integer) returns table (
    agency_id integer, id bigint, contact_id bigint, state text, class text, prompted boolean, body text, buttons jsonb, language text,
    attempts smallint, channel text, account text, identifier text, zone text, quiet_from smallint, quiet_until smallint,
    cause_id bigint, secret bytea
) language sql security definer set search_path = public as $$
    with head as materialized (
        select o.agency_id, o.id from outbox o
        where o.state = 'queued' and o.due_at <= now()
          and not exists (
            select 1 from outbox earlier
            where earlier.contact_id = o.contact_id and earlier.id < o.id and earlier.state in ('queued', 'leased')
              -- what nobody asked for may wait for the morning; an answer does not wait behind it
              and not (o.prompted and not earlier.prompted and earlier.state = 'queued') offset 0)
        order by o.due_at, o.id
        for update of o skip locked
        limit most
    ), judged as materialized (
        select o.agency_id, o.id, d.channel, x.account, d.identifier, g.zone, g.quiet_from, g.quiet_until,
            case
                when o.not_after < now() then 'too_late'
                when c.stopped_at is not null and (o.author = 'adviser' or not o.prompted) then 'stopped'
                when o.author = 'bot' and not o.passes_floor and v.floor_until > now() then 'floor'
                when d.id is null or d.state <> 'active' then 'gone'
                -- a nudge that waited for the morning is not sent to somebody who has written meanwhile
                when not o.prompted and exists (select 1 from timer t where t.id = o.timer_id and t.reason = 'nudge')
                    and exists (select 1 from inbox i where i.contact_id = o.contact_id and i.id > o.id and i.address_id is not null)
                then 'superseded'
                else '' end as verdict
        from head h join outbox o on o.agency_id = h.agency_id and o.id = h.id
        join agency g on g.id = o.agency_id
        join contact c on c.id = o.contact_id
        join conversation v on v.agency_id = o.agency_id and v.contact_id = o.contact_id
        left join address d on d.id = o.address_id
        left join channel_account x on x.id = d.account_id
    )
    update outbox o set
        state = case when j.verdict = '' then 'leased' when j.verdict in ('too_late', 'superseded') then j.verdict else 'skipped' end,
        reason = j.verdict,
        lease_until = case when j.verdict = '' then now() + make_interval(secs => seconds) end,
        settled_at = case when j.verdict <> '' then now() end,
        attempts = o.attempts + 1
    from judged j where o.agency_id = j.agency_id and o.id = j.id
    returning o.agency_id, o.id, o.contact_id, o.state, o.class, o.prompted, o.body, o.buttons, o.language,
        o.attempts, coalesce(j.channel, ''), coalesce(j.account, ''), coalesce(j.identifier, ''), j.zone, j.quiet_from, j.quiet_until,
        o.cause_id, o.secret
$$;

-- What became of the sends of one moment: rows, the plans behind them, addresses that closed, and a line for a person where nobody knows.
create function settle_outbox(agencies integer[], ids bigint[], states text[], reasons text[], provider_ids text[], due timestamptz[])
returns table (contact_id bigint, agency_id integer, state text) language sql security definer set search_path = public as $$
    with settled as (
        update outbox o set state = n.state, reason = n.reason, provider_id = n.provider_id, lease_until = null,
            due_at = coalesce(n.due_at, o.due_at), settled_at = case when n.state <> 'queued' then now() end
        from unnest(agencies, ids, states, reasons, provider_ids, due) as n(agency_id, id, state, reason, provider_id, due_at)
        where o.agency_id = n.agency_id and o.id = n.id and o.state = 'leased'
        returning o.agency_id, o.id, o.contact_id, o.address_id, o.state, o.reason, o.timer_id
    ), plans as (
        update timer t set outcome = s.state, outcome_reason = s.reason, settled_at = now()
        from settled s where s.timer_id is not null and s.state <> 'queued' and t.agency_id = s.agency_id and t.id = s.timer_id
    ), closed as (
        update address d set state = 'gone' from settled s
        where s.reason = 'gone' and d.agency_id = s.agency_id and d.id = s.address_id and d.state = 'active'
    ), lines as (
        insert into task (agency_id, contact_id, kind)
        select distinct s.agency_id, s.contact_id, case s.state when 'unknown' then 'unknown_delivery' else 'address_gone' end
        from settled s where s.state = 'unknown' or s.reason = 'gone'
        on conflict (agency_id, contact_id, kind) where closed_at is null do update set count = task.count + 1
    )
    select s.contact_id, s.agency_id, s.state from settled s
$$;

-- Leases whose sender died: class B goes again (five times: a message that kills its sender is no message), class A becomes unknown and a person
-- decides.
create function reclaim_outbox() returns bigint language sql security definer set search_path = public as $$
    with dead as (
        select o.agency_id, o.id from outbox o where o.state = 'leased' and o.lease_until < now() for update of o skip locked limit 500
    ), back as (
        update outbox o set
            state = case when o.class = 'A' or o.attempts >= 5 then 'unknown' else 'queued' end,
            reason = 'sender_died',
            settled_at = case when o.class = 'A' or o.attempts >= 5 then now() end,
            lease_until = null
        from dead where o.agency_id = dead.agency_id and o.id = dead.id
        returning o.agency_id, o.contact_id, o.state
    ), lines as (
        insert into task (agency_id, contact_id, kind)
        select distinct b.agency_id, b.contact_id, 'unknown_delivery' from back b where b.state = 'unknown'
        on conflict (agency_id, contact_id, kind) where closed_at is null do update set count = task.count + 1
    )
    select count(*) from back
$$;

-- Plans that are due, locked, with the clock of their agency.
create function due_timers(most integer, moment timestamptz)
returns table (agency_id integer, id bigint, not_after timestamptz, zone text, quiet_from smallint, quiet_until smallint)
language sql security definer set search_path = public as $$
    select t.agency_id, t.id, t.not_after, g.zone, g.quiet_from, g.quiet_until from timer t join agency g on g.id = t.agency_id
    where t.due_at <= moment and t.outcome is null and t.fired_at is null order by t.due_at for update of t skip locked limit most
$$;

-- Due plans walk the same road as messages: one statement moves them into the inbox. A null `due` fires; a moment moves the plan; `too_late` ends it.
create function fire_timers(agencies integer[], ids bigint[], due timestamptz[], too_late boolean[]) returns bigint
language sql security definer set search_path = public as $$
    with decided as (select * from unnest(agencies, ids, due, too_late) as n(agency_id, id, due_at, too_late)
    ), moved as (
        update timer t set due_at = coalesce(d.due_at, t.due_at), fired_at = case when d.due_at is null then now() end,
            outcome = case when d.too_late then 'too_late' end, settled_at = case when d.too_late then now() end
        from decided d where t.agency_id = d.agency_id and t.id = d.id
        returning t.agency_id, t.id, t.contact_id, t.reason, t.turn, t.fired_at, t.outcome
    ), fired as (
        insert into inbox (agency_id, account_id, external_id, contact_id, kind, body, timer_id)
        select m.agency_id, 0, 'timer:' || m.id, m.contact_id, 'timer', jsonb_build_object('reason', m.reason, 'turn', m.turn), m.id
        from moved m where m.fired_at is not null and m.outcome is null
        on conflict (agency_id, account_id, external_id) do nothing returning id
    )
    select count(*) from fired
$$;

-- Leases of the floor that ran out while the person waits for an answer become a line for the team; the lease is over.
create function expire_floors() returns bigint language sql security definer set search_path = public as $$
    with over as (
        update conversation v set floor_adviser_id = null, floor_name = '', floor_until = null where v.floor_until < now()
        returning v.agency_id, v.contact_id
    ), waiting as (
        insert into task (agency_id, contact_id, kind)
        select o.agency_id, o.contact_id, 'unanswered' from over o
        where (select i.id from inbox i where i.agency_id = o.agency_id and i.contact_id = o.contact_id and i.address_id is not null
                order by i.id desc limit 1)
            > coalesce((select x.id from outbox x where x.agency_id = o.agency_id and x.contact_id = o.contact_id and x.author = 'adviser'
                order by x.id desc limit 1), 0)
        on conflict (agency_id, contact_id, kind) where closed_at is null do nothing
    )
    select count(*) from over
$$;
create index conversation_held on conversation (floor_until) where floor_until is not null;

-- Erased people whose farewell has left lose their address too: a new message makes a new person.
create function sweep_erased() returns bigint language sql security definer set search_path = public as $$
    with swept as (
        update address d set state = 'unlinked', identifier = 'erased:' || d.id, display_name = ''
        from contact c where c.agency_id = d.agency_id and c.id = d.contact_id and c.erased_at is not null and d.state <> 'unlinked'
            and not exists (select 1 from outbox o where o.contact_id = c.id and o.state in ('queued', 'leased'))
            and not exists (select 1 from inbox i where i.contact_id = c.id and i.done_at is null)
        returning d.id, d.contact_id
    ), silent as (
        update outbox o set body = '', secret = null, buttons = '[]' from swept s where o.contact_id = s.contact_id
    )
    select count(*) from swept
$$;

create function pending_media(most integer, moment timestamptz) returns setof media
language sql security definer set search_path = public as $$
    update media m set attempts = m.attempts + 1, due_at = moment + make_interval(secs => 30 * power(3, least(m.attempts, 6))::integer)
    from (select x.agency_id, x.id from media x where x.state = 'pending' and x.due_at <= moment order by x.due_at for update of x skip locked limit most) p
    where m.agency_id = p.agency_id and m.id = p.id
    returning m.*
$$;

-- Messages of one batch, in their order of arrival. Duplicates come back without an id, newcomers without a contact.
create function receive(channels text[], accounts text[], identifiers text[], external_ids text[], kinds text[], bodies jsonb[])
returns table (ordinal bigint, inbox_id bigint, agency_id integer, contact_id bigint)
language sql security definer set search_path = public as $$
    with arrived as materialized (
        select u.ordinal, u.external_id, u.kind, u.body, a.agency_id, a.id as account_id, d.contact_id, d.id as address_id,
            row_number() over (partition by a.id, u.external_id order by u.ordinal) as copy
        from unnest(channels, accounts, identifiers, external_ids, kinds, bodies)
            with ordinality as u(channel, account, identifier, external_id, kind, body, ordinal)
        left join channel_account a on a.channel = u.channel and a.account = u.account
        left join address d on d.account_id = a.id and d.identifier = u.identifier
    ), kept as (
        insert into inbox (agency_id, account_id, external_id, contact_id, address_id, kind, body)
        select n.agency_id, n.account_id, n.external_id, n.contact_id, n.address_id, n.kind, n.body
        from arrived n where n.contact_id is not null order by n.ordinal
        on conflict on constraint inbox_agency_id_account_id_external_id_key do nothing
        returning inbox.id, inbox.agency_id, inbox.account_id, inbox.external_id
    )
    select n.ordinal, k.id, n.agency_id, n.contact_id from arrived n
    left join kept k on k.agency_id = n.agency_id and k.account_id = n.account_id and k.external_id = n.external_id and n.copy = 1
    order by n.ordinal
$$;

-- A newcomer: contact, conversation, card and address in one go; two at once end as one.
create function welcome(the_channel text, the_account text, the_identifier text, the_name text, the_source text) returns bigint
language plpgsql security definer set search_path = public as $$
declare the_agency integer; the_account_id integer; the_source_id integer; the_contact bigint;
begin
    select c.agency_id, c.id into the_agency, the_account_id from channel_account c where c.channel = the_channel and c.account = the_account;
    if the_agency is null then return null; end if;
    perform pg_advisory_xact_lock(the_account_id, hashtext(the_identifier));
    select d.contact_id into the_contact from address d where d.account_id = the_account_id and d.identifier = the_identifier;
    if the_contact is not null then return the_contact; end if;
    select s.id into the_source_id from source s where s.agency_id = the_agency and s.token = the_source;
    insert into contact (agency_id, source_id) values (the_agency, the_source_id) returning id into the_contact;
    insert into young_person (agency_id, id) values (the_agency, the_contact);
    insert into conversation (agency_id, contact_id) values (the_agency, the_contact);
    insert into address (agency_id, contact_id, channel, account_id, identifier, display_name)
        values (the_agency, the_contact, the_channel, the_account_id, the_identifier, left(the_name, 80));
    return the_contact;
end $$;

-- An agency and its web chat, whose account is the agency's slug. The first one is the default.
create function create_agency(the_slug text, the_name text, the_town text, the_zone text) returns integer
language plpgsql security definer set search_path = public as $$
declare the_id integer;
begin
    insert into agency (slug, name, town, zone, is_default)
        values (the_slug, the_name, the_town, the_zone, not exists (select 1 from agency where is_default)) returning id into the_id;
    insert into channel_account (agency_id, channel, account) values (the_id, 'web', the_slug);
    return the_id;
end $$;

create function park_update(the_channel text, the_account text, the_raw bytea, the_why text) returns void
language sql security definer set search_path = public as $$
    insert into parked_update (agency_id, channel, account, raw, why)
    select c.agency_id, the_channel, the_account, the_raw, the_why from channel_account c where c.channel = the_channel and c.account = the_account
$$;

create function find_account(the_channel text, the_account text) returns table (agency_id integer, account_id integer, agency_slug text)
language sql stable security definer set search_path = public as $$
    select c.agency_id, c.id, a.slug from channel_account c join agency a on a.id = c.agency_id where c.channel = the_channel and c.account = the_account
$$;

create function list_accounts(the_channel text) returns table (agency_id integer, account_id integer, agency_slug text, account text, credentials bytea)
language sql stable security definer set search_path = public as $$
    select c.agency_id, c.id, a.slug, c.account, c.credentials from channel_account c join agency a on a.id = c.agency_id where c.channel = the_channel
$$;

-- "" = the default agency
create function find_agency(the_slug text) returns setof agency
language sql stable security definer set search_path = public as $$
    select a.* from agency a where case when the_slug = '' then a.is_default else a.slug = the_slug end
$$;

create function find_source(the_token text) returns table (agency_id integer, id integer, agency_slug text)
language sql stable security definer set search_path = public as $$
    select s.agency_id, s.id, a.slug from source s join agency a on a.id = s.agency_id where s.token = the_token
$$;

create function find_address(the_channel text, the_identifier text) returns table (agency_id integer, contact_id bigint, address_id bigint, account text)
language sql stable security definer set search_path = public as $$
    select a.agency_id, a.contact_id, a.id, c.account from address a join channel_account c on c.agency_id = a.agency_id and c.id = a.account_id
    where c.channel = the_channel and a.identifier = the_identifier and a.state <> 'unlinked'
$$;
create index address_by_identifier on address (identifier);

create function find_link(the_purpose text, the_hash text) returns table (agency_id integer, id bigint, contact_id bigint)
language sql stable security definer set search_path = public as $$
    select l.agency_id, l.id, l.contact_id from link l
    where l.purpose = the_purpose and l.hash = the_hash and l.expires_at > now() and l.used_at is null and l.tries < 5
$$;

-- what the metrics say of the queues, without a word of anybody
create function queue_figures() returns table (waiting bigint, oldest_seconds double precision, to_send bigint, unknown bigint, late bigint)
language sql stable security definer set search_path = public as $$
    select (select count(*) from inbox where done_at is null),
           coalesce((select extract(epoch from now() - min(received_at)) from inbox where done_at is null), 0)::double precision,
           (select count(*) from outbox where state in ('queued', 'leased')),
           (select count(*) from outbox where state = 'unknown'),
           (select count(*) from timer where outcome is null and fired_at is null and due_at < now() - interval '5 minutes')
$$;

-- Without statistics an agency's whole part of a table looks as small as one row of it, and a plan made then is kept. The server's own housekeeping
-- comes once a minute: too late for a house that grows from nothing, or doubles in an hour of a campaign. Cheap when nothing grew.
create function refresh_statistics() returns bigint language plpgsql security definer set search_path = public set default_statistics_target = 10 as $$
declare one record; analyzed bigint := 0;
begin
    if not pg_try_advisory_xact_lock(hashtext('refresh_statistics')) then return 0; end if;
    for one in
        -- words and documents decide no plan and cost most of the time
        select t.relname, string_agg(quote_ident(a.attname), ', ') as columns
        from pg_stat_user_tables t join pg_class c on c.oid = t.relid
        join pg_attribute a on a.attrelid = t.relid and a.attnum > 0 and not a.attisdropped
        join pg_type y on y.oid = a.atttypid and y.typcategory in ('N', 'D', 'B')
        where t.schemaname = 'public' and t.n_mod_since_analyze > 100 + 0.5 * greatest(c.reltuples, 0)
        group by t.relname
    loop
        execute format('analyze %I (%s)', one.relname, one.columns);
        analyzed := analyzed + 1;
    end loop;
    return analyzed;
end $$;
revoke all on function refresh_statistics() from public;
grant execute on function refresh_statistics() to allervers_app;

-- definer functions belong to allervers_claims and nobody else may call them
create function belongs_to_claims(signatures text[]) returns void language plpgsql as $$
declare one text;
begin
    foreach one in array signatures loop
        execute format('alter function %s owner to allervers_claims', one);
        execute format('revoke all on function %s from public', one);
        execute format('grant execute on function %s to allervers_app', one);
    end loop;
end $$;
-- Queues are planned as they are written: from the few rows claimed outwards, by index. A planner without statistics (a new house, a restored one) would
-- otherwise join whole tables on their common agency first (measured: 1.2 s for a lease instead of 3 ms). People and addresses are joined on their ids
-- alone, unique across agencies, and `offset 0` keeps a look-up a look-up.
create function planned_as_written(signatures text[]) returns void language plpgsql as $$
declare one text;
begin
    foreach one in array signatures loop
        execute format('alter function %s set join_collapse_limit = 1', one);
        execute format('alter function %s set from_collapse_limit = 1', one);
        execute format('alter function %s set enable_seqscan = off', one);
        execute format('alter function %s set enable_bitmapscan = off', one);
        execute format('alter function %s set enable_hashjoin = off', one);
        execute format('alter function %s set enable_mergejoin = off', one);
    end loop;
end $$;
select planned_as_written(array[
    'receive(text[], text[], text[], text[], text[], jsonb[])', 'lease_outbox(integer, integer)',
    'settle_outbox(integer[], bigint[], text[], text[], text[], timestamptz[])', 'reclaim_outbox()', 'due_timers(integer, timestamptz)',
    'fire_timers(integer[], bigint[], timestamptz[], boolean[])', 'expire_floors()', 'pending_media(integer, timestamptz)'
]);
select belongs_to_claims(array[
    'claim_contacts(integer)', 'receive(text[], text[], text[], text[], text[], jsonb[])', 'welcome(text, text, text, text, text)',
    'create_agency(text, text, text, text)', 'park_update(text, text, bytea, text)', 'lease_outbox(integer, integer)', 'reclaim_outbox()', 'due_timers(integer, timestamptz)',
    'settle_outbox(integer[], bigint[], text[], text[], text[], timestamptz[])',
    'fire_timers(integer[], bigint[], timestamptz[], boolean[])', 'expire_floors()', 'sweep_erased()',
    'pending_media(integer, timestamptz)', 'find_account(text, text)', 'list_accounts(text)', 'find_agency(text)', 'find_source(text)',
    'find_address(text, text)', 'find_link(text, text)', 'queue_figures()'
]);
