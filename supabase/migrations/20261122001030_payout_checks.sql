-- What wakes waiting payouts, and what must never be there.

-- Heals what no event will wake: payouts parked although their account is ready (the event came between two steps, or it was
-- the partner who had to be reactivated), and sent ones that Stripe's webhook never confirmed. Once an hour each.
create function private.wake_waiting_payouts() returns void
language sql security definer set search_path = '' as $$
    select private.enqueue(
        'payout.send', payout.id::text || ':woken:' || to_char(private.now(), 'YYYYMMDDHH24'),
        jsonb_build_object('payout_id', payout.id)
    )
    from public.payouts as payout
    where payout.updated_at < private.now() - interval '10 minutes'
        and (
            payout.status = 'sent'
            or (
                payout.status = 'parked'
                and private.obstacle_of(payout) is null
            )
        )
        and not exists (
            select from ops.outbox as job
            where job.topic = 'payout.send' and job.payload ->> 'payout_id' = payout.id::text
                and job.done_at is null and job.dead_at is null
        );
$$;

select cron.schedule('wake-waiting-payouts', '*/10 * * * *', 'select private.wake_waiting_payouts()');

-- Payouts on their way that nobody works on: no open job, and no dead one that tells why.
create view private.check_stuck_payouts with (security_invoker = true) as
select payout.id, payout.partner_id, payout.status, payout.updated_at
from public.payouts as payout
where payout.status in ('approved', 'sending')
    and not exists (
        select from ops.outbox as job
        where job.topic = 'payout.send' and job.done_at is null and job.payload ->> 'payout_id' = payout.id::text
    );

-- Stripe's money and ours: no row when they agree. What was sent is what was asked for less the fee, and the fee is booked
-- with it.
create view private.check_payouts_against_ledger with (security_invoker = true) as
with booked as (
    select journal.source_id, journal.kind, sum(line.amount) filter (where line.amount > 0) as amount
    from ledger.journals as journal
    join ledger.lines as line on line.journal_id = journal.id
    where journal.source_kind = 'payout'
    group by journal.source_id, journal.kind
)

select payout.id, payout.status, payout.kind, payout.amount, payout.fee, sent.amount as booked_sent, fee.amount as booked_fee
from public.payouts as payout
left join booked as sent on sent.source_id = payout.id and sent.kind = 'payout_sent'
left join booked as fee on fee.source_id = payout.id and fee.kind = 'instant_fee'
where (payout.status in ('sent', 'paid', 'reversed')) <> (sent.amount is not null)
    or sent.amount <> payout.amount - payout.fee
    or coalesce(fee.amount, 0) <> case when sent.amount is null then 0 else payout.fee end;

-- A payout is the sum of its lines, debts included; what gives a fee back is that fee.
create view private.check_payout_items with (security_invoker = true) as
select payout.id, payout.amount, coalesce(sum(item.amount), 0) as of_items
from public.payouts as payout
left join public.payout_items as item on item.payout_id = payout.id
where payout.status not in ('failed', 'cancelled') and payout.kind <> 'fee_refund'
group by payout.id
having payout.amount <> coalesce(sum(item.amount), 0)
union all
select refund.id, refund.amount, charged.fee
from public.payouts as refund
join public.payouts as charged on charged.id = refund.refund_of
where refund.amount <> charged.fee;

-- A debt that a payout took was set off in the ledger, and given back with it.
create view private.check_netting with (security_invoker = true) as
with debts as (
    select payout_id, -sum(amount) as amount from public.payout_items where amount < 0 group by payout_id
),

booked as (
    select journal.source_id, sum(case when journal.kind = 'net' then line.amount else -line.amount end) as amount
    from ledger.journals as journal
    join ledger.lines as line on line.journal_id = journal.id and line.amount > 0
    where journal.source_kind = 'payout' and journal.kind in ('net', 'net_cancelled')
    group by journal.source_id
)

select coalesce(debts.payout_id, booked.source_id) as payout_id, debts.amount as of_items, booked.amount as booked
from debts
full join booked on booked.source_id = debts.payout_id
where coalesce(debts.amount, 0) <> coalesce(booked.amount, 0);

-- What is on its way is what the clearing account holds: no row when the two agree in every currency.
create view private.check_payout_clearing with (security_invoker = true) as
with underway as (
    select currency, sum(amount) as amount from public.payouts
    where status in ('draft', 'approved', 'sending', 'parked')
    group by currency
),

book as (
    select currency, -balance as amount from ledger.accounts where kind = 'payout_clearing'
)

select coalesce(underway.currency, book.currency) as currency, underway.amount as of_payouts, book.amount as booked
from underway
full join book on book.currency = underway.currency
where coalesce(underway.amount, 0) <> coalesce(book.amount, 0);

-- Nothing goes out that too few have approved. What counts of a transfer is what was needed when Stripe was asked: a flag that
-- came later cannot call it back.
create view private.check_payout_approvals with (security_invoker = true) as
select
    payout.id, payout.partner_id, payout.amount, payout.approvals_needed, payout.approvals_when_asked, count(approval.staff_id) as approvals
from public.payouts as payout
left join public.payout_approvals as approval on approval.payout_id = payout.id and approval.decision = 'approved'
where payout.status in ('approved', 'sending', 'sent', 'paid', 'parked', 'reversed')
group by payout.id
having count(approval.staff_id) < case
    when payout.status in ('approved', 'parked') then payout.approvals_needed
    else coalesce(payout.approvals_when_asked, payout.approvals_needed)
end;
