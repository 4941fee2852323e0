-- People: which terms they accepted, who brought them, how an application moves, what a profile may contain.

create type public.terms_kind as enum ('partner_agreement', 'privacy_policy');

create table public.terms_versions (
    id uuid primary key default gen_random_uuid(),
    kind public.terms_kind not null,
    version text not null check (length(version) between 1 and 20),
    title text not null check (length(title) between 1 and 120),
    url text not null check (length(url) <= 300), -- where the text stands; a version's text never changes
    content_sha256 text check (content_sha256 ~ '^[0-9a-f]{64}$'), -- proves which text it was
    effective_from timestamptz not null default private.now(),
    needs_acceptance boolean not null default true, -- false: an editorial change; who accepted the version before need not again
    created_at timestamptz not null default private.now(),
    unique (kind, version)
);

create index on public.terms_versions (kind, effective_from desc);

insert into public.terms_versions (kind, version, title, url, effective_from) values
('partner_agreement', '1', 'Partner agreement', '/legal/partner-agreement', '2025-01-01T00:00:00Z'),
('privacy_policy', '1', 'Privacy policy', '/legal/privacy', '2025-01-01T00:00:00Z');

create table public.terms_acceptances (
    id uuid primary key default gen_random_uuid(),
    terms_id uuid not null references public.terms_versions,
    issuer text not null,
    subject text not null,
    user_agent text check (length(user_agent) <= 400),
    request_id text default private.request_id(),
    accepted_at timestamptz not null default private.now(),
    unique (issuer, subject, terms_id)
);

comment on table public.terms_acceptances is 'By log-in and not by partner: an applicant accepts before there is a partner. Append-only.';

create index on public.terms_acceptances (terms_id);

create function private.refuse_rewriting() returns trigger
language plpgsql set search_path = '' as $$
begin
    perform private.fail('42501', tg_table_name || ' is append-only.', 'append_only');
    return null;
end;
$$;

create trigger append_only before update or delete or truncate on public.terms_acceptances
for each statement execute function private.refuse_rewriting();
create trigger append_only before update or delete or truncate on public.terms_versions
for each statement execute function private.refuse_rewriting();

-- The version of each kind that counts now.
create function private.current_terms() returns setof public.terms_versions
language sql stable security definer set search_path = '' as $$
    select distinct on (kind) * from public.terms_versions
    where effective_from <= private.now()
    order by kind, effective_from desc;
$$;

create function private.record_acceptance(of_issuer text, of_subject text, wanted uuid[]) returns void
language sql volatile security definer set search_path = '' as $$
    insert into public.terms_acceptances (terms_id, issuer, subject, user_agent)
    select terms.id, of_issuer, of_subject, left(nullif(current_setting('request.headers', true), '')::jsonb ->> 'user-agent', 400)
    from private.current_terms() as terms
    where terms.id = any (wanted)
    on conflict (issuer, subject, terms_id) do nothing;
$$;

create function private.application_accepts_terms() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    perform private.record_acceptance(new.issuer, new.subject, (select array_agg(id) from private.current_terms()));
    return null;
end;
$$;

create trigger application_accepts_terms after insert on public.applications
for each row execute function private.application_accepts_terms();

create function private.accept_terms(wanted uuid[]) returns integer
language plpgsql volatile security definer set search_path = '' as $$
begin
    if private.subject() is null then
        perform private.fail('42501', 'Sign in first.', 'signed_in');
    end if;
    if private.is_shut_out() then
        perform private.fail('42501', 'Your account cannot do this at the moment.', 'partner_not_active');
    end if;
    if exists (select from unnest(wanted) as asked (id) where asked.id not in (select id from private.current_terms())) then
        perform private.fail('PT409', 'This version of the terms is not the current one.', 'outdated', 'terms_ids', 'Load the terms again.');
    end if;
    perform private.record_acceptance(private.issuer(), private.subject(), wanted);
    return coalesce(cardinality(wanted), 0);
