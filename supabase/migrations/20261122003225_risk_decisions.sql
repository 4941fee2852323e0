-- Holds and flags in front of people: what the partner sees and may say, what staff decide, what happens when nobody does.
--
-- Invariant: only private.decide_hold ends a hold that a rule or a person opened; there is no path by time (F-07).

-- The partner's word on a hold, once (F-08). It is answered by the decision on the hold.
create table public.hold_appeals (
    id uuid primary key, -- made by the client, so that sending twice is one appeal
    hold_id uuid not null unique references public.risk_holds,
    partner_id uuid not null references public.partners,
    statement text not null check (length(statement) between 10 and 5000),
    created_at timestamptz not null default private.now()
);

create index on public.hold_appeals (partner_id);

create trigger append_only before update or delete or truncate on public.hold_appeals
for each statement execute function private.keep_as_written();

create function private.appeal_hold(wanted uuid, hold uuid, words text) returns public.hold_appeals
language plpgsql volatile security definer set search_path = '' as $$
declare
    target public.risk_holds;
    made public.hold_appeals;
begin
    select * into target from public.risk_holds where id = hold and partner_id = private.me() for update;
    if not found then
        perform private.fail('PT404', 'There is no such hold.', 'not_found', 'hold_id');
    end if;
    if wanted is null then
        perform private.fail('22023', 'An appeal needs an id.', 'required', 'id');
    end if;
    select * into made from public.hold_appeals where hold_id = hold;
    if made.id = wanted then
        return made;
    end if;
    if made.id is not null then
        perform private.fail('PT409', 'You have appealed against this hold.', 'one_appeal', 'hold_id');
    end if;
    if target.decided_at is not null then
        perform private.fail('PT409', 'This hold has been decided.', 'wrong_state', 'hold_id', 'Open a claim about the commission.');
    end if;
    if length(btrim(coalesce(words, ''))) not between 10 and 5000 then
        perform private.fail('22023', 'Say what is wrong (10 to 5,000 characters).', 'length', 'statement', null, '10 to 5000');
    end if;
    insert into public.hold_appeals (id, hold_id, partner_id, statement) values (wanted, hold, target.partner_id, btrim(words))
    returning * into made;
    -- A partner who asks is answered within five business days, earlier than planned if need be.
    update public.risk_holds set review_by = least(review_by, private.in_business_days(5)) where id = hold;
    perform private.emit('hold.appealed', 'risk_hold', hold, target.partner_id, null, jsonb_build_object('appeal_id', made.id));
    perform private.tell_staff(
        'risk.appeal', made.id, target.partner_id, array['finance', 'admin']::public.staff_role[], 'A partner appeals against a hold.'
    );
    return made;
end;
$$;

create function public.appeal_hold(id uuid, hold_id uuid, statement text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(made) from private.appeal_hold(id, hold_id, statement) as made;
$$;

-- What lies under a hold now, per currency.
create function private.held_amounts(hold public.risk_holds, owner uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
    select coalesce(jsonb_object_agg(sums.currency, sums.amount), '{}')
    from (
        select line.currency, sum(line.amount) as amount
        from public.commissions as line
        where line.partner_id = owner and line.status in ('held', 'disputed') and (
            line.deal_id = hold.deal_id or line.id = hold.commission_id or line.corrects_id = hold.commission_id
            or (hold.deal_id is null and hold.commission_id is null)
        )
        group by line.currency
    ) as sums;
$$;

-- Holds on the caller's money: why, how much, on what evidence, until when somebody decides, and whether an appeal is open to
-- them. A leader's or recruiter's share waits with the deal: they see that, not what the seller is asked about.
create function private.my_holds() returns jsonb
language sql stable security definer set search_path = '' as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', hold.id, 'own', mine.own, 'reason_code', case when mine.own then hold.reason_code else 'deal_under_review' end,
        'evidence_class', hold.evidence_class, 'says', case when mine.own then hold.detail else 'The deal is under review.' end,
        'deal_reference', deal.reference, 'commission_id', case when mine.own then hold.commission_id end,
        'amounts', private.held_amounts(hold, private.me()),
        'opened_at', hold.opened_at, 'review_by', hold.review_by,
        'appeal', case when mine.own and appeal.id is not null then jsonb_build_object(
            'id', appeal.id, 'statement', appeal.statement, 'created_at', appeal.created_at
        ) end,
        'can_appeal', mine.own and hold.decided_at is null and appeal.id is null,
        'decision', hold.decision, 'decision_reason', case when mine.own then hold.decision_reason end, 'decided_at', hold.decided_at
    ) order by hold.decided_at desc nulls first, hold.review_by), '[]')
    from public.risk_holds as hold
    left join public.deals as deal on deal.id = hold.deal_id
    left join public.hold_appeals as appeal on appeal.hold_id = hold.id
    cross join lateral (select hold.partner_id = private.me() as own) as mine
    where mine.own or (hold.decided_at is null and private.me() in (deal.partner_id, deal.leader_id, deal.recruiter_id));
