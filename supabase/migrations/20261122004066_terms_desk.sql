-- Few rows that decide much: the smallest payout of a currency, the fee of an instant payout, what a tier gives.

-- A new currency needs its minor digits and its yardstick; later the digits stay, and a call without a yardstick keeps it. What was
-- asked for before stays as it was asked for. Returns the row, and from which amounts payouts there need approvals.
create function private.set_payout_minimum(wanted text, smallest bigint, why text, digits integer, worth bigint) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    reason text := private.reason_text(why);
    before public.payout_minimums;
    made public.payout_minimums;
begin
    made.currency := private.name_field(wanted, 'currency', '^[A-Z]{3}$', 'Name the currency by its three letters.');
    made.amount := private.number_field(smallest, 'amount', 1, 1000000000);
    select * into before from public.payout_minimums where currency = wanted for update;
    made.minor_digits := private.number_field(coalesce(digits, before.minor_digits), 'minor_digits', 0, 4);
    made.yardstick := private.number_field(coalesce(worth, before.yardstick), 'yardstick', 1, 1000000000);
    if made.minor_digits <> before.minor_digits then
        perform private.fail('PT409', 'A currency keeps its minor digits: amounts are stored in them.', 'fixed', 'minor_digits');
    end if;
    if wanted = 'USD' and made.yardstick <> before.yardstick then
        perform private.fail('PT409', 'Dollars are what all others are measured by.', 'fixed', 'yardstick');
    end if;
    if made is distinct from before then
        insert into public.payout_minimums (currency, amount, minor_digits, yardstick)
        values (made.currency, made.amount, made.minor_digits, made.yardstick)
        on conflict (currency) do update set amount = excluded.amount, yardstick = excluded.yardstick;
        perform private.emit(
            'payout_minimum.set', 'payout_minimum', md5(wanted)::uuid, null, to_jsonb(before),
            to_jsonb(made) || jsonb_build_object('staff_id', staff, 'reason', reason)
        );
    end if;
    return to_jsonb(made) || (
        select jsonb_build_object(
            'one_approval_from', private.limit_in(plan.one_approval_from, wanted),
            'two_approvals_from', private.limit_in(plan.two_approvals_from, wanted)
        )
        from public.commission_plans as plan
        where plan.id = private.current_plan()
    );
end;
$$;

-- What Stripe takes for an instant payout in a currency, passed on as it is. Whoever has seen another fee is asked again.
create function private.set_instant_fee(wanted text, bp integer, floor bigint, why text) returns public.instant_fees
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    reason text := private.reason_text(why);
    smallest bigint;
    before public.instant_fees;
    made public.instant_fees;
begin
    select currency, amount into made.currency, smallest from public.payout_minimums where currency = wanted;
    if not found then
        perform private.fail('22023', 'This currency is not supported.', 'unknown_currency', 'currency');
    end if;
    made.fee_bp := private.number_field(bp, 'fee_bp', 0, 1000);
    -- The smallest payout must leave something.
    made.minimum_fee := private.number_field(floor, 'minimum_fee', 0, smallest - 1);
    select * into before from public.instant_fees where currency = wanted for update;
    if made is not distinct from before then
        return before;
    end if;
    insert into public.instant_fees (currency, fee_bp, minimum_fee) values (wanted, bp, floor)
    on conflict (currency) do update set fee_bp = excluded.fee_bp, minimum_fee = excluded.minimum_fee;
    perform private.emit(
        'instant_fee.set', 'instant_fee', md5(wanted)::uuid, null, to_jsonb(before),
        to_jsonb(made) || jsonb_build_object('staff_id', staff, 'reason', reason)
    );
    return made;
end;
$$;

-- The words of what a tier gives, its place in the list, and from which tier on. Features ask for it by its key, so a key without a
-- feature is refused; another tier opens or closes the feature at once.
create function private.save_tier_benefit(
    wanted text, from_tier public.partner_tier, place integer, words text, part text
) returns public.tier_benefits
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    before public.tier_benefits;
    benefit public.tier_benefits;
begin
    select * into before from public.tier_benefits where key = wanted for update;
    if not found then
        perform private.no_such('benefit', 'key');
    end if;
    benefit := before;
    call private.need_field(from_tier is not null, 'tier');
    benefit.tier := from_tier;
    benefit.position := private.number_field(place, 'position', 0, 1000);
    benefit.title := private.text_field(words, 'title', 1, 120);
    if part is null or part not in ('pay', 'dashboard', 'training', 'materials', 'leads', 'support', 'team', 'brand', 'growth') then
        perform private.fail(
            '22023', 'There is no such area.', 'one_of', 'area', null,
            'pay, dashboard, training, materials, leads, support, team, brand, growth'
        );
    end if;
    benefit.area := part;
    if exists (select from public.tier_benefits where tier = from_tier and "position" = place and key <> wanted) then
        perform private.fail('23505', 'Another benefit of this tier has this place.', 'taken', 'position');
    end if;
    if benefit is not distinct from before then
        return before;
    end if;
    update public.tier_benefits
    set tier = benefit.tier, "position" = benefit.position, title = benefit.title, area = benefit.area
    where key = wanted;
    perform private.emit(
        'tier.benefit_saved', 'tier_benefit', md5(wanted)::uuid, null, to_jsonb(before),
        to_jsonb(benefit) || jsonb_build_object('staff_id', staff)
    );
    return benefit;
end;
$$;

create function public.set_payout_minimum(
    currency text, amount bigint, reason text, minor_digits integer default null, yardstick bigint default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select private.set_payout_minimum(currency, amount, reason, minor_digits, yardstick);
$$;
create function public.set_instant_fee(currency text, fee_bp integer, minimum_fee bigint, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(made) from private.set_instant_fee(currency, fee_bp, minimum_fee, reason) as made;
$$;
create function public.save_tier_benefit(
    key text, tier public.partner_tier, "position" integer, title text, area text
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.save_tier_benefit(key, tier, "position", title, area) as saved;
$$;
