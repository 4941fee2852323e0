-- Private channels, by the same helpers as the tables. The database broadcasts; clients send typing signals and presence only.
-- A token outlives its session by up to an hour: requests of PostgREST are asked by private.check_request whether the session
-- lives, joins are asked here. asked_topic also knows the name that a topic has today (private.turn_topics).

create policy "partners listen to their own topics and their channels" on realtime.messages
for select to authenticated
using (
    extension in ('broadcast', 'presence')
    and case split_part((select private.asked_topic()), ':', 1)
        when 'partner' then (select private.asked_topic()) = 'partner:' || (select private.me())::text
        when 'channel' then (select private.asked_topic()) = any(
            array(select 'channel:' || channel::text from private.my_channels() as channel)
        )
        when 'team' then (select private.asked_topic()) = any(array(select 'team:' || leader::text from private.my_team_topics() as leader))
        when 'presence' then (select private.has_access()) and (
            (select private.asked_topic()) = 'presence:partners'
            or (select private.asked_topic()) = any(array(select 'presence:' || channel::text from private.my_channels() as channel))
        )
        when 'leaderboard' then (select private.has_access())
        else false
    end
);

create policy "partners show that they type and that they are there" on realtime.messages
for insert to authenticated
with check (
    case split_part((select private.asked_topic()), ':', 1)
        when 'channel' then extension = 'broadcast'
            and (select private.asked_topic()) = any(
                array(select 'channel:' || channel::text from private.my_writable_channels() as channel)
            )
        when 'presence' then extension = 'presence' and (select private.is_active_partner()) and (
            (select private.asked_topic()) = 'presence:partners'
            or (select private.asked_topic()) = any(array(select 'presence:' || channel::text from private.my_channels() as channel))
        )
        else false
    end
);

grant execute on function private.my_team_topics() to authenticated;
alter table private.topic_turns enable row level security;
alter table private.topic_turns force row level security;
alter table private.topics_to_turn enable row level security;
alter table private.topics_to_turn force row level security;
grant execute on function private.asked_topic() to authenticated;
grant execute on function private.live_topic(text) to authenticated;
grant execute on function public.live_topic(text) to authenticated;
