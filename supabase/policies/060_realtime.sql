-- Private channels. A partner listens to their own topic; nobody sends from a client.

create policy "partners listen to their own topic" on realtime.messages
for select to authenticated
using (
    extension in ('broadcast', 'presence')
    and (select realtime.topic()) = 'partner:' || (select private.me())::text
);
