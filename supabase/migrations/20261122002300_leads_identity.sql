-- Who a lead is: the same client written in two ways must compare equal. The normalised columns are kept by a trigger, are
-- what duplicates and self-dealing are found by (F-19, F-20), and are never shown to another partner.

-- Addresses at these say nothing of a company.
create table private.free_mail_domains (
    domain text primary key check (domain = lower(domain))
);

insert into private.free_mail_domains (domain) values
('gmail.com'), ('outlook.com'), ('hotmail.com'), ('live.com'), ('msn.com'), ('yahoo.com'), ('yahoo.co.uk'), ('yahoo.fr'),
('yahoo.de'), ('ymail.com'), ('icloud.com'), ('me.com'), ('mac.com'), ('aol.com'), ('proton.me'), ('protonmail.com'),
('pm.me'), ('gmx.com'), ('gmx.de'), ('gmx.net'), ('web.de'), ('t-online.de'), ('freenet.de'), ('mail.com'), ('mail.ru'),
('yandex.com'), ('yandex.ru'), ('zoho.com'), ('fastmail.com'), ('tutanota.com'), ('tuta.com'), ('hey.com'), ('orange.fr'),
('free.fr'), ('laposte.net'), ('libero.it'), ('virgilio.it'), ('comcast.net'), ('verizon.net'), ('att.net'), ('sbcglobal.net'),
('btinternet.com'), ('sky.com'), ('qq.com'), ('163.com'), ('126.com'), ('naver.com'), ('rediffmail.com'), ('bol.com.br'),
('uol.com.br'), ('example.com'), ('example.org'), ('example.net'); -- the last three belong to nobody, by standard

-- For numbers that were written without their country: the partner's own country is assumed.
create table private.dialling_codes (
    country char(2) primary key check (country ~ '^[A-Z]{2}$'),
    code text not null check (code ~ '^[1-9][0-9]{0,3}$'),
    trunk text not null default '0' -- what stands before a national number and is dropped
);

insert into private.dialling_codes (country, code, trunk) values
('US', '1', '1'), ('CA', '1', '1'), ('GB', '44', '0'), ('IE', '353', '0'), ('DE', '49', '0'), ('AT', '43', '0'), ('CH', '41', '0'),
('FR', '33', '0'), ('BE', '32', '0'), ('NL', '31', '0'), ('IT', '39', ''), ('ES', '34', ''), ('PT', '351', ''), ('DK', '45', ''),
('NO', '47', ''), ('SE', '46', '0'), ('FI', '358', '0'), ('PL', '48', ''), ('CZ', '420', ''), ('RO', '40', '0'), ('GR', '30', ''),
('AU', '61', '0'), ('NZ', '64', '0'), ('IN', '91', '0'), ('SG', '65', ''), ('HK', '852', ''), ('JP', '81', '0'), ('AE', '971', '0'),
('IL', '972', '0'), ('ZA', '27', '0'), ('NG', '234', '0'), ('KE', '254', '0'), ('BR', '55', '0'), ('MX', '52', ''), ('PH', '63', '0');

-- Lower case, without "+tag"; Gmail ignores dots and has two domains.
create function private.normalise_email(address text) returns text
language plpgsql immutable set search_path = '' as $$
begin
    return (
        select case
            when part.mailbox = '' or part.host = '' then null
            when part.host in ('gmail.com', 'googlemail.com') then replace(part.mailbox, '.', '') || '@gmail.com'
            else part.mailbox || '@' || part.host
        end
        from (
            select
                split_part(lower(split_part(btrim(address), '@', 1)), '+', 1) as mailbox,
                lower(split_part(btrim(address), '@', 2)) as host
        ) as part
    );
end;
$$;

-- The domain of an address that belongs to a company; null at a free mail provider.
create function private.company_domain(address text) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select part.host
        from (select split_part(private.normalise_email(address), '@', 2) as host) as part
        where part.host <> '' and not exists (select from private.free_mail_domains as free where free.domain = part.host)
    );
end;
$$;

