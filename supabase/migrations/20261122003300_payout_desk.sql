-- What finance does with payouts, as the app and ./scripts/admin call it.

create function public.reject_payout(payout_id uuid, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(payout) - 'request' from private.reject_payout(payout_id, reason) as payout;
$$;

create function public.final_payout(partner_id uuid, currency text, request_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(payout) - 'request' from private.final_payout(partner_id, currency, request_id) as payout;
$$;

create function public.hold_payouts(partner_id uuid, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(hold) from private.hold_payouts(partner_id, reason) as hold;
$$;

create function public.end_payout_hold(hold_id uuid, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(hold) from private.end_payout_hold(hold_id, reason) as hold;
$$;

-- The payouts that wait for somebody's word, with what has to be known: who, how much, why so many approvals, who has said yes.
create function private.payouts_to_approve() returns table (
    id uuid, partner_id uuid, partner text, amount bigint, currency char(3), kind public.payout_kind, requested_at timestamptz,
    approvals_needed integer, approved_by text[], flags text[], mine boolean
)
language plpgsql stable security definer set search_path = '' as $$
begin
    if not private.my_roles() && array['finance', 'admin', 'owner']::public.staff_role[] then
        perform private.fail('42501', 'Your role does not allow this.', 'role', null, null, 'finance, admin');
    end if;
    return query
    select
        payout.id, partner.id, partner.name, payout.amount, payout.currency, payout.kind, payout.requested_at,
        private.approvals_wanted(payout),
        array(
            select member.name from public.payout_approvals as approval
            join public.staff_members as member on member.id = approval.staff_id
            where approval.payout_id = payout.id and approval.decision = 'approved'
            order by approval.decided_at
        ),
        private.payout_flags(partner.id),
        exists (
            select from public.payout_approvals as approval
            where approval.payout_id = payout.id and approval.staff_id = private.my_staff_id()
        )
    from public.payouts as payout
    join public.partners as partner on partner.id = payout.partner_id
    where payout.status = 'draft'
    order by payout.requested_at, payout.id;
end;
$$;

create function public.payouts_to_approve() returns table (
    id uuid, partner_id uuid, partner text, amount bigint, currency char(3), kind public.payout_kind, requested_at timestamptz,
    approvals_needed integer, approved_by text[], flags text[], mine boolean
)
language sql stable set search_path = '' as $$
    select * from private.payouts_to_approve();
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- What a risk hold does to payouts that were asked for and not sent.
-- ---------------------------------------------------------------------------------------------------------------------
-- The payouts that have money of a deal or of a line which a hold covers.
create function private.payouts_under(hold public.risk_holds) returns setof public.payouts
language sql volatile security definer set search_path = '' as $$
    select payout.*
    from public.payouts as payout
    where payout.attempt = 0 and payout.status in ('draft', 'approved', 'parked') and exists (
        select from public.payout_items as item
        join public.commissions as line on line.id = item.commission_id
        where item.payout_id = payout.id and line.amount > 0 and (
            line.deal_id = hold.deal_id or line.id = hold.commission_id
            or (hold.deal_id is null and hold.commission_id is null and line.partner_id = hold.partner_id)
        )
    )
    order by payout.id
    for update of payout;
$$;

-- Calls off a payout that Stripe was never asked for, because a hold covers money in it: all of it comes back to the balance,
-- and what is covered is set aside there.
create function private.call_off_payout(payout public.payouts, owner uuid, reason text) returns public.payouts
language plpgsql volatile security definer set search_path = '' as $$
declare
    -- Why is the business of whose hold it is; a leader or recruiter hears that the deal is looked at.
    why text := case when payout.partner_id = owner and reason is not null then reason else 'The deal is under review.' end;
begin
    payout := private.release_payout(payout.id, 'cancelled', 'money_held', why);
    perform private.notify(
        payout.partner_id, 'payout', 'Payout called off',
        'Money in it is on hold: ' || why || ' The rest is back in your balance and can be paid out.', '/partner/earnings'
    );
    return payout;
end;
$$;

-- Money that is taken back was not paid as long as Stripe was never asked for it: the payout with this line is called off, so that
-- line and reversal meet in the balance instead of becoming a debt. What is left can be paid out. The caller has locked the line's
-- partner.
create function private.call_off_reversed(root uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    payout public.payouts;
begin
    for payout in
        select known.* from public.payouts as known
        where known.attempt = 0 and known.status in ('draft', 'approved', 'parked') and known.kind <> 'fee_refund'
            and exists (select from public.payout_items as item where item.payout_id = known.id and item.commission_id = root)
        order by known.id
        for update of known
    loop
        payout := private.release_payout(payout.id, 'cancelled', 'money_taken_back', 'Money in it was taken back.');
        perform private.notify(
            payout.partner_id, 'payout', 'Payout called off',
            'Money in it was taken back before it was sent. The rest is back in your balance and can be paid out.', '/partner/earnings'
        );
    end loop;
end;
$$;
