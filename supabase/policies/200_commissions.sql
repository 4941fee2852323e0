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
