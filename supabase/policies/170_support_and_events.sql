-- Support, questions and answers, events, preferences.

alter table public.business_calendar enable row level security;
alter table public.business_calendar force row level security;
grant select on public.business_calendar to authenticated;
create policy "everyone reads support's hours" on public.business_calendar for select to authenticated using (true);

alter table public.business_holidays enable row level security;
alter table public.business_holidays force row level security;
grant select on public.business_holidays to authenticated;
create policy "everyone reads support's days off" on public.business_holidays for select to authenticated using (true);

alter table public.support_levels enable row level security;
alter table public.support_levels force row level security;
grant select on public.support_levels to authenticated;
create policy "everyone reads what support promises" on public.support_levels for select to authenticated using (true);

-- Support stays open to suspended and former partners (F-17): no restrictive policy here.
alter table public.support_tickets enable row level security;
alter table public.support_tickets force row level security;
grant select on public.support_tickets to authenticated;
create policy "partners read their own tickets, support staff all" on public.support_tickets
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['support', 'finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.ticket_messages enable row level security;
alter table public.ticket_messages force row level security;
grant select on public.ticket_messages to authenticated;
create policy "partners read the answers to their tickets, staff all" on public.ticket_messages
for select to authenticated
using (
    (
        not internal
        and ticket_id in (select ticket.id from public.support_tickets as ticket where ticket.partner_id = (select private.me()))
    )
    or (select private.my_roles()) && array['support', 'finance', 'admin', 'owner']::public.staff_role[]
);

alter table public.faq_articles enable row level security;
alter table public.faq_articles force row level security;
grant select on public.faq_articles to authenticated;
create policy "everyone reads published answers of their tier, staff all" on public.faq_articles
for select to authenticated
using (
    (published and (tier_requirement is null or tier_requirement <= (select private.my_tier())))
    or (select private.my_roles()) && array['support', 'admin', 'owner']::public.staff_role[]
);

alter table public.faq_votes enable row level security;
alter table public.faq_votes force row level security;
grant select on public.faq_votes to authenticated;
create policy "partners read their own votes" on public.faq_votes
for select to authenticated
using (partner_id = (select private.me()) and (select private.has_access()));

alter table public.events enable row level security;
alter table public.events force row level security;
grant select on public.events to authenticated;
create policy "partners see the events open to them, staff all" on public.events
for select to authenticated
using (
    (
        (select private.has_access())
        and (tier_requirement is null or tier_requirement <= (select private.my_tier()))
        and (host_partner_id is null or host_partner_id = any(array(select private.my_team_topics())))
    )
    or (select private.my_roles()) && array['support', 'admin', 'owner']::public.staff_role[]
);

alter table public.event_rsvps enable row level security;
alter table public.event_rsvps force row level security;
grant select on public.event_rsvps to authenticated;
create policy "partners read their own answers, staff all" on public.event_rsvps
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['support', 'admin', 'owner']::public.staff_role[]
);
create policy "suspended partners see no answers to invitations" on public.event_rsvps
as restrictive for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);

grant select on public.engagement_events to authenticated;

alter table public.client_feedback enable row level security;
alter table public.client_feedback force row level security;
grant select on public.client_feedback to authenticated;
create policy "partners read what their clients said, staff all" on public.client_feedback
for select to authenticated
using (
    partner_id = (select private.me())
    or (select private.my_roles()) && array['support', 'admin', 'owner']::public.staff_role[]
);
create policy "suspended partners see no feedback" on public.client_feedback
as restrictive for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);

alter table private.feedback_links enable row level security;
alter table private.feedback_links force row level security;

alter table public.notification_preferences enable row level security;
alter table public.notification_preferences force row level security;
grant select on public.notification_preferences to authenticated;
create policy "partners read their own preferences" on public.notification_preferences
for select to authenticated
using (partner_id = (select private.me()));
create policy "suspended partners see no preferences" on public.notification_preferences
as restrictive for select to authenticated
using ((select private.has_access()));

alter table public.quiet_hours enable row level security;
alter table public.quiet_hours force row level security;
grant select on public.quiet_hours to authenticated;
create policy "partners read their own quiet hours" on public.quiet_hours
for select to authenticated
using (partner_id = (select private.me()));
create policy "suspended partners see no quiet hours" on public.quiet_hours
as restrictive for select to authenticated
using ((select private.has_access()));

grant execute on function private.open_ticket(uuid, text, text, public.ticket_priority, text) to authenticated;
grant execute on function public.open_ticket(text, text, text, public.ticket_priority, uuid) to authenticated;
grant execute on function private.answer_ticket(uuid, text, public.ticket_status, boolean) to authenticated;
grant execute on function public.answer_ticket(uuid, text, public.ticket_status, boolean) to authenticated;
grant execute on function public.search_faq(text) to authenticated;
grant execute on function private.vote_faq(uuid, boolean) to authenticated;
grant execute on function public.vote_faq(uuid, boolean) to authenticated;
grant execute on function private.answer_event(uuid, boolean) to authenticated;
grant execute on function public.answer_event(uuid, boolean) to authenticated;
grant execute on function private.mark_attendance(uuid, uuid, boolean) to authenticated;
grant execute on function public.mark_attendance(uuid, uuid, boolean) to authenticated;
grant execute on function private.set_notification_preference(public.notification_type, public.notification_channel, boolean)
to authenticated;
grant execute on function public.set_notification_preference(public.notification_type, public.notification_channel, boolean)
to authenticated;
grant execute on function private.set_quiet_hours(time, time) to authenticated;
grant execute on function public.set_quiet_hours(time, time) to authenticated;
-- A client of a client: no account, a secret in a mail.
grant execute on function private.give_feedback(text, integer, text) to anon, authenticated;
grant execute on function public.give_feedback(text, integer, text) to anon, authenticated;
