-- Refunds, disputes and holds. What happened to a partner's money they read for ever (F-08, F-17); nobody writes but functions.

alter table public.client_refunds enable row level security;
alter table public.client_refunds force row level security;
grant select on public.client_refunds to authenticated;
create policy "partners read the refunds of their own deals, finance all" on public.client_refunds
for select to authenticated
using (
    deal_id in (select deal.id from public.deals as deal where deal.partner_id = (select private.me()))
    or (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.client_disputes enable row level security;
alter table public.client_disputes force row level security;
grant select on public.client_disputes to authenticated;
create policy "partners read the disputes of their own deals, finance all" on public.client_disputes
for select to authenticated
using (
    deal_id in (select deal.id from public.deals as deal where deal.partner_id = (select private.me()))
    or (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.risk_holds enable row level security;
alter table public.risk_holds force row level security;
grant select on public.risk_holds to authenticated;
create policy "partners read the holds on their own money, finance all" on public.risk_holds
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
);

alter table private.forfeits enable row level security;
alter table private.forfeits force row level security;
alter table private.cash_hooks enable row level security;
alter table private.cash_hooks force row level security;

grant execute on function private.cancel_deal(text, text) to authenticated;
grant execute on function public.cancel_deal(text, text) to authenticated;

alter table private.recompute_findings enable row level security;
alter table private.recompute_findings force row level security;
alter table private.invariant_findings enable row level security;
alter table private.invariant_findings force row level security;
