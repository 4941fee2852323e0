-- Deals with their payment and base line; half of them are of leads that have been erased since.

insert into public.deals (
    id, lead_id, partner_id, reference, request_id, status, claimed_value, contracted_value, currency, won_at, plan_id, tier_at_win,
    rate_bp, clearing_days, verified_at
)
select pg_temp.id_of('deal', n),
    case when n <= pg_temp.size_of('leads') then pg_temp.id_of('lead', n) else pg_temp.id_of('erased-lead', n) end,
    pg_temp.owner_of(n), 'D-B' || n, pg_temp.id_of('request', n), 'verified', 150000, 150000, 'USD',
    now() - (n % 700) * interval '1 day', (select id from public.commission_plans order by version limit 1), 'starter', 2000, 30,
    now() - (n % 700) * interval '1 day'
from generate_series(1, pg_temp.size_of('deals')) as n;
insert into public.client_payments (id, inbound_event_id, deal_id, source, source_id, instalment, amount, currency, cleared_at)
select pg_temp.id_of('payment', n), pg_temp.id_of('inbound', n), pg_temp.id_of('deal', n), 'bench', 'p' || n, 1, 150000, 'USD',
    now() - (n % 700) * interval '1 day'
from generate_series(1, pg_temp.size_of('deals')) as n;
insert into public.commissions (
    id, partner_id, lead_id, deal_id, client_payment_id, commission_type, status, amount, currency, plan_id, tier, rate_bp,
    base_amount, clears_at, created_at
)
select pg_temp.id_of('line', n), deal.partner_id, deal.lead_id, deal.id, pg_temp.id_of('payment', n), 'base',
    case when n % 700 > 60 then 'paid' when n % 700 > 30 then 'payable' else 'pending' end::public.commission_status,
    30000, 'USD', deal.plan_id, 'starter', 2000, 150000, deal.won_at + interval '30 days', deal.won_at
from generate_series(1, pg_temp.size_of('deals')) as n
join public.deals as deal on deal.id = pg_temp.id_of('deal', n);
