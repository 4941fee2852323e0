-- "Why this amount?" for every kind of line (F-12), and the proof that recomputing gives the same cents (F-10).

-- The amount that the stored inputs give. Null where nothing is computed: bonuses and adjustments are decided by people.
create function private.recompute_line(line public.commissions) returns bigint
language plpgsql stable security definer set search_path = '' as $$
declare
    deal public.deals;
    worth bigint;
    before bigint;
    siblings bigint;
begin
    if line.estimate then
        return private.share_of(line.base_amount, line.rate_bp);
    end if;
    if line.source_id is not null or line.deal_id is null then
        return null;
    end if;
    select * into strict deal from public.deals where id = line.deal_id;
    select due.amount into worth from private.entitlements(deal, line.net_cash, true) as due
    where due.partner_id = line.partner_id and due.kind = line.kind;
    if line.entitled = 0 and line.refund_id is null and line.commission_type = 'reversal' then
        worth := 0; -- a decision took it: the deal was closed, or the share forfeited
    end if;
    select coalesce(sum(known.amount) filter (where known.booking < line.booking), 0),
        coalesce(sum(known.amount) filter (where known.booking = line.booking and known.id <> line.id), 0)
    into before, siblings
    from private.cash_lines as known
    where known.deal_id = line.deal_id and known.partner_id = line.partner_id and known.kind = line.kind;
    return worth - before - siblings;
end;
$$;

