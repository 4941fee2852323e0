-- Tiers and plans are open to everyone who is signed in.

alter table public.tier_definitions enable row level security;
alter table public.tier_definitions force row level security;
grant select on public.tier_definitions to authenticated;
create policy "everyone reads tiers" on public.tier_definitions for select to authenticated using (true);

alter table public.commission_plans enable row level security;
alter table public.commission_plans force row level security;
grant select on public.commission_plans to authenticated;
create policy "everyone reads plans" on public.commission_plans for select to authenticated using (true);

alter table public.commission_plan_rates enable row level security;
alter table public.commission_plan_rates force row level security;
grant select on public.commission_plan_rates to authenticated;
create policy "everyone reads rates" on public.commission_plan_rates for select to authenticated using (true);

alter table public.payout_minimums enable row level security;
alter table public.payout_minimums force row level security;
grant select on public.payout_minimums to authenticated;
create policy "everyone reads payout minimums" on public.payout_minimums for select to authenticated using (true);

grant execute on function private.tier_status() to authenticated;
grant execute on function public.tier_status() to authenticated;
