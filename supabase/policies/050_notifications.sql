-- Notifications and push subscriptions: one's own, nobody else's.

alter table public.notifications enable row level security;
alter table public.notifications force row level security;
grant select on public.notifications to authenticated;
create policy "partners read their own notifications" on public.notifications
for select to authenticated
using (partner_id = (select private.me()));
create policy "suspended partners see no notifications" on public.notifications
as restrictive for select to authenticated
using ((select private.has_access()));

-- Keys of devices: only functions read and write them.
alter table public.push_subscriptions enable row level security;
alter table public.push_subscriptions force row level security;
grant select (id, partner_id, user_agent, created_at, last_success_at) on public.push_subscriptions to authenticated;
create policy "partners read their own push subscriptions" on public.push_subscriptions
for select to authenticated
using (partner_id = (select private.me()));
create policy "suspended partners see no devices" on public.push_subscriptions
as restrictive for select to authenticated
using ((select private.has_access()));

grant execute on function private.subscribe_push(text, text, text, text) to authenticated;
grant execute on function public.subscribe_push(text, text, text, text) to authenticated;
grant execute on function private.unsubscribe_push(text) to authenticated;
grant execute on function public.unsubscribe_push(text) to authenticated;
grant execute on function private.mark_notifications_read(uuid[]) to authenticated;
grant execute on function public.mark_notifications_read(uuid[]) to authenticated;
