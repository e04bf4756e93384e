-- How long words are kept, by agency, and the function that ends them.
--
-- Two years after the last contact for the file (CNIL, social support, active base), thirty days after the closing for what is sensitive and for voice, ninety days for
-- somebody who wrote once and never came back. External ids stay: deduplication needs them and they say nothing.

alter table agency add column transcript_days integer not null default 730 check (transcript_days between 1 and 3650);
alter table agency add column sensitive_days integer not null default 30 check (sensitive_days between 1 and 730);
alter table agency add column one_message_days integer not null default 90 check (one_message_days between 1 and 730);

grant delete on link to allervers_claims;
grant delete on parked_update to allervers_claims;
grant update, delete on young_person to allervers_claims;
select let_claims_see(array['consent'], 'select, update');
select let_claims_see(array['wish', 'barrier', 'skill', 'availability'], 'select, delete');

-- one person's words and card, emptied: the rows that count stay
create function forget_words(people bigint[]) returns void language sql security definer set search_path = public as $$
    update inbox i set body = '{}' where i.contact_id = any(people) and i.body <> '{}';
    update outbox o set body = '', secret = null, buttons = '[]' where o.contact_id = any(people) and o.body <> '';
    update media m set content = null, state = 'lost', name = '' where m.contact_id = any(people) and m.content is not null;
    update task t set words = '' where t.contact_id = any(people) and t.words <> '';
    update young_person y set first_name = '', age = '', phone = '', town = '', referral = '' where y.id = any(people);
    update consent k set purpose = split_part(k.purpose, ':', 1) where k.contact_id = any(people);
    update conversation v set data = '{}', asked = null, labels = '[]', parked = '[]' where v.contact_id = any(people);
    delete from wish where contact_id = any(people);
    delete from barrier where contact_id = any(people);
    delete from skill where contact_id = any(people);
    delete from availability where contact_id = any(people);
    update address d set state = 'unlinked', identifier = 'forgotten:' || d.id, display_name = ''
        where d.contact_id = any(people) and d.state <> 'unlinked';
    update contact c set erased_at = coalesce(c.erased_at, now()) where c.id = any(people);
$$;

-- what has been kept long enough at `moment`; returns how many people, sensitive lines and links ended
create function purge(moment timestamptz, most integer) returns table (people bigint, lines bigint, links bigint)
language plpgsql security definer set search_path = public as $$
declare old bigint[];
begin
    select array_agg(x.id) into old from (
        select c.id from contact c join agency g on g.id = c.agency_id
        cross join lateral (
            select max(i.received_at) as last, count(*) as said from (
                select i.received_at from inbox i where i.agency_id = c.agency_id and i.contact_id = c.id and i.address_id is not null
                order by i.id desc limit 2) i) heard
        where c.erased_at is null
          and coalesce(heard.last, c.created_at) < moment - make_interval(days => case when heard.said < 2 then g.one_message_days else g.transcript_days end)
        limit most) x;
    perform forget_words(coalesce(old, '{}'));
    people := coalesce(array_length(old, 1), 0);
    -- a conversation nobody closed counts as over two weeks after the person last wrote, like one that fell silent
    with over as (
        select i.agency_id, i.id, i.contact_id, coalesce(i.body ->> 'text', '') as words
        from inbox i join agency g on g.id = i.agency_id
        join conversation v on v.agency_id = i.agency_id and v.contact_id = i.contact_id
        where i.sensitive and i.body <> '{}' and i.received_at < moment - make_interval(days => g.sensitive_days)
          and coalesce(v.closed_at, (select max(x.received_at) from inbox x where x.agency_id = i.agency_id and x.contact_id = i.contact_id
                and x.address_id is not null) + interval '14 days') < moment - make_interval(days => g.sensitive_days)
        limit 10 * most
    ), heard as (
        update inbox i set body = '{}' from over v where i.agency_id = v.agency_id and i.id = v.id returning i.id
    ), said as (
        update outbox o set body = '', secret = null, buttons = '[]' from over v
        where o.agency_id = v.agency_id and o.contact_id = v.contact_id and o.cause_id = v.id and o.body <> '' returning o.id
    ), listed as (
        -- a line on the advisers' list repeats the words it was opened for
        update task t set words = '' from over v
        where t.agency_id = v.agency_id and t.contact_id = v.contact_id and v.words <> '' and position(left(v.words, 200) in t.words) > 0 returning t.id
    ), pending as (
        -- said, and never answered whether it may be kept
        update conversation c set data = c.data - 'pending',
            parked = (select coalesce(jsonb_agg(jsonb_set(f, '{data}', (f -> 'data') - 'pending') order by n), '[]') from jsonb_array_elements(c.parked) with ordinality as p(f, n))
        from over v where c.agency_id = v.agency_id and c.contact_id = v.contact_id returning c.contact_id
    ), voices as (
        update media m set content = null, state = 'lost', name = '' from conversation v join agency g on g.id = v.agency_id
        where v.closed_at < moment - make_interval(days => g.sensitive_days) and m.agency_id = v.agency_id and m.contact_id = v.contact_id
            and m.kind = 'voice' and m.content is not null and m.created_at < moment - make_interval(days => g.sensitive_days) returning m.id
    )
    select (select count(*) from heard) + (select count(*) from said) + (select count(*) from listed) + (select count(*) from voices) into lines;
    with gone as (delete from link l where l.expires_at < moment - interval '30 days' returning 1) select count(*) from gone into links;
    delete from parked_update p where p.at < moment - interval '30 days';
    return next;
end $$;
select belongs_to_claims(array['forget_words(bigint[])', 'purge(timestamptz, integer)']);
