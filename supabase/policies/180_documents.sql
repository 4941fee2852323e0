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

-- The documents worker puts papers into three buckets through the Storage server, as its own role. It never replaces one.
grant usage on schema storage to documents_worker;
grant select, insert on storage.objects to documents_worker;

create policy "the documents worker reads the papers it has made" on storage.objects
for select to documents_worker
using (bucket_id in ('statements', 'certificates', 'exports'));

create policy "the documents worker files papers" on storage.objects
for insert to documents_worker
with check (bucket_id in ('statements', 'certificates', 'exports'));
