-- Where the risk rules look: at each win, and when a fact changes that an earlier win depends on.

create function private.risk_parameter(rule_code text, name text) returns integer
language sql stable security definer set search_path = '' as $$
    select (parameters ->> name)::integer from public.risk_rules where code = rule_code and enabled;
$$;

-- Whether two partners are one person: the same mailbox or the same phone number.
create function private.same_identity(one uuid, other uuid) returns text[]
language sql stable security definer set search_path = '' as $$
    select array_remove(array[
        case when private.normalise_email(a.email::text) = private.normalise_email(b.email::text) then 'email' end,
        case when private.normalise_phone(a.phone, a.country) = private.normalise_phone(b.phone, b.country) then 'phone' end
    ], null)
    from public.partners as a, public.partners as b
    where a.id = one and b.id = other and a.id <> b.id;
$$;

-- Self-dealing that counts: of a kind that the rule names, and not a reseller's own.
create function private.self_dealing_of(deal public.deals) returns text[]
language sql stable security definer set search_path = '' as $$
    select coalesce(array_agg(flag order by flag), '{}')
    from unnest(deal.flags) as flag
    join public.risk_rules as rule on rule.code = 'self_referral' and rule.parameters -> 'match' ? split_part(flag, ':', 2)
    where (flag like 'self_dealing:%' and not private.is_reseller(deal.partner_id))
        or (flag like 'team_dealing:%' and (rule.parameters ->> 'team')::boolean);
$$;

create function private.review_deal_identity(deal public.deals) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    kinds text[] := private.self_dealing_of(deal);
    above uuid;
begin
    if kinds <> '{}' then
        perform private.raise_risk('self_referral', deal.partner_id, deal.id, deal.id::text, jsonb_build_object('flags', kinds));
    end if;
    foreach above in array array_remove(array[deal.leader_id, deal.recruiter_id], null) loop
        kinds := private.same_identity(deal.partner_id, above);
        if kinds <> '{}' then
            perform private.raise_risk(
                'duplicate_identity', deal.partner_id, deal.id, deal.id::text, jsonb_build_object('same', kinds, 'partner_id', above)
            );
        end if;
    end loop;
end;
$$;

create function private.review_win() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    lead public.leads;
    counted integer;
    today text := to_char(private.now() at time zone 'UTC', 'YYYY-MM-DD');
begin
    perform private.review_deal_identity(new);
    select * into strict lead from public.leads where id = new.lead_id;
    select count(*) into counted from public.leads
    where partner_id = new.partner_id and created_at > private.now() - interval '1 hour';
    if counted > private.risk_parameter('many_leads', 'per_hour') then
        perform private.raise_risk('many_leads', new.partner_id, new.id, today, jsonb_build_object('leads', counted));
    end if;
    select count(*) into counted from public.deals
    where partner_id = new.partner_id and won_at > private.now() - interval '1 day';
    if counted > private.risk_parameter('many_wins', 'per_day') then
        perform private.raise_risk('many_wins', new.partner_id, new.id, today, jsonb_build_object('wins', counted));
    end if;
    if lead.created_at > private.now() - make_interval(mins => private.risk_parameter('fast_first_win', 'minutes'))
        and not exists (select from public.deals where partner_id = new.partner_id and id <> new.id)
    then
        perform private.raise_risk(
            'fast_first_win', new.partner_id, new.id, new.id::text, jsonb_build_object('lead_created_at', lead.created_at)
        );
    end if;
    return null;
end;
$$;

create trigger review_win after insert on public.deals
for each row execute function private.review_win();

-- An address or a number changed: deals of the last year that earned for both sides are looked at again, and those whose client
-- it now is.
create function private.review_identity_change() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    deal public.deals;
begin
    for deal in
        select known.* from public.deals as known
        join public.leads as lead on lead.id = known.lead_id
        where known.won_at > private.now() - interval '1 year' and known.status in ('claimed', 'verified') and (
            (new.id in (known.partner_id, known.leader_id, known.recruiter_id) and num_nonnulls(known.leader_id, known.recruiter_id) > 0)
            or (known.partner_id = new.id and (
                lead.normalised_email = private.normalise_email(new.email::text)
                or lead.normalised_phone = private.normalise_phone(new.phone, new.country)
            ))
        )
        order by known.id
        for no key update of known
    loop
        if deal.partner_id = new.id then
            deal.flags := (
                select array_agg(distinct flag order by flag) from unnest(
                    deal.flags || private.deal_flags((select lead from public.leads as lead where lead.id = deal.lead_id))
                ) as flag
                where flag = any (deal.flags) or flag like 'self_dealing:%' or flag like 'team_dealing:%'
            );
            update public.deals set flags = coalesce(deal.flags, '{}') where id = deal.id and flags <> coalesce(deal.flags, '{}');
        end if;
        perform private.review_deal_identity(deal);
    end loop;
    return null;
