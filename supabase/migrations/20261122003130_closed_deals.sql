-- What takes money back without a refund: a deal that is rejected or cancelled, an upheld hold; and lines that no cash brings:
-- bonuses, adjustments, and what takes those back.

-- Cancels a deal that was won, verified or not: the project did not come about, or the deal was no deal. What it brought, to
-- whomever, is taken back in this transaction; what was paid out becomes a debt.
create function private.cancel_deal(wanted_reference text, why text) returns public.deals
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    deal public.deals := private.deal_to_decide(wanted_reference);
    reason text := private.reason_text(why);
    was public.deal_status := deal.status;
begin
    perform private.require_fresh_mfa();
    if deal.status = 'cancelled' then
        return deal;
    end if;
    if deal.status not in ('claimed', 'verified') then
        perform private.fail('PT409', 'Only a claimed or verified deal can be cancelled.', 'wrong_state', 'reference');
    end if;
    update public.deals set status = 'cancelled', rejected_reason = reason where id = deal.id returning * into deal;
    perform private.rebook(deal.id);
    perform private.emit(
        'deal.cancelled', 'deal', deal.id, deal.partner_id,
        jsonb_build_object('status', was), jsonb_build_object('status', 'cancelled', 'staff_id', staff, 'reason', reason)
    );
    perform private.notify(
        deal.partner_id, 'commission', 'Deal ' || deal.reference || ' was cancelled', left(reason, 500), '/partner/earnings'
    );
    perform private.hint(deal.partner_id, 'earnings.changed', deal.id);
    return deal;
end;
$$;

create function public.cancel_deal(reference text, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(deal) from private.cancel_deal(reference, reason) as deal;
$$;

-- The decision behind an upheld hold: the shares of the deals whose money it covers are forfeited, for the whole deal or for one
-- partner, and so are the bonuses and adjustments that it covers. Called by end_hold.
create function private.forfeit(hold public.risk_holds, why text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    touched uuid;
    line public.commissions;
begin
    for touched in
        select distinct covered.deal_id from private.lines_under(hold) as covered where covered.deal_id is not null
        union
        select hold.deal_id where hold.deal_id is not null
        order by 1
    loop
        perform from public.deals where id = touched for update;
        insert into private.forfeits (deal_id, partner_id, hold_id)
        select touched, owner, hold.id
        from public.deals as deal
        cross join lateral (values (deal.partner_id), (deal.leader_id), (deal.recruiter_id)) as share (owner)
        where deal.id = touched and owner is not null and (hold.deal_id is not null or owner = hold.partner_id)
        on conflict do nothing;
        perform private.rebook(touched);
    end loop;
    for line in select covered.* from private.lines_under(hold) as covered where covered.kind in ('bonus', 'adjustment') loop
        perform private.reverse_line(line.id, 'hold', hold.id, left(why, 500));
    end loop;
end;
$$;

-- Takes back what is left of a bonus or of a positive adjustment. Null when nothing is left.
create function private.reverse_line(wanted uuid, why_source text, why_id uuid, why text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
    root public.commissions;
    line public.commissions;
    remains bigint;
begin
    select * into strict root from public.commissions where id = wanted for update;
    if root.kind not in ('bonus', 'adjustment') or root.commission_type = 'reversal' or root.amount < 0 then
        perform private.fail('22023', 'The lines of a deal follow its cash.', 'one_of', 'type', null, 'bonus, adjustment');
    end if;
    select root.amount + coalesce(sum(amount), 0) into remains
    from public.commissions where corrects_id = wanted and commission_type = 'reversal';
    if remains <= 0 then
        return null;
    end if;
    insert into public.commissions (
        partner_id, lead_id, deal_id, commission_type, reverses_type, status, amount, currency, source, source_id, note,
        clears_at, corrects_id, plan_id, tier
    ) values (
        root.partner_id, root.lead_id, root.deal_id, 'reversal', root.commission_type,
        case when root.status in ('processing', 'paid', 'reversed') then 'payable' else root.status end,
        -remains, root.currency, why_source, why_id, why, root.clears_at, root.id, root.plan_id, root.tier
    ) returning * into line;
    perform ledger.post_all(array[private.booking_entry(line)]);
    perform private.retire_reversed(root.id);
    perform private.tell_of_line(line, null);
    return line.id;
end;
$$;
