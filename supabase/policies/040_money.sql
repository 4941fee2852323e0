-- Money. Partners read their own, always (F-17: a suspended or former partner, too); nobody writes but functions.

alter table public.deals enable row level security;
alter table public.deals force row level security;
grant select on public.deals to authenticated;
create policy "partners read their own deals, staff all" on public.deals
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['support', 'finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.client_payments enable row level security;
alter table public.client_payments force row level security;
grant select on public.client_payments to authenticated;
create policy "partners read the payments of their own deals, finance all" on public.client_payments
for select to authenticated
using (
    deal_id in (select deal.id from public.deals as deal where deal.partner_id = (select private.me()))
    or (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.commissions enable row level security;
alter table public.commissions force row level security;
grant select on public.commissions to authenticated;
create policy "partners read their own commissions, finance all" on public.commissions
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
);
grant select on public.commission_lines to authenticated;

alter table public.payouts enable row level security;
alter table public.payouts force row level security;
grant select (
    id, partner_id, currency, amount, status, requested_at, sent_at, paid_at, failure_code, failure_message, updated_at
) on public.payouts to authenticated;
create policy "partners read their own payouts, finance all" on public.payouts
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.payout_items enable row level security;
alter table public.payout_items force row level security;
grant select on public.payout_items to authenticated;
create policy "partners read the items of their own payouts, finance all" on public.payout_items
for select to authenticated
using (
    payout_id in (select payout.id from public.payouts as payout where payout.partner_id = (select private.me()))
    or (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.payout_accounts enable row level security;
alter table public.payout_accounts force row level security;
grant select (partner_id, status, country, requirements_due, destination_label, destination_changed_at, updated_at)
on public.payout_accounts to authenticated;
create policy "partners read their own payout account, finance all" on public.payout_accounts
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.payout_account_links enable row level security;
alter table public.payout_account_links force row level security;
grant select on public.payout_account_links to authenticated;
-- The link opens the partner's account at Stripe: whoever reads it must have shown the second factor.
create policy "partners read their own account links with a second factor" on public.payout_account_links
for select to authenticated
using (partner_id = (select private.me()) and (select private.aal()) = 'aal2');

alter table ledger.accounts enable row level security;
alter table ledger.accounts force row level security;
alter table ledger.journals enable row level security;
alter table ledger.journals force row level security;
alter table ledger.lines enable row level security;
alter table ledger.lines force row level security;
alter table ops.events enable row level security;
alter table ops.events force row level security;
alter table ops.topics enable row level security;
alter table ops.topics force row level security;
alter table ops.outbox enable row level security;
alter table ops.outbox force row level security;
alter table ops.inbound_events enable row level security;
alter table ops.inbound_events force row level security;
alter table ops.push_deliveries enable row level security;
alter table ops.push_deliveries force row level security;

grant execute on function private.claim_win(uuid, bigint, text, uuid) to authenticated;
grant execute on function public.claim_win(uuid, bigint, text, uuid) to authenticated;
grant execute on function private.verify_deal(text, bigint) to authenticated;
grant execute on function public.verify_deal(text, bigint) to authenticated;
grant execute on function private.earnings_summary() to authenticated;
grant execute on function public.earnings_summary() to authenticated;
grant execute on function private.why_this_amount(uuid) to authenticated;
grant execute on function public.why_this_amount(uuid) to authenticated;
grant execute on function private.request_payout(text, uuid) to authenticated;
grant execute on function public.request_payout(text, uuid) to authenticated;
grant execute on function private.approve_payout(uuid) to authenticated;
grant execute on function public.approve_payout(uuid) to authenticated;
grant execute on function private.request_onboarding_link(uuid) to authenticated;
grant execute on function public.request_onboarding_link(uuid) to authenticated;
