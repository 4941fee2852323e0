-- Outbound webhooks: admins see endpoints and deliveries; functions write; the secret is read by nobody here.

alter table public.webhooks enable row level security;
alter table public.webhooks force row level security;
grant select (id, url, description, event_types, created_by, created_at, retired_at, retired_by) on public.webhooks to authenticated;
create policy "admins read webhooks" on public.webhooks
for select to authenticated
using ((select private.my_roles()) && array['admin', 'owner']::public.staff_role[]);

alter table public.webhook_deliveries enable row level security;
alter table public.webhook_deliveries force row level security;
grant select on public.webhook_deliveries to authenticated;
create policy "admins read deliveries" on public.webhook_deliveries
for select to authenticated
using ((select private.my_roles()) && array['admin', 'owner']::public.staff_role[]);

grant execute on function private.register_webhook(text, text, text[]) to authenticated;
grant execute on function public.register_webhook(text, text, text[]) to authenticated;
grant execute on function private.retire_webhook(uuid) to authenticated;
grant execute on function public.retire_webhook(uuid) to authenticated;
grant execute on function private.close_moderation_case(uuid, text) to authenticated;
grant execute on function public.close_moderation_case(uuid, text) to authenticated;
