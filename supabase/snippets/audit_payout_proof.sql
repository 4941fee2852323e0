-- One row: what the payout, its items, their lines, the ledger and the transfer say. The amounts are equal, save that a payout
-- which was not sent yet has no `sent` amount.
select
    payout.id as payout_id, payout.status, payout.currency, payout.amount,
    (select sum(item.amount) from public.payout_items as item where item.payout_id = payout.id)::bigint as of_items,
    (
        select sum(line.amount)
        from public.payout_items as item
        join public.commissions as line on line.id = item.commission_id
        where item.payout_id = payout.id
    )::bigint as of_lines,
    (
        select -sum(line.amount)
        from ledger.journals as journal
        join ledger.lines as line on line.journal_id = journal.id
        join ledger.accounts as account on account.id = line.account_id
        where journal.source_kind = 'payout' and journal.source_id = payout.id and account.kind = 'payout_clearing'
            and journal.kind = 'payout_request'
    )::bigint as requested,
    (
        select -sum(line.amount)
        from ledger.journals as journal
        join ledger.lines as line on line.journal_id = journal.id
        join ledger.accounts as account on account.id = line.account_id
        where journal.source_kind = 'payout' and journal.source_id = payout.id and account.kind = 'stripe_cash'
    )::bigint as sent,
    payout.stripe_transfer_id, payout.idempotency_key, payout.request ->> 'amount' as asked_of_stripe
from public.payouts as payout
where payout.id = '00000000-0000-0000-0000-000000000000';
