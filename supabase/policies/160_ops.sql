-- Operations: audit, limits, sync. No partner reads or writes these tables; functions do.

alter table ops.audit_log enable row level security;
alter table ops.audit_log force row level security;
alter table ops.audit_heads enable row level security;
alter table ops.audit_heads force row level security;
alter table ops.audit_anchors enable row level security;
alter table ops.audit_anchors force row level security;
alter table ops.rate_limits enable row level security;
alter table ops.rate_limits force row level security;
alter table ops.rate_buckets enable row level security;
alter table ops.rate_buckets force row level security;

grant execute on function worker.audit_anchor(date) to notifications_worker;

-- PostgREST calls it before every request, as the role of the request.
grant execute on function private.check_request() to anon, authenticated, service_role,
commissions_worker, payouts_worker, accounts_worker, notifications_worker, documents_worker;
grant usage on schema private to service_role, commissions_worker, payouts_worker, accounts_worker, notifications_worker, documents_worker;

alter table ops.sync_tables enable row level security;
alter table ops.sync_tables force row level security;
alter table ops.sync_functions enable row level security;
alter table ops.sync_functions force row level security;
alter table ops.applied_ops enable row level security;
alter table ops.applied_ops force row level security;
alter table ops.tombstones enable row level security;
alter table ops.tombstones force row level security;

grant execute on function public.apply_ops(jsonb) to authenticated;
grant execute on function public.changes_since(text) to authenticated;
grant execute on function private.apply_op(jsonb) to authenticated;
grant execute on function private.op_insert(ops.sync_tables, uuid, jsonb) to authenticated;
grant execute on function private.op_update(ops.sync_tables, uuid, bigint, jsonb) to authenticated;
grant execute on function private.op_delete(ops.sync_tables, uuid) to authenticated;
grant execute on function private.op_call(text, jsonb) to authenticated;
grant execute on function private.sync_table(text) to authenticated;
grant execute on function private.sync_table_names() to authenticated;
grant execute on function private.is_sync_function(text) to authenticated;
grant execute on function private.recall_op(uuid) to authenticated;
grant execute on function private.remember_op(uuid, jsonb) to authenticated;
grant execute on function private.tombstones_since(xid8, xid8) to authenticated;
grant execute on function private.fail(text, text, text, text, text, text) to authenticated;
-- The type of a row of ops.sync_tables is used in signatures.
grant usage on schema ops to authenticated;