end;
$$;

create function private.my_pending_terms() returns jsonb
language sql stable security definer set search_path = '' as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', terms.id, 'kind', terms.kind, 'version', terms.version, 'title', terms.title, 'url', terms.url
    ) order by terms.kind), '[]')
    from private.current_terms() as terms
    where not private.is_shut_out() and not exists (
        select from public.terms_acceptances as accepted
        join public.terms_versions as known on known.id = accepted.terms_id
        where accepted.issuer = private.issuer() and accepted.subject = private.subject()
            and known.kind = terms.kind and known.effective_from >= (
                select max(last.effective_from) from public.terms_versions as last
                where last.kind = terms.kind and last.needs_acceptance and last.effective_from <= private.now()
            )
    );
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Applications: who brought the applicant; review; withdrawal.
-- ---------------------------------------------------------------------------------------------------------------------
alter table public.applications
add column recruiter_id uuid references public.partners,
add column reviewer_id uuid references public.staff_members;

create index on public.applications (recruiter_id);
create index on public.applications (reviewer_id);

-- An unknown code stops nobody from applying; the answer says whether it was known.
create function private.submit_application(
    applicant_name text, applicant_phone text, applicant_country text, why text, terms boolean, code text
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    made jsonb := private.submit_application(applicant_name, applicant_phone, applicant_country, why, terms);
    brought_by uuid;
begin
    select id into brought_by from public.partners
    where referral_code = upper(btrim(code)) and status = 'active' and email <> (private.claims() ->> 'email')::extensions.citext;
    if brought_by is not null then
        update public.applications set recruiter_id = brought_by where id = (made ->> 'id')::uuid and recruiter_id is null;
    end if;
    return made || jsonb_build_object('referred', brought_by is not null);
end;
$$;

-- Approval gives the log-in its partner: the moment when a recruit comes to be.
create function private.recruit_by_application() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    brought_by uuid;
begin
    select recruiter_id into brought_by from public.applications
    where issuer = new.issuer and subject = new.subject and status = 'approved'
    order by decided_at desc limit 1;
    perform private.record_recruit(new.partner_id, brought_by, 'referral_code');
    return null;
end;
$$;

create trigger recruit_by_application after insert on private.auth_identities
for each row when (new.partner_id is not null) execute function private.recruit_by_application();

create function private.start_review(wanted uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin', 'support');
    application public.applications;
begin
    select * into application from public.applications where id = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such application.', 'not_found', 'application_id');
    end if;
    if application.status not in ('submitted', 'in_review') then
        perform private.fail('PT409', 'This application has been decided.', 'wrong_state');
    end if;
    if application.status = 'submitted' then
        update public.applications set status = 'in_review', reviewer_id = staff where id = wanted returning * into application;
        perform private.emit(
            'application.in_review', 'application', wanted, null,
            jsonb_build_object('status', 'submitted'), jsonb_build_object('status', 'in_review', 'staff_id', staff)
        );
    end if;
    return jsonb_build_object('id', application.id, 'status', application.status, 'reviewer_id', application.reviewer_id);
end;
$$;

create function private.withdraw_application() returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    application public.applications;
begin
    select * into application from public.applications
    where issuer = private.issuer() and subject = private.subject()
    order by created_at desc limit 1 for update;
    if not found then
        perform private.fail('PT404', 'You have no application.', 'not_found');
    end if;
    if application.status in ('approved', 'rejected') then
        perform private.fail('PT409', 'This application has been decided.', 'wrong_state');
    end if;
    if application.status <> 'withdrawn' then
        update public.applications set status = 'withdrawn', decided_at = private.now() where id = application.id;
        perform private.emit('application.withdrawn', 'application', application.id, null);
    end if;
    return jsonb_build_object('id', application.id, 'status', 'withdrawn');
end;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The profile. Written through update_profile or directly (offline): the same rules either way.
-- ---------------------------------------------------------------------------------------------------------------------
alter table public.partners
add constraint region_length check (length(region) between 1 and 80),
add constraint locale_form check (locale ~ '^[a-z]{2,3}(-[A-Z]{2})?$'),
add constraint own_avatar check (avatar_path like id || '/%');

create function private.check_profile() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    new.name := btrim(new.name);
    if new.name = '' or length(new.name) > 120 then
        perform private.fail('22023', 'Enter your name (up to 120 characters).', 'length', 'name', null, '120');
    end if;
    if new.phone !~ '^\+[1-9][0-9]{6,14}$' then
        perform private.fail('22023', 'Enter the number with its country code, for instance +15550100.', 'e164', 'phone');
    end if;
    if new.timezone is distinct from old.timezone and not exists (
        select from pg_catalog.pg_timezone_names where name = new.timezone
    ) then
        perform private.fail('22023', 'This time zone is not known.', 'unknown', 'timezone', 'For instance Europe/London.');
    end if;
    if new.locale !~ '^[a-z]{2,3}(-[A-Z]{2})?$' then
        perform private.fail('22023', 'This language is not known.', 'locale', 'locale', 'For instance en or en-GB.');
    end if;
    if new.region = '' or length(new.region) > 80 then
        perform private.fail('22023', 'At most 80 characters.', 'length', 'region', null, '80');
    end if;
    if new.avatar_path not like new.id || '/%' then
        perform private.fail('22023', 'The picture must be in your own folder.', 'own_folder', 'avatar_path');
    end if;
    return new;
end;
$$;

create trigger check_profile before update of name, phone, timezone, locale, region, avatar_path on public.partners
for each row execute function private.check_profile();

create function private.update_profile(changes jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
    named text;
begin
    if jsonb_typeof(changes) is distinct from 'object' then
        perform private.fail('22023', 'Send the fields as an object.', 'object', 'changes');
    end if;
    for named in select jsonb_object_keys(changes) loop
        if named not in ('name', 'phone', 'timezone', 'locale', 'region', 'avatar_path') then
            perform private.fail('22023', 'This cannot be changed here.', 'unknown', coalesce(nullif(named, ''), 'changes'));
        end if;
    end loop;
    update public.partners
    set
        name = case when changes ? 'name' then coalesce(changes ->> 'name', '') else name end,
        phone = case when changes ? 'phone' then nullif(changes ->> 'phone', '') else phone end,
        timezone = coalesce(changes ->> 'timezone', timezone),
        locale = coalesce(changes ->> 'locale', locale),
        region = case when changes ? 'region' then nullif(btrim(changes ->> 'region'), '') else region end,
        avatar_path = case when changes ? 'avatar_path' then changes ->> 'avatar_path' else avatar_path end
    where id = mine;
    perform private.emit('partner.profile_updated', 'partner', mine, mine, null, (
        select jsonb_build_object('fields', jsonb_agg(field)) from jsonb_object_keys(changes) as field
    ));
    perform private.hint(mine, 'account.changed', mine);
    return private.my_account() -> 'partner';
end;
$$;

create function public.accept_terms(terms_ids uuid[]) returns integer
language sql volatile set search_path = '' as $$
    select private.accept_terms(terms_ids);
$$;

create function public.my_pending_terms() returns jsonb
language sql stable set search_path = '' as $$
    select private.my_pending_terms();
$$;

-- With the code of the partner who brought the applicant; without a code the shorter form does.
create function public.submit_application(
    name text, phone text, country text, motivation text, accept_terms boolean, referral_code text
) returns jsonb
language sql volatile set search_path = '' as $$
    select private.submit_application(name, phone, country, motivation, accept_terms, referral_code);
$$;

create function public.start_review(application_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select private.start_review(application_id);
$$;

create function public.withdraw_application() returns jsonb
language sql volatile set search_path = '' as $$
    select private.withdraw_application();
$$;

create function public.update_profile(changes jsonb) returns jsonb
language sql volatile set search_path = '' as $$
    select private.update_profile(changes);
$$;
