-- Demo people of a local platform, made through the functions that the app calls. Never part of a hosted project: the
-- passwords and authenticator secrets below are public.
--
-- Everybody's password: demo-Partner-1. Staff also need a code; their authenticator secrets stand in seed_staff below.

begin;

create temporary table seed_people (email text primary key, name text not null, secret text) on commit drop;

insert into seed_people (email, name, secret) values
('owner@example.com', 'Owner 01', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'),
('admin@example.com', 'Admin 01', 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU'),
('finance@example.com', 'Finance 01', 'MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK'),
('starter.01@example.com', 'Starter 01', null),
('starter.02@example.com', 'Starter 02', null),
('starter.03@example.com', 'Starter 03', null);

insert into auth.users (
    id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data, created_at, updated_at
)
select
    gen_random_uuid(), 'authenticated', 'authenticated', email,
    extensions.crypt('demo-Partner-1', extensions.gen_salt('bf', 10)), now(),
    '{"provider": "email", "providers": ["email"]}', jsonb_build_object('name', name), now(), now()
from seed_people;

insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
select
    person.id::text, person.id, jsonb_build_object('sub', person.id, 'email', person.email, 'email_verified', true),
    'email', now(), now(), now()
from auth.users as person
join seed_people as seed on seed.email = person.email;

insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status, created_at, updated_at, secret)
select gen_random_uuid(), person.id, 'Demo authenticator', 'totp', 'verified', now(), now(), seed.secret
from auth.users as person
join seed_people as seed on seed.email = person.email
where seed.secret is not null;

insert into public.staff_members (name, email)
select name, email from seed_people where secret is not null;

insert into public.staff_roles (staff_id, role)
select id, split_part(email::text, '@', 1)::public.staff_role from public.staff_members;

insert into private.auth_identities (issuer, subject, staff_id)
select 'supabase', person.id::text, member.id
from auth.users as person
join public.staff_members as member on member.email = person.email;

-- Speaks as one of the people, as PostgREST would after checking their token.
create function pg_temp.speak_as(wanted text, aal text default 'aal1') returns void
language sql as $$
    select set_config('request.jwt.claims', jsonb_build_object(
        'iss', 'supabase', 'sub', id, 'email', email, 'role', 'authenticated', 'aal', aal,
        'amr', jsonb_build_array(jsonb_build_object('method', 'totp', 'timestamp', extract(epoch from now())::bigint))
    )::text, true)
    from auth.users where email = wanted;
$$;

do $$
declare
    person record;
    application jsonb;
    lead uuid;
    stage public.lead_status;
    number integer := 0;
begin
    for person in select * from seed_people where secret is null order by email loop
        perform pg_temp.speak_as(person.email);
        application := public.submit_application(person.name, '+12025550100', 'US', 'Demo partner', true);
        perform pg_temp.speak_as('admin@example.com', 'aal2');
        perform public.decide_application((application ->> 'id')::uuid, 'approved', null);
        perform pg_temp.speak_as(person.email);
        foreach stage in array array['new', 'new', 'contacted', 'qualified', 'proposal_sent']::public.lead_status[] loop
            number := number + 1;
            insert into public.leads (
                partner_id, company_name, contact_name, contact_email, contact_phone, project_type, estimated_value, source
            ) values (
                private.me(), format('Client %s', to_char(number, 'FM00')), format('Contact %s', to_char(number, 'FM00')),
                format('client.%s@example.com', to_char(number, 'FM00')), '+120255501' || to_char(number, 'FM00'),
                'Website', 90000 + number * 12500, 'Referral'
            ) returning id into lead;
            if stage <> 'new' then
                perform public.move_lead(lead, stage);
            end if;
        end loop;
    end loop;
end;
$$;

commit;
