-- Files. One policy per verb over all buckets, because a second permissive policy would be a second way in.
-- Statements, certificates and exports are written by workers alone; money papers are always readable by their owner (F-17).

grant execute on function private.my_tiers() to authenticated;

create policy "partners read their own files and those of their channels and tiers" on storage.objects
for select to authenticated
using (
    case
        when bucket_id in ('avatars', 'lead-files', 'deal-evidence', 'brand', 'statements', 'certificates', 'exports')
            then (storage.foldername(name))[1] = (select private.me())::text
                or (
                    bucket_id = 'deal-evidence'
                    and (select private.my_roles()) && array['support', 'finance', 'admin', 'owner']::public.staff_role[]
                )
        when bucket_id in ('training', 'resources')
            then (select private.has_access()) and (storage.foldername(name))[1] = any (array(select private.my_tiers()))
        when bucket_id in ('chat-files', 'voice')
            then (select private.has_access())
                and (storage.foldername(name))[1] = any (array(select channel::text from private.my_channels() as channel))
        else false
    end
);

create policy "active partners add files in their own folders" on storage.objects
for insert to authenticated
with check (
    (select private.is_active_partner())
    and case
        when bucket_id in ('avatars', 'lead-files', 'deal-evidence', 'brand')
            then (storage.foldername(name))[1] = (select private.me())::text
        when bucket_id in ('chat-files', 'voice')
            then (storage.foldername(name))[1] = any (array(select channel::text from private.my_writable_channels() as channel))
                and (storage.foldername(name))[2] = (select private.me())::text
        else false
    end
);

-- Evidence is kept as it was handed in.
create policy "active partners replace their own files, except evidence" on storage.objects
for update to authenticated
using (
    (select private.is_active_partner())
    and bucket_id in ('avatars', 'lead-files', 'brand')
    and (storage.foldername(name))[1] = (select private.me())::text
)
with check (
    bucket_id in ('avatars', 'lead-files', 'brand')
    and (storage.foldername(name))[1] = (select private.me())::text
);

create policy "active partners remove their own files, except evidence" on storage.objects
for delete to authenticated
using (
    (select private.is_active_partner())
    and case
        when bucket_id in ('avatars', 'lead-files', 'brand') then (storage.foldername(name))[1] = (select private.me())::text
        when bucket_id in ('chat-files', 'voice') then (storage.foldername(name))[2] = (select private.me())::text
        else false
    end
);
