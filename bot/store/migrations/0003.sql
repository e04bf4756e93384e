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
select let_claims_see(array['wish', 'barrier', 'skill', 'availability'], 'select, delete');

-- one person's words and card, emptied: the rows that count stay
create function forget_words(people bigint[]) returns void language sql security definer set search_path = public as $$
    update inbox i set body = '{}' where i.contact_id = any(people) and i.body <> '{}';
    update outbox o set body = '', secret = null, buttons = '[]' where o.contact_id = any(people) and o.body <> '';
    update media m set content = null, state = 'lost', name = '' where m.contact_id = any(people) and m.content is not null;
    update task t set words = '' where t.contact_id = any(people) and t.words <> '';
    update young_person y set first_name = '', age = '', phone = '', town = '', referral = '' where y.id = any(people);
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
    with closed as (
        select v.agency_id, v.contact_id from conversation v join agency g on g.id = v.agency_id
        where v.closed_at < moment - make_interval(days => g.sensitive_days)
    ), said as (
        update outbox o set body = '', secret = null, buttons = '[]' from closed c
        where o.agency_id = c.agency_id and o.contact_id = c.contact_id and o.flow = 'safety' and o.body <> '' and o.created_at < moment - interval '30 days'
        returning o.agency_id, o.cause_id
    ), heard as (
        update inbox i set body = '{}' from said s where i.agency_id = s.agency_id and i.id = s.cause_id returning i.id
    ), voices as (
        update media m set content = null, state = 'lost', name = '' from closed c
        where m.agency_id = c.agency_id and m.contact_id = c.contact_id and m.kind = 'voice' and m.content is not null
            and m.created_at < moment - interval '30 days' returning m.id
    )
    select (select count(*) from said) + (select count(*) from heard) + (select count(*) from voices) into lines;
    with gone as (delete from link l where l.expires_at < moment - interval '30 days' returning 1) select count(*) from gone into links;
    delete from parked_update p where p.at < moment - interval '30 days';
    return next;
end $$;
select belongs_to_claims(array['forget_words(bigint[])', 'purge(timestamptz, integer)']);
