-- Every journal behind a payout: those of the payout itself and those of its lines, with all their ledger lines. A positive
-- amount is a debit, a negative one a credit; each journal adds up to zero.
with sources as (
    select 'payout' as kind, payout.id
    from public.payouts as payout
    where payout.id = '00000000-0000-0000-0000-000000000000'
    union all
    select 'commission', item.commission_id
    from public.payout_items as item
    where item.payout_id = '00000000-0000-0000-0000-000000000000'
)

select
    journal.id as journal_id, journal.posted_at, journal.kind, journal.source_kind, journal.source_id, journal.request_id,
    line.line_no, account.kind as account, account.partner_id, line.amount, line.currency, line.balance_after,
    sum(line.amount) over (partition by journal.id) as journal_sum
from sources
join ledger.journals as journal on journal.source_kind = sources.kind and journal.source_id = sources.id
join ledger.lines as line on line.journal_id = journal.id
join ledger.accounts as account on account.id = line.account_id
order by journal.posted_at, journal.id, line.line_no;