$$;

create function public.my_holds() returns jsonb
language sql stable set search_path = '' as $$
    select private.my_holds();
$$;

-- Everything that waits for a decision: holds and flags, the most urgent first.
create function private.risk_queue(most integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
    perform private.require_staff('finance', 'admin');
    return (
        select coalesce(jsonb_agg(to_jsonb(shown) order by shown.review_by, shown.opened_at, shown.id), '[]')
        from (
            select
                'hold' as kind, hold.id, hold.reason_code as rule, hold.opened_by, partner.id as partner_id, partner.name as partner,
                deal.reference as deal, private.held_amounts(hold, hold.partner_id) as amounts, hold.evidence_class, review.facts,
                appeal.statement as appeal, hold.opened_at, hold.review_by, hold.review_by < private.now() as late,
                private.is_own_affair(hold.partner_id, deal.partner_id, deal.leader_id, deal.recruiter_id) as own_affair
            from public.risk_holds as hold
            join public.partners as partner on partner.id = hold.partner_id
            left join public.deals as deal on deal.id = hold.deal_id
            left join public.risk_reviews as review on review.hold_id = hold.id
            left join public.hold_appeals as appeal on appeal.hold_id = hold.id
            where hold.decided_at is null
            union all
            select
                'flag', review.id, review.rule_code, 'rule', partner.id, partner.name, deal.reference, '{}'::jsonb, rule.evidence_class,
                review.facts, null, review.created_at, review.review_by, review.review_by < private.now(),
                private.is_own_affair(review.partner_id, deal.partner_id, deal.leader_id, deal.recruiter_id)
            from public.risk_reviews as review
            join public.risk_rules as rule on rule.code = review.rule_code
            join public.partners as partner on partner.id = review.partner_id
            left join public.deals as deal on deal.id = review.deal_id
            where review.decided_at is null and review.hold_id is null
            order by review_by, opened_at
            limit least(greatest(coalesce(most, 50), 1), 200)
        ) as shown
    );
end;
$$;

create function public.risk_queue(max_rows integer default 50) returns jsonb
language sql stable set search_path = '' as $$
    select private.risk_queue(max_rows);
$$;

-- Refuses when the caller profits from what a hold or a flag is about.
create function private.require_no_interest(owner uuid, of_deal uuid) returns void
language plpgsql stable security definer set search_path = '' as $$
declare
    deal public.deals;
begin
    select * into deal from public.deals where id = of_deal;
    perform private.require_others_affair(owner, deal.partner_id, deal.leader_id, deal.recruiter_id);
end;
$$;

create function private.deal_of_hold(hold public.risk_holds) returns uuid
language sql stable security definer set search_path = '' as $$
    select coalesce(hold.deal_id, (select deal_id from public.commissions where id = hold.commission_id));
$$;

-- Sets money aside by hand.
create function private.open_hold(owner uuid, reference text, line uuid, why text, days integer) returns public.risk_holds
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    of_deal uuid := (select id from public.deals where deals.reference = open_hold.reference);
    hold public.risk_holds;
begin
    if length(btrim(coalesce(why, ''))) not between 3 and 300 then
        perform private.fail('22023', 'Give the reason in 3 to 300 characters; the partner reads it.', 'length', 'reason', null, '3 to 300');
    end if;
    if coalesce(days, 0) not between 1 and 30 then
        perform private.fail('22023', 'A review takes 1 to 30 business days.', 'range', 'review_days', null, '1 to 30');
    end if;
    if not exists (select from public.partners where id = owner)
        or (reference is not null and not exists (
            select from public.deals where id = of_deal and owner in (partner_id, leader_id, recruiter_id)
        ))
        or (line is not null and not exists (select from public.commissions where id = line and partner_id = owner and amount > 0 and not estimate))
        or num_nonnulls(reference, line) > 1
    then
        perform private.fail('PT404', 'There is no such deal or line of this partner.', 'not_found', 'partner_id');
    end if;
    perform private.require_no_interest(owner, coalesce(of_deal, (select deal_id from public.commissions where id = line)));
    hold := private.place_hold(
        owner, 'by_staff', 'behaviour', private.in_business_days(days), 'staff', of_deal, line, btrim(why), staff
    );
    return hold;
end;
$$;

create function public.open_hold(
    partner_id uuid, reason text, deal_reference text default null, commission_id uuid default null, review_days integer default 5
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(hold) from private.open_hold(partner_id, deal_reference, commission_id, reason, review_days) as hold;
$$;

-- The recorded decision that ends a hold. To uphold one is to forfeit the money: whoever opened it by hand does not do that alone.
create function private.decide_hold(wanted uuid, decision text, why text) returns public.risk_holds
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    reason text := private.reason_text(why);
    hold public.risk_holds;
begin
    select * into hold from public.risk_holds where id = wanted;
    if not found then
        perform private.fail('PT404', 'There is no such hold.', 'not_found', 'hold_id');
    end if;
    if coalesce(decision, '') not in ('released', 'upheld') then
        perform private.fail('22023', 'The decision is released or upheld.', 'one_of', 'decision', null, 'released, upheld');
    end if;
    perform private.require_no_interest(hold.partner_id, private.deal_of_hold(hold));
    if hold.opened_by = 'dispute' then
        perform private.fail('PT409', 'A dispute is decided by the client''s bank.', 'decided_by_bank', 'hold_id');
    end if;
    if decision = 'upheld' and hold.opened_by = 'staff' and private.signed_before(hold.staff_id) then
        perform private.fail('42501', 'Whoever opened a hold does not uphold it alone.', 'four_eyes', 'decision');
    end if;
    return private.end_hold(wanted, decision::public.hold_decision, left(reason, 1000), staff);
end;
$$;

create function public.decide_hold(hold_id uuid, decision text, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(hold) from private.decide_hold(hold_id, decision, reason) as hold;
$$;

-- A flag ends with a word: nothing in it, or money is set aside (which is a hold with a decision of its own).
create function private.decide_flag(wanted uuid, hold_it boolean, why text) returns public.risk_reviews
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    reason text := private.reason_text(why);
    review public.risk_reviews;
    rule public.risk_rules;
    hold public.risk_holds;
begin
    select * into review from public.risk_reviews where id = wanted and hold_id is null for update;
    if not found then
        perform private.fail('PT404', 'There is no such flag.', 'not_found', 'review_id');
    end if;
    perform private.require_no_interest(review.partner_id, review.deal_id);
    if review.decided_at is not null then
        perform private.fail('PT409', 'This flag has been decided.', 'wrong_state', 'review_id');
    end if;
    if hold_it then
        select * into strict rule from public.risk_rules where code = review.rule_code;
        hold := private.place_hold(
            review.partner_id, rule.code, rule.evidence_class, private.in_business_days(rule.review_days), 'staff', review.deal_id, null,
            rule.says, staff
        );
        -- The hold may stand already, for another fact of the same kind; its decision then answers both.
        update public.risk_reviews set hold_id = hold.id
        where id = wanted and not exists (select from public.risk_reviews as other where other.hold_id = hold.id)
        returning * into review;
    else
        update public.risk_reviews
        set decision = 'dismissed', decision_reason = reason, decided_by = staff, decided_at = private.now()
        where id = wanted
        returning * into review;
    end if;
    perform private.emit(
        case when hold_it then 'risk.held' else 'risk.dismissed' end, 'risk_review', review.id, review.partner_id, null,
        jsonb_build_object('staff_id', staff, 'reason', reason, 'hold_id', hold.id)
    );
    return review;
end;
$$;

create function public.decide_flag(review_id uuid, reason text, hold boolean default false) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(review) from private.decide_flag(review_id, hold, reason) as review;
$$;

-- Nobody decided in time: the desk is told, the partner too, and the money stays where it is (F-07, F-09).
create function private.escalate_holds() returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
    hold public.risk_holds;
    late integer := 0;
begin
    for hold in
        select * from public.risk_holds as known
        where known.decided_at is null and known.review_by < private.now() and known.opened_by <> 'dispute'
            and not exists (select from public.staff_notices where kind = 'hold.overdue' and subject_id = known.id)
        order by known.id
    loop
        late := late + 1;
        perform private.emit('hold.overdue', 'risk_hold', hold.id, hold.partner_id, null, jsonb_build_object('review_by', hold.review_by));
        perform private.tell_staff(
            'hold.overdue', hold.id, hold.partner_id, array['finance', 'admin']::public.staff_role[],
            'A hold (' || hold.reason_code || ') should have been decided.'
        );
        perform private.notify(
            hold.partner_id, 'commission', 'We are late with a hold',
            'We have not decided in time. It was passed on to be decided now; the money stays set aside until then.', '/partner/earnings'
        );
    end loop;
    return late;
end;
$$;

select cron.schedule('escalate-holds', '27 * * * *', 'select private.escalate_holds()');
