-- What stands between the caller and a payout, and when it ends: the app says it before anybody presses a button. The words are
-- those of private.payout_standing, the one place that knows.

create function private.my_payout_standing() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    mine uuid := private.me();
    obstacle text;
begin
    if mine is null then
        perform private.fail('42501', 'Your account cannot do this at the moment.', 'partner_not_active');
    end if;
    obstacle := private.payout_obstacle(mine, 'on_request');
    return jsonb_build_object(
        'obstacle', obstacle,
        -- Only the wait after a change ends by time.
        'ends_at', case when obstacle = 'destination_hold' then (
            select private.payout_wait_ends(account) from public.payout_accounts as account where account.partner_id = mine
        ) end,
        'since', case obstacle
            when 'payouts_frozen' then (
                select min(hold.placed_at) from public.payout_holds as hold where hold.partner_id = mine and hold.ended_at is null
            )
            when 'destination_hold' then (
                select greatest(account.destination_changed_at, account.security_changed_at)
                from public.payout_accounts as account where account.partner_id = mine
            )
        end,
        -- What changed last: it is what the wait counts from.
        'changed', case when obstacle = 'destination_hold' then (
            select case
                when account.security_changed_at is null or account.destination_changed_at >= account.security_changed_at then 'destination'
                else 'security'
            end
            from public.payout_accounts as account where account.partner_id = mine
        ) end,
        'reasons', case when obstacle = 'payouts_frozen' then (
            select jsonb_agg(hold.reason order by hold.placed_at) from public.payout_holds as hold
            where hold.partner_id = mine and hold.ended_at is null
        ) else '[]' end,
        -- Per currency of the balance, what may be paid out this year without tax details; nothing where that is any amount.
        'tax_room', coalesce((
            select jsonb_object_agg(known.currency, known.room)
            from (
                select balance.currency, private.tax_room(mine, balance.currency) as room
                from (
                    select distinct line.currency from public.commissions as line
                    where line.partner_id = mine and line.status = 'payable'
                ) as balance
            ) as known
            where known.room is not null
        ), '{}'),
        'automatic', private.payout_obstacle(mine, 'automatic') is null -- whether the weekly run would pay
    );
end;
$$;

create function public.my_payout_standing() returns jsonb
language sql stable set search_path = '' as $$
    select private.my_payout_standing();
$$;
