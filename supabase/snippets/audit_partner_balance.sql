-- A partner's accounts, and what each kind of journal brought to them; in the partner's favour when positive. The sum of
-- `moved` per account is its `balance`.
select
    account.currency, account.kind as account, -account.balance as balance, journal.kind as journal,
    count(*) as journals, -sum(line.amount)::bigint as moved
from ledger.accounts as account
join ledger.lines as line on line.account_id = account.id
join ledger.journals as journal on journal.id = line.journal_id
where account.partner_id = '00000000-0000-0000-0000-000000000000'
group by account.id, journal.kind
order by account.currency, account.kind, journal.kind;
