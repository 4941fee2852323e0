-- Risk rules: what makes staff look closer, as rows (F-20, F-21). A rule either stops money until somebody has
-- decided (effect hold) or only opens a review (effect flag).
--
-- Invariants: one fact opens one review, for ever: what was released is not held again for the same fact; a review of effect
-- hold has its hold and is open as long as that is (check_risk_reviews).

create table public.risk_rules (
    code text primary key check (code ~ '^[a-z_]{3,40}$'),
    effect text not null check (effect in ('hold', 'flag')),
    enabled boolean not null default true,
    parameters jsonb not null default '{}' check (jsonb_typeof(parameters) = 'object'),
    evidence_class text not null check (evidence_class in ('identity', 'behaviour', 'bank', 'clients_money')),
    review_days integer not null default 5 check (review_days between 1 and 30), -- business days
    says text not null check (length(says) between 10 and 300), -- what the partner reads
    changed_by uuid references public.staff_members,
    changed_at timestamptz not null default private.now()
);

create index on public.risk_rules (changed_by);

insert into public.risk_rules (code, effect, parameters, evidence_class, review_days, says) values
('self_referral', 'hold', '{"match": ["email", "phone", "domain"], "team": true}', 'identity', 5,
    'The client has the e-mail address, phone number or company domain of a partner.'),
('duplicate_identity', 'hold', '{}', 'identity', 5, 'Seller and leader or recruiter have the same phone number or mailbox.'),
('shared_bank', 'hold', '{}', 'bank', 5, 'Another partner is paid to the same bank account.'),
('refund_rate', 'hold', '{"share_bp": 3000, "days": 90, "min_payments": 5}', 'clients_money', 5,
    'Many of your clients got their money back.'),
('many_leads', 'flag', '{"per_hour": 10}', 'behaviour', 5, 'Unusually many leads were added within an hour.'),
('many_wins', 'flag', '{"per_day": 3}', 'behaviour', 5, 'Unusually many wins were claimed within a day.'),
('fast_first_win', 'flag', '{"minutes": 60}', 'behaviour', 5, 'The first win came very soon after its lead.'),
('many_invites', 'flag', '{"per_day": 20}', 'behaviour', 5, 'Unusually many people were invited within a day.'),
('override_share', 'flag', '{"times_bp": 30000, "days": 90, "min_amount": 100000}', 'behaviour', 10,
    'The team earns you far more than your own sales.');

create table public.risk_reviews (
    id uuid primary key default gen_random_uuid(),
    rule_code text not null references public.risk_rules,
    partner_id uuid not null references public.partners,
    deal_id uuid references public.deals,
    fact_key text not null check (length(fact_key) between 1 and 200), -- what makes it the same fact again
    facts jsonb not null, -- ids and counts, for staff
    hold_id uuid unique references public.risk_holds,
    review_by timestamptz not null,
    decision text check (decision in ('released', 'upheld', 'dismissed')), -- of the hold, or of a flag
    decision_reason text check (length(decision_reason) between 3 and 2000),
    decided_by uuid references public.staff_members, -- null: by the bank or with the account's status
    decided_at timestamptz,
    created_at timestamptz not null default private.now(),
    unique (rule_code, partner_id, fact_key),
    check (num_nonnulls(decision, decision_reason, decided_at) in (0, 3))
);

create index on public.risk_reviews (partner_id, created_at desc);
create index on public.risk_reviews (deal_id);
create index on public.risk_reviews (decided_by);
create index risk_reviews_open on public.risk_reviews (review_by) where decided_at is null;

-- Partners who openly buy for their own company or resell under their own name: their own details at a client are no finding.
create table public.reseller_declarations (
    id uuid primary key, -- the request id
    partner_id uuid not null references public.partners,
    reason text not null check (length(reason) between 3 and 2000),
    granted_by uuid not null references public.staff_members,
    granted_at timestamptz not null default private.now(),
    ended_by uuid references public.staff_members,
    ended_at timestamptz,
    check ((ended_at is null) = (ended_by is null))
);

create unique index reseller_declarations_open_key on public.reseller_declarations (partner_id) where ended_at is null;
create index on public.reseller_declarations (partner_id);
create index on public.reseller_declarations (granted_by);
create index on public.reseller_declarations (ended_by);

create function private.is_reseller(owner uuid) returns boolean
language sql stable security definer set search_path = '' as $$
    select exists (select from public.reseller_declarations where partner_id = owner and ended_at is null);
$$;

create function private.declare_reseller(request uuid, owner uuid, granted boolean, why text) returns public.reseller_declarations
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    reason text := private.reason_text(why);
    known public.reseller_declarations;
begin
    if request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    perform private.require_others_affair(owner);
    perform from public.partners where id = owner for no key update;
    if not found then
        perform private.fail('PT404', 'There is no such partner.', 'not_found', 'partner_id');
    end if;
    select * into known from public.reseller_declarations where partner_id = owner and ended_at is null for update;
    if granted and known.id is null then
        insert into public.reseller_declarations (id, partner_id, reason, granted_by) values (request, owner, reason, staff)
        returning * into known;
    elsif not granted and known.id is not null then
        update public.reseller_declarations set ended_at = private.now(), ended_by = staff where id = known.id returning * into known;
    else
        return known;
    end if;
    perform private.emit(
        case when granted then 'reseller.declared' else 'reseller.ended' end, 'partner', owner, owner, null,
        jsonb_build_object('staff_id', staff, 'reason', reason)
    );
    return known;
