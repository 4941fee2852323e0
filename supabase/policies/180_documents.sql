-- Statements, certificates, exports. Partners read their own always (F-17: a suspended or former partner, too).

alter table public.statements enable row level security;
alter table public.statements force row level security;
grant select on public.statements to authenticated;
create policy "partners read their own statements, finance all" on public.statements
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.statement_files enable row level security;
alter table public.statement_files force row level security;
grant select on public.statement_files to authenticated;
create policy "partners read where their own statements lie, finance all" on public.statement_files
for select to authenticated
using (
    statement_id in (select made.id from public.statements as made where made.partner_id = (select private.me()))
    or (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
);

alter table ledger.journal_words enable row level security;
alter table ledger.journal_words force row level security;
alter table ledger.stated_lines enable row level security;
alter table ledger.stated_lines force row level security;

grant execute on function private.list_my_statements() to authenticated;
grant execute on function public.list_my_statements() to authenticated;
grant execute on function private.prepare_statements(date, uuid) to authenticated;
grant execute on function public.prepare_statements(date, uuid) to authenticated;

grant execute on function worker.enqueue_statement_jobs(date, text, uuid, integer) to documents_worker;
grant execute on function worker.make_statements(uuid, date) to documents_worker;
grant execute on function worker.statement_text(uuid) to documents_worker;
grant execute on function worker.record_statement_file(uuid, text, text, text, bigint) to documents_worker;

alter table public.certificate_files enable row level security;
alter table public.certificate_files force row level security;
grant select on public.certificate_files to authenticated;
create policy "partners read where their own certificates lie, support all" on public.certificate_files
for select to authenticated
using (
    certificate_id in (select given.id from public.certificates as given where given.partner_id = (select private.me()))
    or (select private.my_roles()) && array['support', 'admin', 'owner']::public.staff_role[]
);
grant execute on function worker.certificate_facts(uuid) to documents_worker;
grant execute on function worker.record_certificate_file(uuid, text, text, bigint) to documents_worker;

alter table ops.export_tables enable row level security;
alter table ops.export_tables force row level security;

-- Not even staff see who took out what; the audit log has it.
alter table public.exports enable row level security;
alter table public.exports force row level security;
grant select on public.exports to authenticated;
create policy "partners read their own exports" on public.exports
for select to authenticated
using (partner_id = (select private.me()));
grant execute on function private.request_export(uuid) to authenticated;
grant execute on function public.request_export(uuid) to authenticated;
grant execute on function worker.begin_export(uuid) to documents_worker;
grant execute on function worker.export_page(uuid, text, jsonb, integer) to documents_worker;
grant execute on function worker.finish_export(uuid, text, text, bigint, bigint) to documents_worker;

alter table public.finance_exports enable row level security;
alter table public.finance_exports force row level security;
grant select on public.finance_exports to authenticated;
create policy "finance reads exports of the books" on public.finance_exports
for select to authenticated
using ((select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]);
grant execute on function private.request_finance_export(public.finance_export_kind, date, date, uuid) to authenticated;
grant execute on function public.request_finance_export(public.finance_export_kind, date, date, uuid) to authenticated;
grant execute on function worker.finance_export_page(uuid, jsonb, integer) to documents_worker;
grant execute on function worker.finish_finance_export(uuid, text, text, bigint, bigint) to documents_worker;
grant execute on function worker.due_export(uuid) to documents_worker;
grant execute on function worker.expire_export(uuid) to documents_worker;

-- The documents worker puts papers into three buckets through the Storage server, as its own role. It replaces none, and
-- removes exports alone.
grant usage on schema storage to documents_worker;
grant select, insert, delete on storage.objects to documents_worker;

create policy "the documents worker removes exports" on storage.objects
for delete to documents_worker
using (bucket_id = 'exports');

create policy "the documents worker reads the papers it has made" on storage.objects
for select to documents_worker
using (bucket_id in ('statements', 'certificates', 'exports'));

create policy "the documents worker files papers" on storage.objects
for insert to documents_worker
with check (bucket_id in ('statements', 'certificates', 'exports'));
