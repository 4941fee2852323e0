-- Reconciliation with Stripe: tables that nobody reads directly; finance asks by functions.

alter table ops.reconciliation_runs enable row level security;
alter table ops.reconciliation_runs force row level security;
alter table ops.stripe_movements enable row level security;
alter table ops.stripe_movements force row level security;
alter table ops.reconciliation_differences enable row level security;
alter table ops.reconciliation_differences force row level security;

grant execute on function worker.begin_reconciliation(uuid) to payouts_worker;
grant execute on function worker.save_reconciliation_page(bigint, text, jsonb, text, boolean) to payouts_worker;
grant execute on function worker.hand_over_reconciliation(bigint) to payouts_worker;
grant execute on function worker.finish_reconciliation(bigint) to payouts_worker;

grant execute on function private.reconcile_stripe(uuid) to authenticated;
grant execute on function public.reconcile_stripe(uuid) to authenticated;
grant execute on function private.reconciliation_report() to authenticated;
grant execute on function public.reconciliation_report() to authenticated;
grant execute on function private.resolve_difference(uuid, text) to authenticated;
grant execute on function public.resolve_difference(uuid, text) to authenticated;
