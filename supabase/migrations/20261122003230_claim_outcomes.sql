-- What an accepted claim leads to (F-18): money as proposals under the four-eyes rule, or another owner. Before the client's first
-- cash the lead and its deal change hands as if they had always been the other's; after it, explicit lines say what moves.

-- The terms that a partner would have had at the moment of the win.
create function private.terms_at_win(deal public.deals, owner uuid) returns public.deals
language plpgsql stable security definer set search_path = '' as $$
declare
    was public.partner_tier;
    rate record;
    above record;
    bringer record;
begin
    select tier into was from public.partner_tier_history
    where partner_id = owner and valid_from <= deal.won_at and (valid_to is null or valid_to > deal.won_at);
    deal.partner_id := owner;
    deal.tier_at_win := coalesce(was, 'starter'); -- who joined later had no tier yet
    select clearing_days into strict deal.clearing_days from public.commission_plan_rates
    where plan_id = deal.plan_id and tier = deal.tier_at_win;
    select * into rate from private.rate_for(owner, deal.lead_id, deal.tier_at_win, deal.plan_id, deal.won_at);
    select * into above from private.leader_terms(owner, deal.plan_id, deal.won_at);
    select * into bringer from private.recruiter_terms(owner, deal.plan_id, deal.won_at);
    deal.rate_bp := rate.rate_bp;
    deal.rate_override_id := rate.override_id;
    deal.leader_id := above.leader_id;
    deal.override_bp := coalesce(above.override_bp, 0);
    deal.recruiter_id := bringer.recruiter_id;
    deal.referral_bp := coalesce(bringer.referral_bp, 0);
    return deal;
end;
$$;

