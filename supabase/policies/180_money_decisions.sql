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
