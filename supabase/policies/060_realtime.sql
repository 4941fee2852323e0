-- Private channels, by the same helpers as the tables. The database broadcasts; clients send typing signals and presence only.

create policy "partners listen to their own topics and their channels" on realtime.messages
for select to authenticated
using (
    extension in ('broadcast', 'presence')
    and case split_part((select realtime.topic()), ':', 1)
        when 'partner' then (select realtime.topic()) = 'partner:' || (select private.me())::text
        when 'channel' then (select realtime.topic()) = any(array(select 'channel:' || channel::text from private.my_channels() as channel))
        when 'team' then (select realtime.topic()) = any(array(select 'team:' || leader::text from private.my_team_topics() as leader))
        when 'presence' then (select private.has_access()) and (
            (select realtime.topic()) = 'presence:partners'
            or (select realtime.topic()) = any(array(select 'presence:' || channel::text from private.my_channels() as channel))
        )
        when 'leaderboard' then (select private.has_access())
        else false
    end
);

create policy "partners show that they type and that they are there" on realtime.messages
for insert to authenticated
with check (
    case split_part((select realtime.topic()), ':', 1)
        when 'channel' then extension = 'broadcast'
            and (select realtime.topic()) = any(array(select 'channel:' || channel::text from private.my_writable_channels() as channel))
        when 'presence' then extension = 'presence' and (select private.is_active_partner()) and (
            (select realtime.topic()) = 'presence:partners'
            or (select realtime.topic()) = any(array(select 'presence:' || channel::text from private.my_channels() as channel))
        )
        else false
    end
);

grant execute on function private.my_team_topics() to authenticated;
