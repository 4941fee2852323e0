-- Who confirms a won deal (A-02, A-48): staff from a queue, or the client's first cleared payment where value and client
-- match. Every claimed deal has one case that ends with a decision; a question to the partner stops its clock.
--
-- Invariants: a claimed deal has exactly one case that is not decided, any other deal none (check_deal_cases); nobody decides
-- about a deal that they profit from as seller, leader or recruiter.

create type public.deal_case_state as enum ('open', 'info', 'decided'); -- info: we asked the partner something

create table public.deal_cases (
    id uuid primary key default gen_random_uuid(),
    deal_id uuid not null references public.deals,
    partner_id uuid not null references public.partners,
    state public.deal_case_state not null default 'open',
    -- Why the client's payment did not settle it: payment_above_value, payment_by_another, self_dealing; 'reopened' by staff.
    concerns text[] not null default '{}',
    question text check (length(question) between 3 and 2000), -- the last one asked
    due_at timestamptz, -- null while we wait for the partner
    escalated_at timestamptz,
    decision text check (decision in ('verified', 'rejected', 'withdrawn')), -- withdrawn: the deal was cancelled meanwhile
    decision_reason text check (length(decision_reason) between 3 and 2000),
    decided_by uuid references public.staff_members, -- null: by the client's payment, or withdrawn
    decided_at timestamptz,
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now(),
    constraint decided_with_decision check ((state = 'decided') = (decision is not null and decided_at is not null)),
    constraint rejected_with_reason check (decision is distinct from 'rejected' or decision_reason is not null),
    constraint waiting_stops_the_clock check (state = 'decided' or (state = 'open') = (due_at is not null))
);

create unique index deal_cases_open_key on public.deal_cases (deal_id) where state <> 'decided';
create index on public.deal_cases (deal_id);
create index on public.deal_cases (partner_id, created_at desc);
create index on public.deal_cases (decided_by);
create index deal_cases_due on public.deal_cases (due_at) where state = 'open';

create trigger touch_updated_at before update on public.deal_cases
for each row execute function private.touch_updated_at();

-- The timeline of a deal: what the partner shows, what staff ask and answer. Files lie in the bucket deal-evidence.
create table public.deal_evidence (
    id uuid primary key default gen_random_uuid(),
    deal_id uuid not null references public.deals,
    added_by_partner uuid references public.partners,
    added_by_staff uuid references public.staff_members,
    note text check (length(note) between 1 and 5000),
    path text check (length(path) <= 400),
    created_at timestamptz not null default private.now(),
    constraint one_author check (num_nonnulls(added_by_partner, added_by_staff) = 1),
    constraint says_something check (num_nonnulls(note, path) > 0)
);

create index on public.deal_evidence (deal_id, created_at);
create index on public.deal_evidence (added_by_partner);
create index on public.deal_evidence (added_by_staff);

create trigger append_only before update or delete or truncate on public.deal_evidence
for each statement execute function private.keep_as_written();

-- Two business days to decide, from the claim or from the partner's answer on.
create function private.open_deal_case(deal public.deals, concern text default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    made public.deal_cases;
begin
    insert into public.deal_cases as known (deal_id, partner_id, concerns, due_at)
    values (deal.id, deal.partner_id, array_remove(array[concern], null), private.in_business_days(2))
    on conflict (deal_id) where state <> 'decided' do update
    set concerns = case
        when concern is null or concern = any (known.concerns) then known.concerns else known.concerns || concern end
    returning * into made;
    if concern is not null then
        perform private.emit(
            'deal.concern', 'deal', deal.id, deal.partner_id, null, jsonb_build_object('case_id', made.id, 'concern', concern)
        );
        perform private.tell_staff(
            'deal.' || concern, deal.id, deal.partner_id, array['finance', 'admin']::public.staff_role[],
            'Deal ' || deal.reference || ' needs a decision: ' || replace(concern, '_', ' ') || '.'
        );
    end if;
end;
$$;

create function private.settle_deal_case(deal uuid, outcome text, why text, staff uuid) returns void
language sql volatile security definer set search_path = '' as $$
    update public.deal_cases
    set state = 'decided', decision = outcome, decision_reason = why, decided_by = staff, decided_at = private.now()
    where deal_id = deal and state <> 'decided';
$$;

-- Whoever changes the state of a deal, its case follows in the same transaction.
create function private.keep_deal_case() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if tg_op = 'INSERT' then
        if new.status = 'claimed' then
            perform private.open_deal_case(new);
        end if;
    elsif new.status <> old.status then
        if new.status = 'claimed' then
            perform private.open_deal_case(new, 'reopened');
        elsif old.status = 'claimed' then
            perform private.settle_deal_case(
                new.id, case new.status when 'cancelled' then 'withdrawn' else new.status::text end,
                case when new.status = 'rejected' then new.rejected_reason end,
                case when new.status = 'verified' then new.verified_by else private.my_staff_id() end
            );
        end if;
    end if;
    return null;
end;
$$;

create trigger keep_deal_case after insert or update of status on public.deals
for each row execute function private.keep_deal_case();

create view private.check_deal_cases with (security_invoker = true) as
select deal.id, deal.reference, deal.status, count(pending.id) as cases
from public.deals as deal
left join public.deal_cases as pending on pending.deal_id = deal.id and pending.state <> 'decided'
group by deal.id
having count(pending.id) <> (deal.status = 'claimed')::integer;

-- The first cleared payment confirms the deal by itself when it is not above the claimed value, comes from the client of the
-- lead as far as the sender names one, and nobody deals with themselves; else the case says what does not match (A-02, A-48).
create function private.verify_by_payment(wanted uuid, cash bigint, payer text default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    deal public.deals;
    lead public.leads;
    concern text;
begin
    select * into deal from public.deals where id = wanted for update;
    if deal.status is distinct from 'claimed' then
        return;
    end if;
    select * into strict lead from public.leads where id = deal.lead_id;
    concern := case
        when cash > deal.claimed_value then 'payment_above_value'
        when not private.is_client(lead, payer) then 'payment_by_another'
        when private.self_dealing_of(deal) <> '{}' then 'self_dealing'
    end;
    if concern is not null then
        perform private.open_deal_case(deal, concern);
        return;
    end if;
    update public.deals set status = 'verified', verified_at = private.now() where id = wanted returning * into deal;
    perform private.emit(
        'deal.verified', 'deal', deal.id, deal.partner_id,
        jsonb_build_object('status', 'claimed'), jsonb_build_object('status', 'verified', 'by', 'client payment')
    );
end;
$$;

-- Whether whoever paid is the client of the lead: by address, company domain or company name. A sender that names nobody has
-- matched by the deal's reference alone.
create function private.is_client(lead public.leads, payer text) returns boolean
language sql stable security definer set search_path = '' as $$
    select case
        when coalesce(btrim(payer), '') = '' then true
        when payer like '%@%' then coalesce(
            private.normalise_email(payer) = lead.normalised_email or private.company_domain(payer) = lead.email_domain, false
        )
        else coalesce(private.normalise_company(payer) = lead.normalised_company, false)
    end;
$$;

-- A lead has one deal. One that was not confirmed is opened again by staff, never claimed a second time.
create function private.refuse_second_deal() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if exists (select from public.deals where lead_id = new.lead_id) then
        perform private.fail(
            'PT409', 'The deal of this lead was decided before.', 'deal_exists', 'lead_id', 'Open a claim about that deal.'
        );
    end if;
    return new;
end;
$$;

create trigger a_refuse_second_deal before insert on public.deals
for each row execute function private.refuse_second_deal();
