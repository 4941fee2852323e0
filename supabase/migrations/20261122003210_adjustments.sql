-- Corrections by people (R-523): one proposes, another decides, neither profits. What is approved becomes a commission line with
-- its journal; nothing else writes lines of type adjustment.
--
-- Invariants: an approved adjustment has exactly one line of its amount, any other none; two different people signed it
-- (check_adjustments).

create type public.adjustment_state as enum ('proposed', 'approved', 'declined', 'withdrawn');

create table public.adjustments (
    id uuid primary key, -- the proposer's request id: the same proposal twice is one
    purpose text not null check (purpose in ('correction', 'claim', 'reattribution', 'write_off')),
    partner_id uuid not null references public.partners,
    amount bigint not null check (amount <> 0 and abs(amount) <= 1000000000000), -- minor units
    currency char(3) not null references public.payout_minimums,
    reason text not null check (length(reason) between 3 and 500), -- the partner reads it
    commission_id uuid references public.commissions, -- the line that it corrects
    claim_id uuid references public.attribution_claims, -- the claim that it answers
    deal_id uuid references public.deals, -- whose money it moves to another partner
    state public.adjustment_state not null default 'proposed',
    proposed_by uuid not null references public.staff_members,
    proposed_at timestamptz not null default private.now(),
    decided_by uuid references public.staff_members,
    decided_at timestamptz,
    decision_reason text check (length(decision_reason) between 3 and 2000),
    line_id uuid unique references public.commissions,
    check ((state = 'proposed') = (decided_at is null)),
    check ((state = 'proposed') = (decided_by is null)),
    check ((state = 'approved') = (line_id is not null)),
    check (state <> 'declined' or decision_reason is not null),
    check (state <> 'approved' or decided_by <> proposed_by),
    check (purpose not in ('claim', 'reattribution') or claim_id is not null),
    check ((purpose = 'reattribution') = (deal_id is not null)),
    check (purpose not in ('claim', 'write_off') or amount > 0)
);

create index on public.adjustments (partner_id, proposed_at desc);
create index on public.adjustments (currency);
create index on public.adjustments (commission_id);
create index on public.adjustments (claim_id);
create index on public.adjustments (deal_id);
create index on public.adjustments (proposed_by);
create index on public.adjustments (decided_by);
create index adjustments_open on public.adjustments (proposed_at) where state = 'proposed';
-- One write-off of a partner at a time.
create unique index adjustments_write_off_key on public.adjustments (partner_id, currency)
where state = 'proposed' and purpose = 'write_off';

create function private.keep_adjustment() returns trigger
language plpgsql set search_path = '' as $$
begin
    if tg_op = 'DELETE' or old.state <> 'proposed'
        or (to_jsonb(new) - array['state', 'decided_by', 'decided_at', 'decision_reason', 'line_id'])
        is distinct from (to_jsonb(old) - array['state', 'decided_by', 'decided_at', 'decision_reason', 'line_id'])
    then
        perform private.fail('42501', 'A proposal is decided once, never rewritten.', 'append_only', null, 'Propose another one.');
    end if;
    return new;
end;
$$;

create trigger keep_adjustment before update or delete on public.adjustments
for each row execute function private.keep_adjustment();

-- Stores a proposal of the caller, who has been checked to be staff.
create function private.store_adjustment(
    request uuid, why_kind text, owner uuid, change bigint, in_currency text, why text, line uuid, claim uuid, staff uuid,
    of_deal uuid default null
) returns public.adjustments
language plpgsql volatile security definer set search_path = '' as $$
declare
    made public.adjustments;
