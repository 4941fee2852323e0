-- Roles, schemas, memberships, default privileges and role settings as a hosted project has them.
--
-- What is not here: replication, backup and read-only roles of the hosting itself, pgbouncer, pg_graphql.
-- tests/platform/hosted/description.yaml describes the result; a test compares the two.

-- ---------------------------------------------------------------------------------------------------------------------
-- roles of the data API: what a request may be
-- ---------------------------------------------------------------------------------------------------------------------
create role anon nologin;
create role authenticated nologin;
create role service_role nologin bypassrls;
create role authenticator login noinherit;
grant anon, authenticated, service_role to authenticator with inherit false, set true;

-- ---------------------------------------------------------------------------------------------------------------------
-- roles of the servers; each works in its own schema
-- ---------------------------------------------------------------------------------------------------------------------
create role supabase_auth_admin login noinherit createrole;
create role supabase_storage_admin login noinherit createrole;
-- Hosted Realtime logs in as the superuser. Ours does with less, hence this role has a login here.
create role supabase_realtime_admin login noinherit;
create role dashboard_user nologin createdb createrole replication;
-- Through authenticator Storage also becomes what a project adds to it, for instance the roles of workers.
grant authenticator to supabase_storage_admin with inherit false, set true;
grant anon, authenticated, service_role to supabase_realtime_admin with inherit false, set true;

-- ---------------------------------------------------------------------------------------------------------------------
-- postgres: the role of the project's owner, who runs the migrations. Powerful, no superuser.
-- ---------------------------------------------------------------------------------------------------------------------
create role postgres login createdb createrole replication bypassrls;
grant anon, authenticated, service_role, authenticator to postgres with admin option;
grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres;
-- Hosted lets postgres make policies and triggers on these roles' tables by a server extension (supautils). Here
-- membership does; what membership would allow beyond that is refused in 90_guards.sql.
grant supabase_auth_admin, supabase_storage_admin, supabase_realtime_admin to postgres with inherit true, set false;

alter database postgres owner to postgres;

-- ---------------------------------------------------------------------------------------------------------------------
-- schemas
-- ---------------------------------------------------------------------------------------------------------------------
create schema extensions authorization postgres;
create schema auth;
create schema storage;
create schema realtime;
create schema vault;
create schema graphql_public;

grant all on schema auth to supabase_auth_admin, dashboard_user;
grant all on schema storage to supabase_storage_admin, dashboard_user;
grant all on schema realtime to supabase_realtime_admin;
grant usage on schema auth to postgres, anon, authenticated, service_role;
grant usage on schema storage to postgres with grant option;
grant usage on schema storage to anon, authenticated, service_role;
grant usage on schema realtime to postgres, anon, authenticated, service_role;
grant usage on schema graphql_public to postgres, anon, authenticated, service_role;
grant usage on schema public to postgres, anon, authenticated, service_role;
grant usage on schema extensions to anon, authenticated, service_role;
grant all on schema extensions to dashboard_user;
grant usage on schema vault to postgres with grant option;
grant usage on schema vault to service_role;

-- ---------------------------------------------------------------------------------------------------------------------
-- default privileges in public
--
-- Projects made since 30 May 2026 no longer grant new tables and functions to the API roles; older ones do. The wide
-- grants are the dangerous case, so they stand here: a migration that forgets to revoke them shows in the tests.
-- ---------------------------------------------------------------------------------------------------------------------
alter default privileges for role postgres in schema public
    grant all on tables to postgres, anon, authenticated, service_role;
alter default privileges for role postgres in schema public
    grant all on functions to postgres, anon, authenticated, service_role;
alter default privileges for role postgres in schema public
    grant all on sequences to postgres, anon, authenticated, service_role;
alter default privileges for role supabase_admin in schema public
    grant all on tables to postgres, anon, authenticated, service_role;
alter default privileges for role supabase_admin in schema public
    grant all on functions to postgres, anon, authenticated, service_role;
alter default privileges for role supabase_admin in schema public
    grant all on sequences to postgres, anon, authenticated, service_role;

alter default privileges for role supabase_admin in schema extensions
    grant all on tables to postgres with grant option;
alter default privileges for role supabase_admin in schema extensions
    grant all on routines to postgres with grant option;
alter default privileges for role supabase_admin in schema extensions
    grant all on sequences to postgres with grant option;

-- ---------------------------------------------------------------------------------------------------------------------
-- settings of roles
-- ---------------------------------------------------------------------------------------------------------------------
alter role supabase_admin set search_path to "$user", public, auth, extensions;
alter role postgres set search_path to "$user", public, extensions;
alter role supabase_auth_admin set search_path to auth;
alter role supabase_storage_admin set search_path to storage;
alter role anon set statement_timeout to '3s';
alter role authenticated set statement_timeout to '8s';
alter role authenticator set statement_timeout to '8s';
alter role authenticator set lock_timeout to '8s';
alter role supabase_auth_admin set idle_in_transaction_session_timeout to '60s';

-- Hosted lets its postgres write past triggers (supautils' list of privileged settings).
grant set on parameter session_replication_role to postgres;