create function private.why_this_amount(wanted uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    mine uuid := private.me();
    line public.commissions;
    recomputed bigint;
begin
    select * into line from public.commissions where id = wanted and (
        partner_id = mine or private.my_roles() && array['finance', 'admin', 'owner']::public.staff_role[]
    );
    if not found then
        perform private.fail('PT404', 'There is no such line.', 'not_found', 'commission_id');
    end if;
    recomputed := private.recompute_line(line);
    return (
        select jsonb_build_object(
            'commission_id', line.id, 'type', line.commission_type, 'kind', line.kind, 'status', line.status, 'note', line.note,
            'source', line.source,
            'as', case when deal.id is null then null when deal.partner_id = line.partner_id then 'seller'
                when line.kind = 'team_override' then 'leader' when line.kind = 'referral' then 'recruiter' end,
            -- Whose client it is stays the seller's business.
            'deal', case when deal.id is not null then jsonb_build_object('reference', deal.reference, 'won_at', deal.won_at, 'status', deal.status)
                || case when deal.partner_id = line.partner_id then jsonb_build_object(
                    'claimed_value', deal.claimed_value, 'contracted_value', deal.contracted_value, 'company_name', lead.company_name
                ) else '{}' end
            end,
            'payment', case when payment.id is not null then jsonb_build_object(
                'instalment', payment.instalment, 'amount', payment.amount, 'cleared_at', payment.cleared_at
            ) end,
            'refund', case when refund.id is not null then jsonb_build_object(
                'kind', refund.kind, 'amount', refund.amount, 'reported_amount', refund.reported_amount, 'refunded_at', refund.refunded_at
            ) end,
            'tier', line.tier, 'plan_version', plan.version, 'override_basis', plan.override_basis, 'rate', line.rate_bp,
            'net_cash', line.net_cash, 'base_amount', line.base_amount,
            'cap', case when line.net_cash is not null then jsonb_build_object(
                'rate', plan.program_cap_bp, 'amount', line.net_cash * plan.program_cap_bp / 10000,
                'uncapped', line.uncapped, 'trimmed', case when line.entitled > 0 then line.uncapped - line.entitled else 0 end
            ) end,
            'entitled', line.entitled, 'booked_before', line.booked_before, 'amount', line.amount, 'currency', line.currency,
            'rounding', case when line.rate_bp is not null then
                'base_amount × rate ÷ 10000, rounded half away from zero, capped, less booked_before' end,
            'recomputed', recomputed, 'agrees', case when recomputed is not null then recomputed = line.amount end,
            'clears_at', line.clears_at,
            -- A leader or recruiter sees that the deal waits, not what the seller is asked about (as in my_holds).
            'holds', coalesce((
                select jsonb_agg(jsonb_build_object(
                    'id', hold.id, 'own', hold.own,
                    'reason_code', case when hold.own then hold.reason_code else 'deal_under_review' end,
                    'evidence_class', case when hold.own then hold.evidence_class end, 'detail', case when hold.own then hold.detail end,
                    'review_by', hold.review_by, 'opened_at', hold.opened_at, 'decision', hold.decision, 'decided_at', hold.decided_at,
                    'decision_reason', case when hold.own then hold.decision_reason end
                ) order by hold.opened_at)
                from (
                    select known.*, known.partner_id = line.partner_id or mine is distinct from line.partner_id as own
                    from public.risk_holds as known
                    where known.deal_id = line.deal_id or known.commission_id in (line.id, line.corrects_id)
                        or (known.deal_id is null and known.commission_id is null and known.partner_id = line.partner_id)
                ) as hold
                where hold.own or hold.decided_at is null
            ), '[]'),
            'corrects', line.corrects_id,
            'reversals', coalesce((
                select jsonb_agg(jsonb_build_object('commission_id', other.id, 'amount', other.amount, 'status', other.status)
                    order by other.created_at, other.id)
                from public.commissions as other where other.corrects_id = line.id
            ), '[]'),
            'payout', case when payout.id is not null then jsonb_build_object(
                'id', payout.id, 'status', payout.status, 'amount', payout.amount, 'paid_at', payout.paid_at
            ) end,
            -- The months whose statements tell of this line: earned, cleared, taken back.
            'statements', coalesce((
                select jsonb_agg(jsonb_build_object(
                    'id', statement.id, 'month', to_char(statement.period, 'YYYY-MM'), 'currency', statement.currency,
                    'pdf', (select file.path from public.statement_files as file where file.statement_id = statement.id and file.kind = 'pdf')
                ) order by statement.period)
                from public.statements as statement
                where statement.partner_id = line.partner_id and statement.id in (
                    select stated.statement_id from ledger.journals as journal
                    join ledger.stated_lines as stated on stated.journal_id = journal.id
                    where journal.source_kind = 'commission' and journal.source_id = line.id
                )
            ), '[]')
        )
        from (select) as one
        left join public.deals as deal on deal.id = line.deal_id
        left join public.leads as lead on lead.id = line.lead_id
        left join public.commission_plans as plan on plan.id = line.plan_id
        left join public.client_payments as payment on payment.id = line.client_payment_id
        left join public.client_refunds as refund on refund.id = line.refund_id
        left join public.payout_items as item on item.commission_id = line.id
        left join public.payouts as payout on payout.id = item.payout_id
    );
end;
$$;

create function public.why_this_amount(commission_id uuid) returns jsonb
language sql stable set search_path = '' as $$
    select private.why_this_amount(commission_id);
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Every night: a sample of lines is computed again, and every invariant is looked at. What is found stays, for an admin.
-- ---------------------------------------------------------------------------------------------------------------------
create table private.recompute_findings (
    commission_id uuid primary key references public.commissions,
    amount bigint not null,
    recomputed bigint,
    found_at timestamptz not null default private.now()
);

create function private.recompute_sample(lines integer default 1000) returns integer
language sql volatile security definer set search_path = '' as $$
    with sample as (
        select known.id, known.amount, private.recompute_line(known) as recomputed
        from public.commissions as known
        where known.id in (select picked.id from public.commissions as picked order by random() limit lines)
    ),

    stored as (
        insert into private.recompute_findings (commission_id, amount, recomputed)
        select sample.id, sample.amount, sample.recomputed from sample where sample.recomputed <> sample.amount
        on conflict (commission_id) do update set recomputed = excluded.recomputed, found_at = excluded.found_at
        returning commission_id
    )

    select count(*)::integer from stored;
$$;

create view private.check_recomputed_lines with (security_invoker = true) as
select commission_id, amount, recomputed, found_at from private.recompute_findings;

-- What a check_* view said, once per row; gone when the view says it no longer.
create table private.invariant_findings (
    id uuid primary key default gen_random_uuid(),
    view_name text not null,
    finding jsonb not null,
    digest text generated always as (md5(finding::text)) stored,
    first_seen timestamptz not null default private.now(),
    last_seen timestamptz not null default private.now(),
    gone_at timestamptz,
    unique (view_name, digest)
);

-- Looks at every private.check_* view, at most 100 rows of each; one that fails is a finding, too. Returns the open findings.
create function private.run_checks() returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
    view text;
    began timestamptz := private.now();
    fresh record;
begin
    for view in
        select viewname from pg_catalog.pg_views where schemaname = 'private' and viewname like 'check\_%' order by 1
    loop
        begin
            execute format(
                'insert into private.invariant_findings (view_name, finding)'
                ' select distinct on (to_jsonb(said)) %L, to_jsonb(said) from (select * from private.%I limit 100) as said'
                ' on conflict (view_name, digest) do update set last_seen = private.now(), gone_at = null', view, view
            );
        exception when others then
            insert into private.invariant_findings (view_name, finding) values (view, jsonb_build_object('error', sqlerrm))
            on conflict (view_name, digest) do update set last_seen = private.now(), gone_at = null;
        end;
    end loop;
    update private.invariant_findings set gone_at = private.now() where gone_at is null and last_seen < began;
    for fresh in
        select view_name, min(id::text)::uuid as id, count(*) as many from private.invariant_findings
        where gone_at is null and first_seen >= began group by 1
    loop
        perform private.tell_staff(
            'invariant.broken', fresh.id, null, array['finance', 'admin']::public.staff_role[],
            'private.' || fresh.view_name || ' has ' || fresh.many || ' new findings: look at private.invariant_findings.'
        );
    end loop;
    return (select count(*) from private.invariant_findings where gone_at is null);
end;
$$;

select cron.schedule('run-checks', '40 3 * * *', 'select private.recompute_sample(), private.run_checks()');

-- ---------------------------------------------------------------------------------------------------------------------
-- No row when all is well.
-- ---------------------------------------------------------------------------------------------------------------------

-- For every deal, partner and kind the booked lines are what the cash that stayed is worth.
create view private.check_entitlements with (security_invoker = true) as
select deal.id as deal_id, due.partner_id, due.kind, due.amount as entitled, coalesce(booked.amount, 0) as booked
from public.deals as deal
cross join lateral private.entitlements(deal, private.deal_cash(deal.id)) as due
left join lateral (
    select sum(line.amount) as amount from private.cash_lines as line
    where line.deal_id = deal.id and line.partner_id = due.partner_id and line.kind = due.kind
) as booked on true
where exists (select from public.client_payments as payment where payment.deal_id = deal.id)
    and due.amount <> coalesce(booked.amount, 0);

-- Money that nothing explains: cash lines of nobody whom the deal pays, and lines without their journal.
create view private.check_orphan_commissions with (security_invoker = true) as
select line.id, line.partner_id, line.deal_id, 'not a beneficiary of the deal' as problem
from private.cash_lines as line
join public.deals as deal on deal.id = line.deal_id
where line.partner_id not in (deal.partner_id, coalesce(deal.leader_id, deal.partner_id), coalesce(deal.recruiter_id, deal.partner_id))
    or (line.kind = 'base') <> (line.partner_id = deal.partner_id)
union all
select line.id, line.partner_id, line.deal_id, 'no journal'
from public.commissions as line
where not line.estimate and not exists (
    select from ledger.journals as journal where journal.source_kind = 'commission' and journal.source_id = line.id
)
union all
select line.id, line.partner_id, line.deal_id, 'expected of a share that was taken'
from public.commissions as line
join public.deals as deal on deal.id = line.deal_id
where line.status = 'estimated' and (deal.status in ('rejected', 'cancelled') or exists (
    select from private.forfeits as taken where taken.deal_id = line.deal_id and taken.partner_id = line.partner_id
));

-- Reversals never exceed what they correct, and bear its partner, currency and kind.
create view private.check_reversals with (security_invoker = true) as
select line.id, line.partner_id, line.amount, sum(reversal.amount) as reversed
from public.commissions as line
join public.commissions as reversal on reversal.corrects_id = line.id and reversal.commission_type = 'reversal'
group by line.id
having line.amount + sum(reversal.amount) < 0
    or bool_or((reversal.partner_id, reversal.currency, reversal.kind) is distinct from (line.partner_id, line.currency, line.kind));

create view private.check_refunds with (security_invoker = true) as
select payment.id, payment.amount, sum(refund.amount) as refunded
from public.client_payments as payment
join public.client_refunds as refund on refund.client_payment_id = payment.id
group by payment.id
having sum(refund.amount) > payment.amount
    or bool_or((refund.deal_id, refund.currency) is distinct from (payment.deal_id, payment.currency));

-- An open dispute has its open hold, and the other way round.
create view private.check_disputes with (security_invoker = true) as
select dispute.id, dispute.deal_id, dispute.status
from public.client_disputes as dispute
where (dispute.status = 'opened') <> exists (
    select from public.risk_holds as hold where hold.client_dispute_id = dispute.id and hold.decided_at is null
);

-- What came before its payment and waits for it longer than a week.
create view private.check_parked_events with (security_invoker = true) as
select event.id, event.source, event.source_id, event.payload ->> 'payment_source_id' as waits_for, event.received_at
from ops.inbound_events as event
where event.processed_at is null and event.payload ? 'payment_source_id' and event.source like 'client-%'
    and event.received_at < private.now() - interval '7 days';