end;
$$;

create trigger review_identity_change after update of email, phone on public.partners
for each row when ((old.email, old.phone) is distinct from (new.email, new.phone)) execute function private.review_identity_change();

-- One bank account for two partners stops both. The fingerprint is Stripe's; only the partners' ids are kept as facts.
create function private.review_bank() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    other uuid;
begin
    for other in
        select partner_id from public.payout_accounts
        where destination_fingerprint = new.destination_fingerprint and partner_id <> new.partner_id
        order by partner_id
    loop
        perform private.raise_risk('shared_bank', new.partner_id, null, other::text, jsonb_build_object('partner_id', other));
        perform private.raise_risk('shared_bank', other, null, new.partner_id::text, jsonb_build_object('partner_id', new.partner_id));
    end loop;
    return null;
end;
$$;

create trigger review_bank after insert or update of destination_fingerprint on public.payout_accounts
for each row when (new.destination_fingerprint is not null) execute function private.review_bank();

create index payout_accounts_fingerprint on public.payout_accounts (destination_fingerprint) where destination_fingerprint is not null;

create function private.review_invites() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    counted integer;
begin
    select count(*) into counted from public.team_invites
    where team_leader_id = new.team_leader_id and created_at > private.now() - interval '1 day';
    if counted > private.risk_parameter('many_invites', 'per_day') then
        perform private.raise_risk(
            'many_invites', new.team_leader_id, null, to_char(private.now() at time zone 'UTC', 'YYYY-MM-DD'),
            jsonb_build_object('invites', counted)
        );
    end if;
    return null;
end;
$$;

create trigger review_invites after insert on public.team_invites
for each row execute function private.review_invites();

-- The share of clients' money that went back, when some goes back: at most one review a month.
create function private.review_refunds() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    rule public.risk_rules;
    owner uuid := (select partner_id from public.deals where id = new.deal_id);
    since timestamptz;
    paid record;
    returned bigint;
begin
    select * into rule from public.risk_rules where code = 'refund_rate' and enabled;
    if not found then
        return null;
    end if;
    since := private.now() - make_interval(days => (rule.parameters ->> 'days')::integer);
    select count(*) as payments, coalesce(sum(payment.amount), 0) as cash into paid
    from public.client_payments as payment
    join public.deals as deal on deal.id = payment.deal_id
    where deal.partner_id = owner and payment.currency = new.currency and payment.cleared_at > since;
    select coalesce(sum(refund.amount), 0) into returned
    from public.client_refunds as refund
    join public.deals as deal on deal.id = refund.deal_id
    where deal.partner_id = owner and refund.currency = new.currency and refund.refunded_at > since;
    if paid.payments >= (rule.parameters ->> 'min_payments')::integer
        and returned * 10000 > paid.cash * (rule.parameters ->> 'share_bp')::integer
    then
        perform private.raise_risk(
            'refund_rate', owner, null, to_char(private.now() at time zone 'UTC', 'YYYY-MM'),
            jsonb_build_object('payments', paid.payments, 'cash', paid.cash, 'returned', returned, 'currency', new.currency)
        );
    end if;
    return null;
end;
$$;

create trigger review_refunds after insert on public.client_refunds
for each row execute function private.review_refunds();

-- Leading that earns far more than selling: once a month per currency, by night. Returns how many were found.
create function private.review_overrides() returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
    rule public.risk_rules;
    earned record;
    found_now integer := 0;
begin
    select * into rule from public.risk_rules where code = 'override_share' and enabled;
    if not found then
        return 0;
    end if;
    for earned in
        select line.partner_id, line.currency,
            coalesce(sum(line.amount) filter (where line.kind in ('team_override', 'referral')), 0) as by_team,
            coalesce(sum(line.amount) filter (where line.kind = 'base'), 0) as by_self
        from public.commissions as line
        where not line.estimate and line.created_at > private.now() - make_interval(days => (rule.parameters ->> 'days')::integer)
        group by line.partner_id, line.currency
    loop
        if earned.by_team >= (rule.parameters ->> 'min_amount')::bigint
            and earned.by_team * 10000 > earned.by_self * (rule.parameters ->> 'times_bp')::bigint
            and private.raise_risk(
                'override_share', earned.partner_id, null, to_char(private.now() at time zone 'UTC', 'YYYY-MM') || ':' || earned.currency,
                jsonb_build_object('by_team', earned.by_team, 'by_self', earned.by_self, 'currency', earned.currency)
            ) is not null
        then
            found_now := found_now + 1;
        end if;
    end loop;
    return found_now;
end;
$$;

select cron.schedule('review-overrides', '40 3 * * *', 'select private.review_overrides()');