end;
$$;

create function public.declare_reseller(request_id uuid, partner_id uuid, reason text, granted boolean default true) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(known) from private.declare_reseller(request_id, partner_id, granted, reason) as known;
$$;

-- One fact, once: opens its review and, where the rule says so, the hold. Null when the rule is off or the fact is known.
create function private.raise_risk(rule_code text, owner uuid, of_deal uuid, what text, known_facts jsonb) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
    rule public.risk_rules;
    review public.risk_reviews;
    hold public.risk_holds;
begin
    select * into rule from public.risk_rules where code = rule_code and enabled;
    if not found then
        return null;
    end if;
    insert into public.risk_reviews as made (rule_code, partner_id, deal_id, fact_key, facts, review_by)
    values (rule.code, owner, of_deal, what, known_facts, private.in_business_days(rule.review_days))
    on conflict on constraint risk_reviews_rule_code_partner_id_fact_key_key do nothing
    returning * into review;
    if review.id is null then
        return null;
    end if;
    if rule.effect = 'hold' then
        hold := private.place_hold(owner, rule.code, rule.evidence_class, review.review_by, 'rule', of_deal, null, rule.says);
        -- Another fact of the same kind may have opened that hold before: one decision then answers both.
        update public.risk_reviews set hold_id = hold.id
        where id = review.id and not exists (select from public.risk_reviews as other where other.hold_id = hold.id);
    end if;
    perform private.emit(
        'risk.raised', 'risk_review', review.id, owner, null,
        jsonb_build_object('rule', rule.code, 'effect', rule.effect, 'deal_id', of_deal, 'hold_id', hold.id)
    );
    perform private.tell_staff(
        'risk.' || rule.effect, review.id, owner, array['finance', 'admin']::public.staff_role[],
        'Risk rule ' || rule.code || case rule.effect when 'hold' then ' stopped money: ' else ' found something: ' end || rule.says
    );
    return review.id;
end;
$$;

-- The decision about a hold is the decision about what opened it.
create function private.close_risk_review() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    update public.risk_reviews
    set decision = new.decision::text, decision_reason = new.decision_reason, decided_by = new.decided_by, decided_at = new.decided_at
    where decided_at is null and (
        hold_id = new.id
        or (hold_id is null and rule_code = new.reason_code and partner_id = new.partner_id and deal_id is not distinct from new.deal_id)
    );
    return null;
end;
$$;

create trigger close_risk_review after update of decided_at on public.risk_holds
for each row when (old.decided_at is null and new.decided_at is not null) execute function private.close_risk_review();

create view private.check_risk_reviews with (security_invoker = true) as
select review.id, review.rule_code, review.decision, hold.id as hold_id, hold.decision as hold_decision
from public.risk_reviews as review
join public.risk_holds as hold on hold.id = review.hold_id
where (review.decided_at is null) <> (hold.decided_at is null) or review.decision is distinct from hold.decision::text;

-- A rule is changed by a function that says who and why; its history is in the events.
create function private.set_risk_rule(
    wanted text, wanted_effect text, is_on boolean, changes jsonb, days integer, why text
) returns public.risk_rules
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    reason text := private.reason_text(why);
    before public.risk_rules;
    rule public.risk_rules;
    name text;
begin
    select * into before from public.risk_rules where code = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such rule.', 'not_found', 'code');
    end if;
    if coalesce(wanted_effect, before.effect) not in ('hold', 'flag') then
        perform private.fail('22023', 'The effect is hold or flag.', 'one_of', 'effect', null, 'hold, flag');
    end if;
    if jsonb_typeof(coalesce(changes, '{}')) <> 'object' then
        perform private.fail('22023', 'Send the parameters as an object.', 'object', 'parameters');
    end if;
    for name in select jsonb_object_keys(coalesce(changes, '{}')) loop
        if before.parameters -> name is null or jsonb_typeof(before.parameters -> name) <> jsonb_typeof(changes -> name)
            or (jsonb_typeof(changes -> name) = 'number' and (changes ->> name)::numeric <= 0)
        then
            perform private.fail('22023', 'The rule has no such parameter of that kind.', 'unknown', 'parameters', null, name);
        end if;
    end loop;
    if coalesce(days, before.review_days) not between 1 and 30 then
        perform private.fail('22023', 'A review takes 1 to 30 business days.', 'range', 'review_days', null, '1 to 30');
    end if;
    update public.risk_rules
    set effect = coalesce(wanted_effect, effect), enabled = coalesce(is_on, enabled), parameters = parameters || coalesce(changes, '{}'),
        review_days = coalesce(days, review_days), changed_by = staff, changed_at = private.now()
    where code = wanted
    returning * into rule;
    perform private.emit(
        'risk_rule.changed', 'risk_rule', staff, null, to_jsonb(before) - 'says',
        (to_jsonb(rule) - 'says') || jsonb_build_object('staff_id', staff, 'reason', reason)
    );
    return rule;
end;
$$;

create function public.set_risk_rule(
    code text, reason text, effect text default null, enabled boolean default null, parameters jsonb default null,
    review_days integer default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(rule) from private.set_risk_rule(code, effect, enabled, parameters, review_days, reason) as rule;
$$;
