-- The sample data's own statements: hours moved into the past, a name where the person had not come to give one.

-- name: move_back
with inbound as (
    update inbox i set received_at = i.received_at - $3::interval where i.agency_id = $1 and i.contact_id = $2
), outbound as (
    update outbox o set created_at = o.created_at - $3::interval where o.agency_id = $1 and o.contact_id = $2
), work as (
    update task t set opened_at = t.opened_at - $3::interval where t.agency_id = $1 and t.contact_id = $2
), talk as (
    update conversation v set started_at = v.started_at - $3::interval where v.agency_id = $1 and v.contact_id = $2
)
update contact c set created_at = c.created_at - $3::interval
where c.agency_id = $1 and c.id = $2

-- name: name_them
update young_person p set first_name = $3, town = (select a.town from agency a where a.id = $1)
where p.agency_id = $1 and p.id = $2 and p.first_name = '' and exists (
    select 1 from conversation v where v.agency_id = $1 and v.contact_id = $2 and v.turn > 3)

-- name: offered
select v.labels from conversation v where v.agency_id = $1 and v.contact_id = $2

-- name: version
select p.version from young_person p where p.agency_id = $1 and p.id = $2

-- name: open_tasks
select t.id from task t where t.agency_id = $1 and t.contact_id = $2 and t.closed_at is null order by t.id
