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
grant execute on function private.shared_deal(uuid) to authenticated; -- what the view shows of a deal that pays its reader

alter table public.payouts enable row level security;
alter table public.payouts force row level security;
grant select (
    id, partner_id, kind, currency, amount, method, fee, status, plan_id, approvals_needed, requested_by, run_id, refund_of,
    country, requested_at, sent_at, paid_at, failure_code, failure_message, updated_at
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
grant select (
    partner_id, status, country, requirements_due, destination_label, destination_changed_at, security_changed_at,
    connected_with_mfa_at, tax_status, updated_at
) on public.payout_accounts to authenticated;
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

alter table public.payout_approvals enable row level security;
alter table public.payout_approvals force row level security;
grant select on public.payout_approvals to authenticated;
create policy "finance reads decisions about payouts" on public.payout_approvals
for select to authenticated
using ((select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]);

alter table public.payout_holds enable row level security;
alter table public.payout_holds force row level security;
grant select on public.payout_holds to authenticated;
create policy "partners read the holds on their own payouts, the desk all" on public.payout_holds
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['support', 'finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.payout_runs enable row level security;
alter table public.payout_runs force row level security;
grant select on public.payout_runs to authenticated;
create policy "finance reads payout runs" on public.payout_runs
for select to authenticated
using ((select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]);

alter table public.instant_fees enable row level security;
alter table public.instant_fees force row level security;
grant select on public.instant_fees to authenticated;
create policy "everybody signed in reads the fees of instant payouts" on public.instant_fees
for select to authenticated
using (true);

-- Applicants choose among these, too.
alter table public.payout_countries enable row level security;
alter table public.payout_countries force row level security;
grant select on public.payout_countries to authenticated;
create policy "everybody signed in reads where payouts go" on public.payout_countries
for select to authenticated
using (true);

alter table public.tax_thresholds enable row level security;
alter table public.tax_thresholds force row level security;
grant select on public.tax_thresholds to authenticated;
create policy "finance reads tax thresholds" on public.tax_thresholds
for select to authenticated
using ((select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]);

alter table public.instant_payouts enable row level security;
alter table public.instant_payouts force row level security;
grant select (payout_id, status, quoted_fee, fallback_reason, arrived_at, created_at) on public.instant_payouts to authenticated;
create policy "partners read their own instant payouts, finance all" on public.instant_payouts
for select to authenticated
using (
    payout_id in (select payout.id from public.payouts as payout where payout.partner_id = (select private.me()))
    or (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.bank_payouts enable row level security;
alter table public.bank_payouts force row level security;
grant select on public.bank_payouts to authenticated;
create policy "partners read the payouts to their own bank, finance all" on public.bank_payouts
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.payout_reversals enable row level security;
alter table public.payout_reversals force row level security;
grant select (
    id, payout_id, amount, reason, status, proposed_by, decided_by, settled, stripe_reversal_id, failure_code, failure_message, created_at,
    done_at
) on public.payout_reversals to authenticated;
create policy "finance reads reversals of payouts" on public.payout_reversals
for select to authenticated
using ((select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]);

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
grant execute on function private.reject_payout(uuid, text) to authenticated;
grant execute on function public.reject_payout(uuid, text) to authenticated;
grant execute on function private.final_payout(uuid, text, uuid) to authenticated;
grant execute on function public.final_payout(uuid, text, uuid) to authenticated;
grant execute on function private.hold_payouts(uuid, text) to authenticated;
grant execute on function public.hold_payouts(uuid, text) to authenticated;
grant execute on function private.end_payout_hold(uuid, text) to authenticated;
grant execute on function public.end_payout_hold(uuid, text) to authenticated;
grant execute on function private.payouts_to_approve() to authenticated;
grant execute on function public.payouts_to_approve() to authenticated;
grant execute on function private.my_payout_standing() to authenticated;
grant execute on function public.my_payout_standing() to authenticated;
grant execute on function private.quote_instant_payout(text) to authenticated;
grant execute on function public.quote_instant_payout(text) to authenticated;
grant execute on function private.request_instant_payout(text, bigint, uuid) to authenticated;
grant execute on function public.request_instant_payout(text, bigint, uuid) to authenticated;
grant execute on function private.preview_payout_run(uuid) to authenticated;
grant execute on function public.preview_payout_run(uuid) to authenticated;
grant execute on function private.approve_payout_run(uuid) to authenticated;
grant execute on function public.approve_payout_run(uuid) to authenticated;
grant execute on function private.execute_payout_run(uuid) to authenticated;
grant execute on function public.execute_payout_run(uuid) to authenticated;
grant execute on function private.reconcile_payout_run(uuid) to authenticated;
grant execute on function public.reconcile_payout_run(uuid) to authenticated;
grant execute on function private.propose_payout_reversal(uuid, bigint, text, uuid) to authenticated;
grant execute on function public.propose_payout_reversal(uuid, text, uuid, bigint) to authenticated;
grant execute on function private.decide_payout_reversal(uuid, text) to authenticated;
grant execute on function public.decide_payout_reversal(uuid, text) to authenticated;
grant execute on function private.my_tax() to authenticated;
grant execute on function public.my_tax() to authenticated;
grant execute on function private.tax_report(integer) to authenticated;
grant execute on function public.tax_report(integer) to authenticated;
grant execute on function private.set_tax_threshold(text, text, integer, text, bigint, text) to authenticated;
grant execute on function public.set_tax_threshold(text, text, integer, text, text, bigint) to authenticated;
grant execute on function private.set_payout_country(text, text, boolean, boolean, text) to authenticated;
grant execute on function public.set_payout_country(text, text, boolean, boolean, text) to authenticated;
grant execute on function private.change_partner_country(uuid, text, text) to authenticated;
grant execute on function public.change_partner_country(uuid, text, text) to authenticated;
grant execute on function private.request_onboarding_link(uuid) to authenticated;
grant execute on function public.request_onboarding_link(uuid) to authenticated;
grant execute on function private.import_client_events(jsonb, boolean) to authenticated;
grant execute on function public.import_client_events(jsonb, boolean) to authenticated;

-- What freezes payouts after a change that was not the partner's: everybody with the link of the mail.
alter table ops.security_notices enable row level security;
alter table ops.security_notices force row level security;
alter table private.not_me_links enable row level security;
alter table private.not_me_links force row level security;
grant execute on function private.report_not_me(text) to anon, authenticated;
grant execute on function public.report_not_me(text) to anon, authenticated;
