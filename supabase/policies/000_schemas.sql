-- Who may enter which schema, and which helpers policies and defaults call. Everything else is closed.

grant usage on schema private to authenticated, anon;
grant usage on schema worker to commissions_worker, payouts_worker, accounts_worker, notifications_worker, documents_worker;

-- Helpers in policies, column defaults and views run as the caller.
grant execute on function private.now() to authenticated, anon, service_role;
grant execute on function private.claims() to authenticated, anon;
grant execute on function private.setting(text) to supabase_auth_admin;
grant execute on function private.issuer() to authenticated, anon;
grant execute on function private.subject() to authenticated, anon;
grant execute on function private.aal() to authenticated, anon;
grant execute on function private.me() to authenticated, anon;
grant execute on function private.my_staff_id() to authenticated, anon;
grant execute on function private.my_roles() to authenticated, anon;
grant execute on function private.is_active_partner() to authenticated, anon;
grant execute on function private.has_access() to authenticated, anon;
grant execute on function private.share_of(bigint, integer) to authenticated;