begin
    if request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    perform private.require_others_affair(owner);
    if not exists (select from public.partners where id = owner) then
        perform private.fail('PT404', 'There is no such partner.', 'not_found', 'partner_id');
    end if;
    if not exists (select from public.payout_minimums where currency = in_currency) then
        perform private.fail('22023', 'This currency is not supported.', 'unknown_currency', 'currency');
    end if;
    if coalesce(change, 0) = 0 or change not between -1000000000000 and 1000000000000 then
        perform private.fail('22023', 'The amount is above or below zero, in minor units.', 'range', 'amount');
    end if;
    if length(btrim(coalesce(why, ''))) not between 3 and 500 then
        perform private.fail('22023', 'Give the reason in 3 to 500 characters; the partner reads it.', 'length', 'reason', null, '3 to 500');
    end if;
    if line is not null and not exists (select from public.commissions where id = line and partner_id = owner and currency = in_currency) then
        perform private.fail('PT404', 'There is no such line of this partner in this currency.', 'not_found', 'commission_id');
    end if;
    if claim is not null and not exists (select from public.attribution_claims where id = claim) then
        perform private.fail('PT404', 'There is no such claim.', 'not_found', 'claim_id');
    end if;
    insert into public.adjustments (id, purpose, partner_id, amount, currency, reason, commission_id, claim_id, deal_id, proposed_by)
    values (request, why_kind, owner, change, in_currency, btrim(why), line, claim, of_deal, staff)
    on conflict (id) do nothing
    returning * into made;
    if made.id is null then
        select * into strict made from public.adjustments where id = request;
        if (made.purpose, made.partner_id, made.amount, made.currency::text, made.commission_id, made.claim_id, made.proposed_by)
            is distinct from (why_kind, owner, change, in_currency, line, claim, staff)
        then
            perform private.fail('23505', 'This request id was used for another proposal.', 'request_id_reused', 'request_id');
        end if;
        return made;
    end if;
    perform private.emit(
        'adjustment.proposed', 'adjustment', made.id, owner, null,
        jsonb_build_object('purpose', why_kind, 'amount', change, 'currency', in_currency, 'staff_id', staff, 'claim_id', claim)
    );
    perform private.tell_staff(
        'adjustment.proposed', made.id, owner,
        case when why_kind = 'write_off' then array['admin'] else array['finance', 'admin'] end::public.staff_role[],
        'An adjustment waits for a second person: ' || made.reason
    );
    return made;
end;
$$;

create function private.propose_adjustment(
    request uuid, owner uuid, change bigint, in_currency text, why text, line uuid, claim uuid
) returns public.adjustments
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
begin
    return private.store_adjustment(
        request, case when claim is not null and change > 0 then 'claim' else 'correction' end, owner, change, in_currency, why, line, claim, staff
    );
end;
$$;

