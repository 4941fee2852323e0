-- Files. One policy per verb over all buckets, because a second permissive policy would be a second way in.
-- Statements, certificates and exports are written by workers alone; they and the files of claims are always readable by their
-- owner (F-17), anything else by nobody who is suspended or has left. A token outlives its session, so each policy asks whether
-- the session still lives.

create policy "partners read their own files and those open to them" on storage.objects
for select to authenticated
using (
    (select private.session_is_live())
    and case
        when bucket_id in ('statements', 'certificates')
            then (storage.foldername(name))[1] = (select private.me())::text
        -- Exports of the books lie in the folder `finance`.
        when bucket_id = 'exports'
            then (storage.foldername(name))[1] = (select private.me())::text
                or (
                    (storage.foldername(name))[1] = 'finance'
                    and (select private.my_roles()) && array['finance', 'admin', 'owner']::public.staff_role[]
                )
        when bucket_id in ('avatars', 'brand')
            then (storage.foldername(name))[1] = (select private.me())::text and (select private.has_access())
        when bucket_id = 'deal-evidence'
            then ((storage.foldername(name))[1] = (select private.me())::text and (select private.has_access()))
                or (select private.my_roles()) && array['support', 'finance', 'admin', 'owner']::public.staff_role[]
        -- Files of leads, claims, lessons and material have a row that names their path; whoever sees the row sees the file.
        when bucket_id = 'lead-files' then name in (select file.path from public.lead_attachments as file)
        when bucket_id = 'claim-files' then name in (select entry.path from public.claim_evidence as entry)
        -- Admins file material before a row names it.
        when bucket_id = 'training'
            then name in (select lesson.file_path from public.lessons as lesson)
                or (select private.my_roles()) && array['admin', 'owner']::public.staff_role[]
        when bucket_id = 'resources'
            then name in (select version.path from public.asset_versions as version)
                or (select private.my_roles()) && array['admin', 'owner']::public.staff_role[]
        when bucket_id in ('chat-files', 'voice')
            then (select private.has_access())
                and (storage.foldername(name))[1] = any(array(select channel::text from private.my_channels() as channel))
        else false
    end
);

create policy "active partners add files in their own folders, admins material" on storage.objects
for insert to authenticated
with check (
    (select private.session_is_live())
    and ((select private.is_active_partner()) or bucket_id in ('claim-files', 'training', 'resources'))
    and case
        when bucket_id in ('avatars', 'deal-evidence', 'brand')
            then (storage.foldername(name))[1] = (select private.me())::text
        when bucket_id = 'lead-files'
            then name in (select file.path from public.lead_attachments as file where file.partner_id = (select private.me()))
        when bucket_id = 'claim-files' then name in (
            select entry.path from public.claim_evidence as entry
            where entry.added_by_partner = (select private.me()) or entry.added_by_staff = (select private.my_staff_id())
        )
        when bucket_id in ('chat-files', 'voice')
            then (storage.foldername(name))[1] = any(array(select channel::text from private.my_writable_channels() as channel))
                and (storage.foldername(name))[2] = (select private.me())::text
        when bucket_id in ('training', 'resources')
            then (select private.my_roles()) && array['admin', 'owner']::public.staff_role[]
                and (storage.foldername(name))[1] = any(array['starter', 'active', 'performer', 'elite'])
        else false
    end
);

-- Evidence is kept as it was handed in.
create policy "active partners replace their own files, except evidence" on storage.objects
for update to authenticated
using (
    (select private.session_is_live()) and (select private.is_active_partner())
    and bucket_id in ('avatars', 'brand')
    and (storage.foldername(name))[1] = (select private.me())::text
)
with check (
    bucket_id in ('avatars', 'brand')
    and (storage.foldername(name))[1] = (select private.me())::text
);

create policy "active partners remove their own files, except evidence" on storage.objects
for delete to authenticated
using (
    (select private.session_is_live()) and (select private.is_active_partner())
    and case
        when bucket_id in ('avatars', 'brand') then (storage.foldername(name))[1] = (select private.me())::text
        when bucket_id = 'lead-files'
            then name in (select file.path from public.lead_attachments as file where file.partner_id = (select private.me()))
        when bucket_id in ('chat-files', 'voice') then (storage.foldername(name))[2] = (select private.me())::text
        else false
    end
);
