-- Chat. Who is in a channel reads it; everything is written by functions. private.my_channels() is the one rule.

grant execute on function private.my_channels() to authenticated;
grant execute on function private.my_writable_channels() to authenticated;

alter table public.chat_categories enable row level security;
alter table public.chat_categories force row level security;
grant select on public.chat_categories to authenticated;
create policy "partners with access and staff read categories" on public.chat_categories
for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);

alter table public.chat_channels enable row level security;
alter table public.chat_channels force row level security;
grant select on public.chat_channels to authenticated;
create policy "partners see the channels they may read" on public.chat_channels
for select to authenticated
using (id = any(array(select private.my_channels())));

alter table public.channel_members enable row level security;
alter table public.channel_members force row level security;
grant select on public.channel_members to authenticated;
create policy "partners see who is in their channels" on public.channel_members
for select to authenticated
using (channel_id = any(array(select private.my_channels())));

alter table public.read_cursors enable row level security;
alter table public.read_cursors force row level security;
grant select on public.read_cursors to authenticated;
create policy "partners see how far they have read" on public.read_cursors
for select to authenticated
using (partner_id = (select private.me()) and (select private.has_access()));

alter table public.chat_messages enable row level security;
alter table public.chat_messages force row level security;
grant select (
    id, channel_id, seq, partner_id, author_name, kind, message, thread_id, parent_message_id, reactions, reply_count,
    edited_at, deleted_at, search, created_at
) on public.chat_messages to authenticated;
create policy "partners read the messages of their channels" on public.chat_messages
for select to authenticated
using (channel_id = any(array(select private.my_channels())));

-- What was said before an edit is for moderators under a case, who get it from functions.
alter table public.message_edits enable row level security;
alter table public.message_edits force row level security;

alter table public.message_reactions enable row level security;
alter table public.message_reactions force row level security;
grant select on public.message_reactions to authenticated;
create policy "partners see the reactions in their channels" on public.message_reactions
for select to authenticated
using (message_id in (select message.id from public.chat_messages as message));

alter table public.attachments enable row level security;
alter table public.attachments force row level security;
grant select on public.attachments to authenticated;
create policy "partners see the files in their channels" on public.attachments
for select to authenticated
using (message_id in (select message.id from public.chat_messages as message));

alter table public.message_mentions enable row level security;
alter table public.message_mentions force row level security;
grant select on public.message_mentions to authenticated;
create policy "partners see where they are mentioned" on public.message_mentions
for select to authenticated
using (partner_id = (select private.me()) and (select private.has_access()));

alter table public.message_pins enable row level security;
alter table public.message_pins force row level security;
grant select on public.message_pins to authenticated;
create policy "partners see the pins of their channels" on public.message_pins
for select to authenticated
using (channel_id = any(array(select private.my_channels())));

alter table public.partner_blocks enable row level security;
alter table public.partner_blocks force row level security;
grant select on public.partner_blocks to authenticated;
create policy "partners see whom they have blocked" on public.partner_blocks
for select to authenticated
using (partner_id = (select private.me()) and (select private.has_access()));

alter table public.partner_presence enable row level security;
alter table public.partner_presence force row level security;
grant select on public.partner_presence to authenticated;
create policy "partners see each other's status" on public.partner_presence
for select to authenticated
using ((select private.has_access()));

alter table public.moderation_cases enable row level security;
alter table public.moderation_cases force row level security;
grant select (id, channel_id, reason, opened_at, closed_at, outcome) on public.moderation_cases to authenticated;
create policy "people in a channel and moderators see its cases" on public.moderation_cases
for select to authenticated
using (
    channel_id = any(array(select private.my_channels()))
    or (select private.my_roles()) && array['moderator', 'admin', 'owner']::public.staff_role[]
);

alter table public.moderation_actions enable row level security;
alter table public.moderation_actions force row level security;
grant select (id, case_id, channel_id, action, message_id, partner_id, created_at) on public.moderation_actions to authenticated;
create policy "people in a channel and moderators see what was done there" on public.moderation_actions
for select to authenticated
using (
    channel_id = any(array(select private.my_channels()))
    or (select private.my_roles()) && array['moderator', 'admin', 'owner']::public.staff_role[]
);

alter table public.message_reports enable row level security;
alter table public.message_reports force row level security;
grant select on public.message_reports to authenticated;
create policy "reporters see their own reports, moderators all" on public.message_reports
for select to authenticated
using (
    reporter_id = (select private.me())
    or (select private.my_roles()) && array['moderator', 'admin', 'owner']::public.staff_role[]
);
create policy "suspended partners see no reports" on public.message_reports
as restrictive for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);

grant execute on function private.send_message(uuid, uuid, text, uuid, jsonb) to authenticated;
grant execute on function public.send_message(uuid, uuid, text, uuid, jsonb) to authenticated;
grant execute on function private.edit_message(uuid, text) to authenticated;
grant execute on function public.edit_message(uuid, text) to authenticated;
grant execute on function private.delete_message(uuid) to authenticated;
grant execute on function public.delete_message(uuid) to authenticated;
grant execute on function private.set_reaction(uuid, text, boolean) to authenticated;
grant execute on function public.set_reaction(uuid, text, boolean) to authenticated;
grant execute on function private.set_pin(uuid, boolean) to authenticated;
grant execute on function public.set_pin(uuid, boolean) to authenticated;
grant execute on function private.mark_channel_read(uuid, bigint) to authenticated;
grant execute on function public.mark_channel_read(uuid, bigint) to authenticated;
grant execute on function private.open_direct(uuid) to authenticated;
grant execute on function public.open_direct(uuid) to authenticated;
grant execute on function private.list_channels() to authenticated;
grant execute on function public.list_channels() to authenticated;
grant execute on function private.set_channel_notifications(uuid, public.channel_notifications) to authenticated;
grant execute on function public.set_channel_notifications(uuid, public.channel_notifications) to authenticated;
grant execute on function private.set_block(uuid, boolean) to authenticated;
grant execute on function public.set_block(uuid, boolean) to authenticated;
grant execute on function private.set_presence(public.presence_status, text) to authenticated;
grant execute on function public.set_presence(public.presence_status, text) to authenticated;
grant execute on function private.report_message(uuid, text) to authenticated;
grant execute on function public.report_message(uuid, text) to authenticated;
grant execute on function private.open_moderation_case(uuid, text) to authenticated;
grant execute on function public.open_moderation_case(uuid, text) to authenticated;
grant execute on function private.read_under_case(uuid, bigint) to authenticated;
grant execute on function public.read_under_case(uuid, bigint) to authenticated;
grant execute on function private.remove_message(uuid, text) to authenticated;
grant execute on function public.remove_message(uuid, text) to authenticated;
grant execute on function private.restore_message(uuid, text) to authenticated;
grant execute on function public.restore_message(uuid, text) to authenticated;
grant execute on function private.dismiss_report(uuid, text) to authenticated;
grant execute on function public.dismiss_report(uuid, text) to authenticated;
grant execute on function private.mute_member(uuid, uuid, timestamptz, text) to authenticated;
grant execute on function public.mute_member(uuid, uuid, timestamptz, text) to authenticated;
grant execute on function private.post_announcement(text, text) to authenticated;
grant execute on function public.post_announcement(text, text) to authenticated;