-- The digits of the E.164 number; null when it cannot be one.
create function private.normalise_phone(number text, home char(2)) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select case when length(full_number.digits) between 8 and 15 then full_number.digits end
        from (
            select case
                when btrim(number) like '+%' then written.digits
                when written.digits like '00%' then substr(written.digits, 3)
                when dialling.code is null then null
                when dialling.trunk <> '' and written.digits like dialling.trunk || '%'
                    then dialling.code || substr(written.digits, length(dialling.trunk) + 1)
                else dialling.code || written.digits
            end as digits
            from (select regexp_replace(number, '[^0-9]', '', 'g') as digits) as written
            left join private.dialling_codes as dialling on dialling.country = home
        ) as full_number
    );
end;
$$;

-- Letters and digits only, without accents and legal form: "ACME, Inc." is "acme". Null when nothing telling is left.
create function private.normalise_company(name text) returns text
language plpgsql immutable set search_path = '' as $$
begin
    return (
        select case when length(telling.name) >= 3 then telling.name end
        from (
            select regexp_replace(
                regexp_replace(
                    regexp_replace(normalize(lower(btrim(name)), nfkd), '[\u0300-\u036f.]', '', 'g'),
                    '(\W+(inc|incorporated|llc|llp|ltd|limited|plc|corp|corporation|co|company|gmbh|ag|kg|ug|sa|sas|sarl|srl|spa|bv|nv|oy|ab|as|aps|pty))+\W*$',
                    ''
                ),
                '\W', '', 'g'
            ) as name
        ) as telling
    );
end;
$$;

alter table public.leads
add column campaign text check (length(campaign) <= 100),
add column normalised_email text,
add column email_domain text,
add column normalised_phone text,
add column normalised_company text,
add column last_activity_at timestamptz not null default private.now(),
-- Since when the lead names somebody who can be reached: from then on it is a registration that counts (F-19).
add column registered_at timestamptz,
add column protected_until timestamptz,
add column in_conflict boolean not null default false; -- it cannot be won: a case is open, or was decided for somebody else

comment on column public.leads.protected_until is
'Until then the client is this partner''s: 90 days from the registration, anew with every activity.';

create index leads_same_email on public.leads (normalised_email) where deleted_at is null;
create index leads_same_phone on public.leads (normalised_phone) where deleted_at is null;
create index leads_same_domain on public.leads (email_domain) where deleted_at is null;
create index leads_same_company on public.leads (normalised_company) where deleted_at is null;

-- Whatever a partner logs on a lead keeps it alive.
create function private.lead_worked_on() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    update public.leads set last_activity_at = private.now() where id = new.lead_id;
    return null;
end;
$$;

-- A change of the stage has moved last_activity_at itself (private.keep_registration).
create trigger lead_worked_on after insert on public.lead_activities
for each row when (new.activity_type <> 'status_change') execute function private.lead_worked_on();

-- The caller's own leads that name the same client, before another one is added.
create function private.similar_leads(wanted_company text, wanted_email text, wanted_phone text)
returns table (id uuid, company_name text, status public.lead_status, same text[])
language sql stable security definer set search_path = '' as $$
    select lead.id, lead.company_name, lead.status, same.kinds
    from public.leads as lead
    cross join lateral (
        select array_remove(array[
            case when lead.normalised_email = private.normalise_email(wanted_email) then 'email' end,
            case when lead.normalised_phone = private.normalise_phone(wanted_phone, me.country) then 'phone' end,
            case when lead.email_domain = private.company_domain(wanted_email) then 'domain' end,
            case when lead.normalised_company = private.normalise_company(wanted_company) then 'company' end
        ], null) as kinds
        from public.partners as me where me.id = lead.partner_id
    ) as same
    where lead.partner_id = private.me() and lead.deleted_at is null and same.kinds <> '{}' and private.has_access()
    order by cardinality(same.kinds) desc, lead.created_at desc
    limit 10;
$$;

create function public.similar_leads(company_name text default null, contact_email text default null, contact_phone text default null)
returns table (id uuid, company_name text, status public.lead_status, same text[])
language sql stable set search_path = '' as $$
    select * from private.similar_leads($1, $2, $3);
$$;