create function public.propose_adjustment(
    request_id uuid, partner_id uuid, amount bigint, currency text, reason text, commission_id uuid default null, claim_id uuid default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(made) from private.propose_adjustment(request_id, partner_id, amount, currency, reason, commission_id, claim_id) as made;
$$;

-- Refuses unless what a partner owes may be given up: they have left, or nothing happened for twelve months. What is still in
-- the balance is set against it; the rest is returned, in minor units.
create function private.require_old_debt(owner uuid, in_currency text) returns bigint
language plpgsql stable security definer set search_path = '' as $$
declare
    debt bigint := -private.payable_balance(owner, in_currency);
begin
    if debt <= 0 then
        perform private.fail('PT409', 'This partner owes nothing in this currency.', 'no_debt', 'currency');
    end if;
    if exists (
        select from public.commissions
        where partner_id = owner and currency = in_currency
            and status in ('pending', 'approved', 'held', 'disputed', 'processing')
    ) then
        perform private.fail('PT409', 'Money of this partner is still on its way.', 'unsettled', 'currency');
    end if;
    if not exists (select from public.partners where id = owner and status = 'terminated') and exists (
        select from public.commissions where partner_id = owner and created_at > private.now() - interval '12 months'
    ) then
        perform private.fail(
            'PT409', 'A debt is written off after twelve idle months or when the partner has left.', 'debt_not_idle', 'partner_id', null,
            '12 months'
        );
    end if;
    return debt;
end;
$$;

create function private.propose_write_off(request uuid, owner uuid, in_currency text, why text) returns public.adjustments
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    known public.adjustments;
begin
    select * into known from public.adjustments where id = request and proposed_by = staff and purpose = 'write_off';
    if found then
        return known;
    end if;
    return private.store_adjustment(
        request, 'write_off', owner, private.require_old_debt(owner, in_currency), in_currency, why, null, null, staff
    );
end;
$$;

create function public.propose_write_off(request_id uuid, partner_id uuid, currency text, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(made) from private.propose_write_off(request_id, partner_id, currency, reason) as made;
$$;

-- Posts the line of an approved adjustment. More money is pending for a moment, so that a risk hold catches it; less money is
-- owed from now on and taken from the next payout.
create function private.post_adjustment(wanted public.adjustments) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
    corrected public.commissions;
    of_deal uuid;
    of_lead uuid;
    line public.commissions;
    expense bigint := ledger.account('commission_expense', null, wanted.currency);
    owed bigint := ledger.account('partner_receivable', wanted.partner_id, wanted.currency);
    remains bigint;
begin
    select * into corrected from public.commissions where id = wanted.commission_id;
    -- The same locks as those of a hold on the deal or on everything. A correction of an open deal waits for it as its lines do.
    select id, lead_id into of_deal, of_lead from public.deals
    where id = coalesce(wanted.deal_id, corrected.deal_id) and status in ('claimed', 'verified') for no key update;
    perform from public.partners where id = wanted.partner_id for no key update;
    insert into public.commissions (
        partner_id, lead_id, deal_id, commission_type, status, amount, currency, source, source_id, note, corrects_id, clears_at
    ) values (
        wanted.partner_id, coalesce(corrected.lead_id, of_lead), of_deal, 'adjustment',
        case
            when wanted.purpose = 'write_off' then 'reversed'
            when wanted.amount < 0 then 'payable'
            else coalesce(private.hold_over(wanted.partner_id, of_deal, null), 'pending')
        end,
        wanted.amount, wanted.currency, 'adjustment', wanted.id, wanted.reason, corrected.id, private.now()
    ) returning * into line;
    if wanted.purpose = 'write_off' then
        -- The debt, what is left in the balance and this line come to zero: all of them are closed together.
        select coalesce(sum(amount), 0) into remains from public.commissions
        where partner_id = wanted.partner_id and currency = wanted.currency and status = 'payable' and amount > 0;
        if remains > 0 then
            perform ledger.post(
                'net', 'commission', line.id, ledger.account('partner_payable', wanted.partner_id, wanted.currency), owed,
                remains, wanted.currency
            );
        end if;
        perform ledger.post('write_off', 'commission', line.id, expense, owed, wanted.amount, wanted.currency);
        update public.commissions set status = 'reversed'
        where partner_id = wanted.partner_id and currency = wanted.currency and status = 'payable';
    elsif wanted.amount > 0 then
        perform ledger.post(
            'accrue', 'commission', line.id, expense,
            ledger.account('partner_pending', wanted.partner_id, wanted.currency), wanted.amount, wanted.currency
        );
        perform private.clear_lines(private.due_lines(1, array[line.id]));
    else
        perform ledger.post('adjust', 'commission', line.id, owed, expense, -wanted.amount, wanted.currency);
    end if;
    return line.id;
end;
$$;

-- The second signature. The proposer may only take the proposal back.
create function private.decide_adjustment(wanted uuid, decision text, why text) returns public.adjustments
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    proposal public.adjustments;
    line uuid;
begin
    select * into proposal from public.adjustments where id = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such proposal.', 'not_found', 'adjustment_id');
    end if;
    if coalesce(decision, '') not in ('approved', 'declined', 'withdrawn') then
        perform private.fail(
            '22023', 'The decision is approved, declined or withdrawn.', 'one_of', 'decision', null, 'approved, declined, withdrawn'
        );
    end if;
    if proposal.purpose = 'write_off' then
        perform private.require_staff('admin');
    end if;
    perform private.require_others_affair(proposal.partner_id);
    if private.signed_before(proposal.proposed_by) <> (decision = 'withdrawn') then
        perform private.fail(
            '42501', 'A proposal is decided by somebody else, and taken back by whoever made it.', 'four_eyes', 'decision'
        );
    end if;
    if proposal.state::text = decision then
        return proposal;
    end if;
    if proposal.state <> 'proposed' then
        perform private.fail('PT409', 'This proposal has been decided.', 'wrong_state', 'adjustment_id');
    end if;
    if length(nullif(btrim(why), '')) not between 3 and 2000 then
        perform private.fail('22023', 'A reason has 3 to 2,000 characters.', 'length', 'reason', null, '3 to 2000');
    end if;
    if decision = 'declined' then
        why := private.reason_text(why);
    end if;
    if decision = 'approved' then
        if proposal.purpose = 'write_off' and private.require_old_debt(proposal.partner_id, proposal.currency) <> proposal.amount then
            perform private.fail('PT409', 'The debt has changed since this was proposed.', 'debt_changed', 'adjustment_id');
        end if;
        -- Whoever is decided with it, too, before anything is posted.
        perform from public.deals where id = coalesce(proposal.deal_id, (
            select corrected.deal_id from public.commissions as corrected where corrected.id = proposal.commission_id
        )) for no key update;
        perform private.lock_partners(variadic array(
            select proposal.partner_id
            union
            select other.partner_id from public.adjustments as other where other.deal_id = proposal.deal_id and other.claim_id = proposal.claim_id
        ));
        line := private.post_adjustment(proposal);
    end if;
    update public.adjustments
    set state = decision::public.adjustment_state, decided_by = staff, decided_at = private.now(),
        decision_reason = nullif(btrim(why), ''), line_id = line
    where id = wanted
    returning * into proposal;
    if decision = 'approved' then
        update public.attribution_claims set resolved_commission_id = line
        where id = proposal.claim_id and partner_id = proposal.partner_id and resolved_commission_id is null;
        perform private.notify(
            proposal.partner_id, 'commission', case when proposal.amount > 0 then 'A credit was added' else 'A correction was posted' end,
            proposal.reason, '/partner/earnings'
        );
        perform private.hint(proposal.partner_id, 'earnings.changed', line);
    end if;
    -- What is taken from one and given to another is decided as a whole.
    perform private.decide_adjustment(other.id, decision, why)
    from public.adjustments as other
    where other.deal_id = proposal.deal_id and other.claim_id = proposal.claim_id and other.proposed_at = proposal.proposed_at
        and other.amount = -proposal.amount and other.state = 'proposed';
    perform private.emit(
        'adjustment.' || decision, 'adjustment', proposal.id, proposal.partner_id, jsonb_build_object('state', 'proposed'),
        jsonb_build_object('state', decision, 'staff_id', staff, 'proposed_by', proposal.proposed_by, 'line_id', line)
    );
    return proposal;
end;
$$;

create function public.decide_adjustment(adjustment_id uuid, decision text, reason text default null) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(proposal) from private.decide_adjustment(adjustment_id, decision, reason) as proposal;
$$;

create view private.check_adjustments with (security_invoker = true) as
with line as (
    select * from public.commissions where commission_type = 'adjustment'
)

select adjustment.id, adjustment.state, adjustment.amount, line.id as line_id, line.amount as line_amount
from public.adjustments as adjustment
full join line on line.source_id = adjustment.id
where adjustment.id is null
    or (adjustment.state = 'approved') <> (line.id is not null)
    or adjustment.line_id is distinct from line.id
    or line.amount <> adjustment.amount or line.currency <> adjustment.currency or line.partner_id <> adjustment.partner_id
    or (adjustment.state = 'approved' and adjustment.decided_by = adjustment.proposed_by);
