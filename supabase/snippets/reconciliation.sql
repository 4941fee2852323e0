-- Does Stripe have what our books say? Differences that nobody has answered for, then the last runs.
select id, kind, subject, payout_id, stripe_id, currency, ours, theirs, first_seen_at
from private.check_stripe_equals_ledger
order by first_seen_at;

select id, started_at, finished_at, stream, pages, seen, opened, closed
from ops.reconciliation_runs
order by id desc
limit 20;

-- What was settled, by whom and why.
select
    difference.resolved_at, staff.name as resolved_by, difference.kind, difference.subject, difference.ours, difference.theirs,
    difference.reason
from ops.reconciliation_differences as difference
left join public.staff_members as staff on staff.id = difference.resolved_by
where difference.resolved_at is not null
order by difference.resolved_at desc
limit 100;