-- Gives a deal without cash to another partner. It stops to count for the one before it counts for the other.
create function private.reassign_deal(deal public.deals, owner uuid, why text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    terms public.deals := private.terms_at_win(deal, owner);
    counted boolean := deal.status = 'verified' and deal.disqualified_at is null;
begin
    perform private.lock_partners(deal.partner_id, owner);
    if counted then
        perform private.disqualify_deal(deal.id, 'given to another partner');
    end if;
    perform set_config('siso.writer', 'reassign_deal', true);
    update public.deals
    set
        partner_id = owner, tier_at_win = terms.tier_at_win, rate_bp = terms.rate_bp, rate_override_id = terms.rate_override_id,
        clearing_days = terms.clearing_days, leader_id = terms.leader_id, override_bp = terms.override_bp,
        recruiter_id = terms.recruiter_id, referral_bp = terms.referral_bp
    where id = deal.id;
    perform set_config('siso.writer', '', true);
    if counted then
        perform private.requalify_deal(deal.id);
    end if;
    update public.deal_cases set partner_id = owner where deal_id = deal.id and state <> 'decided';
    update public.commissions set status = 'reversed' where deal_id = deal.id and status = 'estimated';
    perform private.expect_commission(deal.id);
    perform private.emit(
        'deal.reassigned', 'deal', deal.id, owner, jsonb_build_object('partner_id', deal.partner_id, 'rate_bp', deal.rate_bp),
        jsonb_build_object('partner_id', owner, 'rate_bp', terms.rate_bp, 'reason', why)
    );
    perform private.hint(deal.partner_id, 'earnings.changed', deal.id);
    perform private.hint(owner, 'earnings.changed', deal.id);
    select * into strict terms from public.deals where id = deal.id;
    perform private.review_deal_identity(terms);
end;
$$;

-- The estimate of a deal that nobody has paid for yet.
create function private.expect_commission(wanted uuid) returns void
language sql volatile security definer set search_path = '' as $$
    insert into public.commissions (
        partner_id, lead_id, deal_id, commission_type, estimate, status, amount, currency, plan_id, tier, rate_bp, base_amount
    )
    select
        deal.partner_id, deal.lead_id, deal.id, 'base', true, 'estimated', worth.amount, deal.currency, deal.plan_id, deal.tier_at_win,
        deal.rate_bp, coalesce(deal.contracted_value, deal.claimed_value)
    from public.deals as deal
    cross join lateral (
        select private.share_of(coalesce(deal.contracted_value, deal.claimed_value), deal.rate_bp) as amount
    ) as worth
    where deal.id = wanted and worth.amount <> 0
        and not exists (select from public.commissions as line where line.deal_id = deal.id and line.status = 'estimated')
        and not exists (select from private.forfeits as taken where taken.deal_id = deal.id and taken.partner_id = deal.partner_id);
$$;

create function private.base_booked(deal public.deals) returns bigint
language sql stable security definer set search_path = '' as $$
    select coalesce(sum(line.amount), 0)::bigint from private.cash_lines as line
    where line.deal_id = deal.id and line.partner_id = deal.partner_id and line.kind = 'base';
$$;

-- Proposes to move money of a deal from its first owner to another partner (below zero: back), as two lines for a second person.
create function private.propose_move(deal public.deals, owner uuid, moved bigint, why text, claim uuid, staff uuid) returns void
language sql volatile security definer set search_path = '' as $$
    select private.store_adjustment(
        gen_random_uuid(), 'reattribution', side.partner_id, side.amount, deal.currency::text, left(why, 500), null, claim, staff, deal.id
    )
    from (values (deal.partner_id, -moved), (owner, moved)) as side (partner_id, amount)
    where moved <> 0;
$$;

-- After its first cash a deal stays with its first owner, whose frozen terms go on counting it. What its cash changes once the money
-- was given to another partner is theirs, too: a later payment goes on to them, and a refund takes from them what they were given,
-- not from the first owner. Two people sign that like the first move; it is proposed in the name of whoever decided the claim.
create function private.follow_moved_deal(wanted uuid, net bigint, refund uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    deal public.deals;
    claim public.attribution_claims;
    considered bigint; -- all that was ever proposed to leave the first owner, declined or not
    moved bigint; -- what has left or may
    change bigint;
begin
    select
        adjustment.claim_id, -sum(adjustment.amount) filter (where adjustment.partner_id = known.partner_id),
        -sum(adjustment.amount) filter (
            where adjustment.partner_id = known.partner_id and adjustment.state in ('proposed', 'approved')
        )
    into claim.id, considered, moved
    from public.adjustments as adjustment
    join public.deals as known on known.id = adjustment.deal_id
    where adjustment.deal_id = wanted
    group by adjustment.claim_id
    having bool_or(adjustment.state in ('proposed', 'approved'));
    if not found or coalesce(moved, 0) <= 0 then
        return;
    end if;
    select * into strict deal from public.deals where id = wanted;
    select * into strict claim from public.attribution_claims where id = claim.id;
    change := greatest(private.base_booked(deal) - considered, -moved);
    perform private.propose_move(
        deal, claim.partner_id, change,
        'The client of deal ' || deal.reference || case when change > 0 then ' paid' else ' got money back' end
        || ' after its money was given to another partner.',
        claim.id, claim.decided_by
    );
end;
$$;

insert into private.cash_hooks (function) values ('follow_moved_deal');

-- No row when all is well: what one partner lost to another is what the other got.
create view private.check_moved_deals with (security_invoker = true) as
select deal_id, sum(amount) as difference
from public.adjustments
where deal_id is not null and state = 'approved'
group by deal_id
having sum(amount) <> 0;

create function private.reattribute_lead(wanted uuid, owner uuid, claim uuid, why text, staff uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    lead public.leads;
    deal public.deals;
begin
    -- The deal first: whoever has it may be writing lines that name the lead.
    perform from public.deals where lead_id = wanted for update;
    select * into lead from public.leads where id = wanted and deleted_at is null for update;
    if not found then
        perform private.fail('PT404', 'There is no such lead.', 'not_found', 'lead_id');
    end if;
    if lead.partner_id = owner then
        perform private.fail('22023', 'The lead is theirs already.', 'no_change', 'lead_id');
    end if;
    perform private.require_others_affair(lead.partner_id);
    select * into deal from public.deals where lead_id = lead.id for update;
    if exists (select from public.client_payments where deal_id = deal.id) then
        perform private.require_staff('finance', 'admin');
        if exists (select from public.adjustments where deal_id = deal.id and state in ('proposed', 'approved')) then
            perform private.fail(
                'PT409', 'The money of this deal was given to another partner before.', 'moved_before', 'lead_id', 'Propose adjustments.'
            );
        end if;
        perform private.propose_move(deal, owner, private.base_booked(deal), why, claim, staff);
        return;
    end if;
    if deal.status in ('claimed', 'verified') then
        perform private.reassign_deal(deal, owner, why);
    end if;
    -- The other's link led nowhere, as it turned out.
    update public.leads set partner_id = owner, referral_link_id = null where id = lead.id;
    insert into ops.tombstones (table_name, row_id, partner_id) values ('leads', lead.id, lead.partner_id) on conflict do nothing;
    perform private.review_registration(lead.id);
    perform private.emit(
        'lead.reassigned', 'lead', lead.id, owner, jsonb_build_object('partner_id', lead.partner_id),
        jsonb_build_object('partner_id', owner, 'claim_id', claim, 'staff_id', staff)
    );
    perform private.notify(
        lead.partner_id, 'account', 'A client was given to another partner', left(lead.company_name || ': ' || why, 500), '/partner/leads'
    );
    perform private.hint(lead.partner_id, 'lead.changed', lead.id);
end;
$$;

-- Does what the decision on a claim says. The caller has checked the right to decide it.
create function private.apply_claim(claim public.attribution_claims, target uuid, staff uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    line public.commissions;
begin
    if claim.resolution = 'adjustment' then
        select * into line from public.commissions where id = claim.commission_id and currency = claim.resolution_currency;
        perform private.store_adjustment(
            claim.id, 'claim', claim.partner_id, claim.resolution_amount, claim.resolution_currency::text,
            left(claim.decision_reason, 500), line.id, claim.id, staff
        );
    elsif claim.resolution = 'reattribution' then
        perform private.reattribute_lead(target, claim.partner_id, claim.id, claim.decision_reason, staff);
    end if;
end;
$$;

-- Whether the caller has decided before what a claim is about: the claim that it appeals, the deal, or the hold on the line.
create function private.decided_before(claim public.attribution_claims) returns boolean
language sql stable security definer set search_path = '' as $$
    select private.signed_before(variadic array(
        select decided_by from public.attribution_claims where id = claim.appeal_of
        union all
        select decided_by from public.deal_cases
        where deal_id = coalesce(claim.deal_id, (select deal_id from public.commissions where id = claim.commission_id))
            and decision = 'rejected' and decided_by is not null
        union all
        select hold.decided_by from public.risk_holds as hold
        join public.commissions as line on line.id = claim.commission_id
        where hold.decision = 'upheld' and hold.decided_by is not null
            and (hold.deal_id = line.deal_id or hold.commission_id = line.id)
    ));
$$;
