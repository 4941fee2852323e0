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
    join public.payout_accounts as account on account.partner_id = payout.partner_id
    join public.partners as partner on partner.id = payout.partner_id
    where payout.updated_at < private.now() - interval '10 minutes'
        and (
            payout.status = 'sent'
            or (payout.status = 'parked' and account.status = 'ready' and partner.status in ('active', 'inactive'))
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

-- Stripe's money and ours: no row when they agree.
create view private.check_payouts_against_ledger with (security_invoker = true) as
select payout.id, payout.status, payout.amount, journal.id as journal_id
from public.payouts as payout
left join ledger.journals as journal
    on journal.source_kind = 'payout' and journal.source_id = payout.id and journal.kind = 'payout_sent'
where (payout.status in ('sent', 'paid', 'reversed')) <> (journal.id is not null);

create view private.check_payout_items with (security_invoker = true) as
select payout.id, payout.amount, coalesce(sum(item.amount), 0) as of_items
from public.payouts as payout
left join public.payout_items as item on item.payout_id = payout.id
where payout.status not in ('failed', 'cancelled')
group by payout.id
having payout.amount <> coalesce(sum(item.amount), 0);
