-- Files. Every bucket is private: whoever may see a file gets a signed link for a short time (60 seconds for money and tax
-- papers, an hour at most for anything else; the app asks for them, supabase/policies/150_storage.sql decides).
--
-- The first folder of a path says whose a file is:
--   avatars, deal-evidence, brand, statements, certificates, exports   <partner id>/…
--   lead-files                                                         <partner id>/<lead id>/…
--   chat-files, voice                                                  <channel id>/<partner id>/…
--   training, resources                                                <lowest tier that may see it>/… (for order; what
--                                                                      counts is the lesson or the version that names it)

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values
('avatars', 'avatars', false, 2097152, array['image/jpeg', 'image/png', 'image/webp']),
('lead-files', 'lead-files', false, 26214400, array[
    'image/jpeg', 'image/png', 'image/webp', 'application/pdf', 'text/plain', 'text/csv', 'audio/webm', 'audio/mp4',
    'audio/mpeg', 'audio/ogg', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation'
]),
('deal-evidence', 'deal-evidence', false, 26214400, array['image/jpeg', 'image/png', 'image/webp', 'application/pdf']),
('chat-files', 'chat-files', false, 26214400, array[
    'image/jpeg', 'image/png', 'image/webp', 'image/gif', 'application/pdf', 'text/plain', 'text/csv', 'video/mp4',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation', 'application/octet-stream'
]),
('voice', 'voice', false, 10485760, array['audio/webm', 'audio/mp4', 'audio/mpeg', 'audio/ogg']),
('training', 'training', false, 524288000, array[
    'video/mp4', 'video/webm', 'text/vtt', 'image/jpeg', 'image/png', 'image/webp', 'application/pdf'
]),
('resources', 'resources', false, 104857600, null),
('brand', 'brand', false, 5242880, array['image/jpeg', 'image/png', 'image/webp']),
('statements', 'statements', false, 10485760, array['application/pdf', 'application/json', 'text/csv']),
('certificates', 'certificates', false, 5242880, array['application/pdf', 'image/png']),
('exports', 'exports', false, 524288000, array['application/zip', 'application/json', 'text/csv'])
on conflict (id) do nothing;
