-- Decisions of staff about money. Partners read what is said about their own, always (F-17); nobody writes but functions.

alter table public.staff_notices enable row level security;
alter table public.staff_notices force row level security;
grant select on public.staff_notices to authenticated;
create policy "staff read the notices of their desks, owners all" on public.staff_notices
for select to authenticated
using ((for_roles || 'owner'::public.staff_role) && (select private.my_roles()));

alter table public.deal_cases enable row level security;
alter table public.deal_cases force row level security;
grant select on public.deal_cases to authenticated;
create policy "partners read the cases of their own deals, staff all" on public.deal_cases
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['support', 'finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.deal_evidence enable row level security;
alter table public.deal_evidence force row level security;
grant select on public.deal_evidence to authenticated;
create policy "who reads a deal reads its evidence" on public.deal_evidence
for select to authenticated
using (deal_id in (select deal.id from public.deals as deal));

grant execute on function private.note_staff_notice(uuid) to authenticated;
grant execute on function public.note_staff_notice(uuid) to authenticated;
grant execute on function private.deal_queue(boolean, integer) to authenticated;
grant execute on function public.deal_queue(boolean, integer) to authenticated;
grant execute on function private.ask_about_deal(text, text) to authenticated;
grant execute on function public.ask_about_deal(text, text) to authenticated;
grant execute on function private.add_deal_evidence(uuid, uuid, text, text) to authenticated;
grant execute on function public.add_deal_evidence(uuid, uuid, text, text) to authenticated;
grant execute on function private.reject_deal(text, text) to authenticated;
grant execute on function public.reject_deal(text, text) to authenticated;
grant execute on function private.reopen_deal(text, text) to authenticated;
grant execute on function public.reopen_deal(text, text) to authenticated;

-- Adjustments: partners read what was posted for them; proposals are for staff.
alter table public.adjustments enable row level security;
alter table public.adjustments force row level security;
grant select on public.adjustments to authenticated;
create policy "partners read adjustments that were posted to them, finance all" on public.adjustments
for select to authenticated
using (
    (partner_id = (select private.me()) and state = 'approved')
    or (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
);

grant execute on function private.propose_adjustment(uuid, uuid, bigint, text, text, uuid, uuid) to authenticated;
grant execute on function public.propose_adjustment(uuid, uuid, bigint, text, text, uuid, uuid) to authenticated;
grant execute on function private.propose_write_off(uuid, uuid, text, text) to authenticated;
grant execute on function public.propose_write_off(uuid, uuid, text, text) to authenticated;
grant execute on function private.decide_adjustment(uuid, text, text) to authenticated;
grant execute on function public.decide_adjustment(uuid, text, text) to authenticated;

-- Risk: rules and findings are for staff, so that nobody learns how to stay below them; partners read their holds.
alter table public.risk_rules enable row level security;
alter table public.risk_rules force row level security;
grant select on public.risk_rules to authenticated;
create policy "finance and admins read risk rules" on public.risk_rules
for select to authenticated
using ((select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]);

alter table public.risk_reviews enable row level security;
alter table public.risk_reviews force row level security;
grant select on public.risk_reviews to authenticated;
create policy "finance and admins read risk reviews" on public.risk_reviews
for select to authenticated
using ((select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]);

alter table public.reseller_declarations enable row level security;
alter table public.reseller_declarations force row level security;
grant select on public.reseller_declarations to authenticated;
create policy "partners read their own declaration, finance all" on public.reseller_declarations
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.hold_appeals enable row level security;
alter table public.hold_appeals force row level security;
grant select on public.hold_appeals to authenticated;
create policy "partners read their own appeals, finance all" on public.hold_appeals
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
);

grant execute on function private.declare_reseller(uuid, uuid, boolean, text) to authenticated;
grant execute on function public.declare_reseller(uuid, uuid, text, boolean) to authenticated;
grant execute on function private.set_risk_rule(text, text, boolean, jsonb, integer, text) to authenticated;
grant execute on function public.set_risk_rule(text, text, text, boolean, jsonb, integer) to authenticated;
grant execute on function private.appeal_hold(uuid, uuid, text) to authenticated;
grant execute on function public.appeal_hold(uuid, uuid, text) to authenticated;
grant execute on function private.my_holds() to authenticated;
grant execute on function public.my_holds() to authenticated;
grant execute on function private.risk_queue(integer) to authenticated;
grant execute on function public.risk_queue(integer) to authenticated;
grant execute on function private.open_hold(uuid, text, uuid, text, integer) to authenticated;
grant execute on function public.open_hold(uuid, text, text, uuid, integer) to authenticated;
grant execute on function private.decide_hold(uuid, text, text) to authenticated;
grant execute on function public.decide_hold(uuid, text, text) to authenticated;
grant execute on function private.decide_flag(uuid, boolean, text) to authenticated;
grant execute on function public.decide_flag(uuid, text, boolean) to authenticated;
