-- Who says yes or no to a payout, and who stops payouts altogether.
--
-- Invariant: a payout leaves `draft` only when as many different people as it needs have approved; nobody decides about money
-- of their own (`private.require_others_affair`).

-- How many people have approved who may still do so today.
create function private.approvals_given(payout uuid) returns integer
language sql stable security definer set search_path = '' as $$
    select count(*)::integer
    from public.payout_approvals as approval
    join public.staff_members as member on member.id = approval.staff_id and member.active
    where approval.payout_id = payout and approval.decision = 'approved'
        and exists (
            select from public.staff_roles as role
            where role.staff_id = member.id and role.role in ('finance', 'admin', 'owner')
        );
$$;

-- How many are needed now: a flag that came after the request asks for two.
create function private.approvals_wanted(payout public.payouts) returns integer
language sql stable security definer set search_path = '' as $$
    select case
        when payout.kind = 'fee_refund' then 0
        when private.payout_flags(payout.partner_id) <> '{}' then 2
        else payout.approvals_needed
    end;
$$;

create function private.approve_payout(wanted uuid) returns public.payouts
language plpgsql volatile security definer set search_path = '' as $$
declare
    payout public.payouts;
    staff uuid := private.require_staff('finance', 'admin');
    wants integer;
begin
    -- Two who approve at the same moment wait for each other here: the payout goes out once.
    select * into payout from public.payouts where id = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such payout.', 'not_found', 'payout_id');
    end if;
    perform private.require_others_affair(payout.partner_id);
    if private.signed_before(variadic array(
        select payout.requested_by
        union all select staff_id from public.payout_approvals where payout_id = wanted and staff_id <> staff
    )) then
        perform private.fail('42501', 'Somebody else approves what you asked for or approved.', 'four_eyes');
    end if;
    if payout.status <> 'draft' then
        return payout;
    end if;
    insert into public.payout_approvals (payout_id, staff_id, decision) values (wanted, staff, 'approved') on conflict do nothing;
    if found then
        perform private.emit('payout.approved_by', 'payout', payout.id, payout.partner_id, null, jsonb_build_object('staff_id', staff));
    end if;
    wants := private.approvals_wanted(payout);
    if private.approvals_given(wanted) >= wants then
        update public.payouts set status = 'approved', approvals_needed = wants, failure_code = null, failure_message = null
        where id = wanted
        returning * into payout;
        perform private.enqueue(
            'payout.send', payout.id::text || ':approved:' || pg_current_xact_id()::text, jsonb_build_object('payout_id', payout.id)
        );
    elsif wants > payout.approvals_needed then
        update public.payouts set approvals_needed = wants where id = wanted returning * into payout;
    end if;
    return payout;
end;
$$;

-- Gives the lines back to the balance. Only what Stripe has never been asked for, or has refused for good, can be rejected.
create function private.reject_payout(wanted uuid, why text) returns public.payouts
language plpgsql volatile security definer set search_path = '' as $$
declare
    payout public.payouts;
    staff uuid := private.require_staff('finance', 'admin');
begin
    payout := private.lock_payout(wanted);
    perform private.require_others_affair(payout.partner_id);
    if coalesce(btrim(why), '') = '' or length(btrim(why)) > 300 then
        perform private.fail('22023', 'Give a reason, up to 300 characters: the partner reads it.', 'length', 'reason', null, '300');
    end if;
    if payout.status = 'cancelled' then
        return payout;
    end if;
    if payout.status not in ('draft', 'approved', 'parked') or (payout.attempt > 0 and not payout.attempt_refused) or payout.kind = 'fee_refund' then
        perform private.fail('PT409', 'Only a payout that Stripe was not asked for, or refused, can be rejected.', 'wrong_state', 'payout_id');
    end if;
    -- Whoever had approved before may still change their mind: the last word is in the event, the first in the table.
    insert into public.payout_approvals (payout_id, staff_id, decision, reason) values (wanted, staff, 'rejected', btrim(why))
    on conflict do nothing;
    payout := private.release_payout(wanted, 'cancelled', 'rejected', btrim(why));
    perform private.emit(
        'payout.rejected_by', 'payout', wanted, payout.partner_id, null, jsonb_build_object('staff_id', staff, 'reason', btrim(why))
    );
    perform private.notify(
        payout.partner_id, 'payout', 'Payout not approved', 'The money is back in your balance. Reason: ' || btrim(why), '/partner/earnings'
    );
    return payout;
end;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Holds on all payouts of a partner.
-- ---------------------------------------------------------------------------------------------------------------------
create function private.hold_payouts(owner uuid, why text) returns public.payout_holds
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('support', 'finance', 'admin');
    hold public.payout_holds;
begin
    if not exists (select from public.partners where id = owner) then
        perform private.fail('PT404', 'There is no such partner.', 'not_found', 'partner_id');
    end if;
    if coalesce(btrim(why), '') = '' or length(btrim(why)) > 500 then
        perform private.fail('22023', 'Say why.', 'length', 'reason', null, '500');
    end if;
    insert into public.payout_holds (partner_id, reason, placed_by) values (owner, btrim(why), staff) returning * into hold;
    perform private.emit('payouts.frozen', 'payout_hold', hold.id, owner, null, jsonb_build_object('staff_id', staff, 'reason', hold.reason));
    perform private.hint(owner, 'payout_account.changed', owner);
    return hold;
end;
$$;

-- The only way out of a hold. What was parked because of it goes on.
create function private.end_payout_hold(wanted uuid, why text) returns public.payout_holds
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    hold public.payout_holds;
begin
    select * into hold from public.payout_holds where id = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such hold.', 'not_found', 'hold_id');
    end if;
    perform private.require_others_affair(hold.partner_id);
    if hold.ended_at is not null then
        return hold;
    end if;
    if coalesce(btrim(why), '') = '' or length(btrim(why)) > 500 then
        perform private.fail('22023', 'Say why.', 'length', 'reason', null, '500');
    end if;
    update public.payout_holds set ended_by = staff, ended_at = private.now(), ended_reason = btrim(why)
    where id = wanted
    returning * into hold;
    perform private.emit(
        'payouts.released', 'payout_hold', hold.id, hold.partner_id, null, jsonb_build_object('staff_id', staff, 'reason', hold.ended_reason)
    );
    perform private.notify(
        hold.partner_id, 'security', 'Payouts are open again', 'The hold on your payouts has ended.', '/partner/earnings'
    );
    perform private.wake_parked(hold.partner_id);
    perform private.hint(hold.partner_id, 'payout_account.changed', hold.partner_id);
    return hold;
end;
$$;
