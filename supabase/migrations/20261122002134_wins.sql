-- The win freezes every rate that will ever apply to its deal: the partner's, the leader's, the recruiter's (A-04, A-11,
-- A-12, A-58). Posting functions read them here and nowhere else.

alter table public.deals
add column rate_override_id uuid references public.rate_overrides, -- null: the tier's own rate
add column leader_id uuid references public.partners, -- null: no leader, or none who may earn from this win
add column override_bp integer not null default 0 check (override_bp between 0 and 10000),
add column recruiter_id uuid references public.partners,
add column referral_bp integer not null default 0 check (referral_bp between 0 and 10000),
add constraint leader_with_rate check ((leader_id is null) <= (override_bp = 0)),
add constraint recruiter_with_rate check ((recruiter_id is null) <= (referral_bp = 0));

create index on public.deals (rate_override_id);
create index on public.deals (leader_id);
create index on public.deals (recruiter_id);

create function private.keep_shared_terms() returns trigger
language plpgsql set search_path = '' as $$
begin
    if current_setting('siso.writer', true) is distinct from 'reassign_deal' and (new.rate_override_id, new.leader_id, new.override_bp, new.recruiter_id, new.referral_bp)
        is distinct from (old.rate_override_id, old.leader_id, old.override_bp, old.recruiter_id, old.referral_bp)
    then
        perform private.fail('42501', 'The terms of a won deal never change.', 'frozen_terms');
    end if;
    return new;
end;
$$;

create trigger keep_shared_terms before update on public.deals
for each row execute function private.keep_shared_terms();

create function private.claim_win(wanted_lead uuid, value bigint, wanted_currency text, request uuid) returns public.deals
language plpgsql volatile security definer set search_path = '' as $$
declare
    lead public.leads;
    deal public.deals;
    partner public.partners;
    plan uuid := private.current_plan();
begin
    perform private.require_active_partner();
    select * into deal from public.deals where deals.request_id = request and partner_id = private.me();
    if found then
        return deal; -- a phone may repeat itself
    end if;
    if value is null or value <= 0 then
        perform private.fail('22023', 'The value must be above zero.', 'positive', 'value', null, '1');
    end if;
    if value > 1000000000000 then
        perform private.fail('22023', 'This value is too large.', 'range', 'value', null, '1000000000000');
    end if;
    if not exists (select from public.payout_minimums where currency = wanted_currency) then
        perform private.fail('22023', 'This currency is not supported.', 'unknown_currency', 'currency');
    end if;
    if request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    lead := private.own_lead(wanted_lead);
    if lead.status = 'closed_won' then
        perform private.fail('PT409', 'This lead has been won already.', 'already_won', 'lead_id');
    end if;
    -- A promotion, a change of team or of rate waits for this, or this for it: the order is the server's (A-04). Whoever may profit,
    -- too: a risk rule may set their money aside.
    perform private.lock_partners(variadic array(
        select lead.partner_id
        union
        select team.team_leader_id from public.partner_teams as team where team.team_member_id = lead.partner_id and team.valid_to is null
        union
        select known.recruiter_id from public.recruits as known where known.recruit_id = lead.partner_id
    ));
    select * into partner from public.partners where id = lead.partner_id;
    insert into public.deals (
        lead_id, partner_id, request_id, claimed_value, currency, plan_id, tier_at_win, rate_bp, rate_override_id, clearing_days,
        leader_id, override_bp, recruiter_id, referral_bp
    )
    select
        lead.id, lead.partner_id, request, value, wanted_currency, plan, rates.tier, rate.rate_bp, rate.override_id, rates.clearing_days,
        above.leader_id, coalesce(above.override_bp, 0), bringer.recruiter_id, coalesce(bringer.referral_bp, 0)
    from public.commission_plan_rates as rates
    cross join lateral private.rate_for(partner.id, lead.id, rates.tier, plan, private.now()) as rate
    cross join lateral private.leader_terms(partner.id, plan, private.now()) as above
    cross join lateral private.recruiter_terms(partner.id, plan, private.now()) as bringer
    where rates.plan_id = plan and rates.tier = partner.current_tier
    returning * into deal;
    update public.leads
    set status = 'closed_won', stage_entered_at = private.now(), lost_reason = null
    where id = lead.id;
    if private.share_of(value, deal.rate_bp) <> 0 then
        insert into public.commissions (
            partner_id, lead_id, deal_id, commission_type, estimate, status, amount, currency, plan_id, tier, rate_bp, base_amount
        ) values (
            deal.partner_id, deal.lead_id, deal.id, 'base', true, 'estimated', private.share_of(value, deal.rate_bp),
            deal.currency, deal.plan_id, deal.tier_at_win, deal.rate_bp, value
        );
    end if;
    perform private.emit('deal.claimed', 'deal', deal.id, deal.partner_id, null, jsonb_build_object('status', deal.status));
    perform private.hint(deal.partner_id, 'earnings.changed', deal.id);
    return deal;
end;
$$;

create function public.claim_win(lead_id uuid, value bigint, currency text, request_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select jsonb_build_object(
        'id', deal.id, 'reference', deal.reference, 'status', deal.status, 'claimed_value', deal.claimed_value,
        'currency', deal.currency, 'rate', deal.rate_bp, 'tier', deal.tier_at_win, 'won_at', deal.won_at,
        'estimated_commission', private.share_of(deal.claimed_value, deal.rate_bp)
    )
    from private.claim_win(lead_id, value, currency, request_id) as deal;
$$;
