-- From the partner's account at Stripe to their bank: the last step, which Stripe takes by itself (daily), or for an instant payout
-- because we asked. A transfer that has arrived at Stripe is `paid` with us; whether the bank took it is told here.
--
-- Invariant (private.check_bank_payouts): a refusal that the partner was not told of is none that we know of.

create type public.bank_payout_status as enum ('pending', 'in_transit', 'paid', 'failed', 'canceled');

create table public.bank_payouts (
    stripe_payout_id text primary key check (length(stripe_payout_id) between 1 and 255),
    partner_id uuid not null references public.partners,
    payout_id uuid references public.payouts, -- of an instant payout; the daily ones carry whatever lies in the account
    amount bigint not null check (amount > 0),
    currency char(3) not null,
    method public.payout_method not null,
    status public.bank_payout_status not null,
    failure_code text check (length(failure_code) between 1 and 100),
    reason text check (length(reason) between 1 and 300), -- of the refusal, for the partner to read
    arrives_at timestamptz,
    told_at timestamptz, -- when the partner was told of the refusal
    made_at timestamptz not null, -- by Stripe's clock
    updated_at timestamptz not null default private.now(),
    check ((status = 'failed') = (reason is not null))
);

create index on public.bank_payouts (partner_id, made_at desc);
create index on public.bank_payouts (payout_id);

create trigger touch_updated_at before update on public.bank_payouts
for each row execute function private.touch_updated_at();

call private.guard('public.bank_payouts', 'worker.record_bank_payout', '{partner_id, payout_id, amount, currency, status, told_at}', true);

-- What Stripe says of a payout of a connected account now. Later looks may come before earlier ones: failed and canceled are final
-- (Stripe may refuse after "paid", never the other way round), and nothing goes back to an earlier step.
create function worker.record_bank_payout(
    account text, stripe_payout text, amount bigint, currency text, method text, status text, made_at timestamptz,
    arrives_at timestamptz default null, payout uuid default null, failure_code text default null, reason text default null
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    owner uuid;
    before public.bank_payouts;
    after public.bank_payouts;
    is_new boolean;
begin
    select known.partner_id into owner from public.payout_accounts as known where known.stripe_account_id = account for no key update;
    if owner is null then
        return jsonb_build_object('known', false); -- not one of our accounts
    end if;
    if payout is not null and not exists (select from public.payouts as ours where ours.id = payout and ours.partner_id = owner) then
        perform private.fail('23514', 'This payout is not of this account.', 'payout', 'payout');
    end if;
    select * into before from public.bank_payouts as known where known.stripe_payout_id = stripe_payout for update;
    is_new := not found;
    if is_new then
        insert into public.bank_payouts (
            stripe_payout_id, partner_id, payout_id, amount, currency, method, status, failure_code, reason, arrives_at, made_at
        ) values (
            stripe_payout, owner, payout, amount, upper(currency), method::public.payout_method, status::public.bank_payout_status,
            failure_code, case when status = 'failed' then left(coalesce(reason, 'The bank did not say why.'), 300) end, arrives_at, made_at
        ) returning * into after;
    else
        if (before.partner_id, before.amount, before.currency) is distinct from (owner, amount, upper(currency)::char(3)) then
            perform private.fail('23514', 'Stripe says another account or amount than before.', 'bank_payout_differs');
        end if;
        if before.status in ('failed', 'canceled') or status::public.bank_payout_status <= before.status then
            return jsonb_build_object('known', true, 'duplicate', true, 'status', before.status);
        end if;
        update public.bank_payouts as known
        set
            status = status::public.bank_payout_status, failure_code = failure_code, arrives_at = coalesce(arrives_at, before.arrives_at),
            reason = case when status = 'failed' then left(coalesce(reason, 'The bank did not say why.'), 300) end
        where known.stripe_payout_id = stripe_payout
        returning * into after;
    end if;
    if status = 'failed' then
        -- The money is back in the partner's account at Stripe, and stays there until the bank account is another one.
        perform private.notify(
            owner, 'payout', 'Your bank refused a payout',
            after.reason || ' The money is back in your account at Stripe: change your bank account, and it is sent again.',
            '/partner/earnings'
        );
        update public.bank_payouts as known set told_at = private.now() where known.stripe_payout_id = stripe_payout;
        perform private.emit(
            'bank_payout.refused', 'partner', owner, owner, jsonb_build_object('status', before.status),
            jsonb_build_object('status', status, 'stripe_payout_id', stripe_payout, 'amount', amount, 'code', failure_code)
        );
    end if;
    perform private.hint(owner, 'payout.changed', coalesce(payout, owner));
    return jsonb_build_object('known', true, 'duplicate', false, 'status', after.status);
end;
$$;

create view private.check_bank_payouts with (security_invoker = true) as
select bank.stripe_payout_id, bank.partner_id, 'refused and not told' as problem
from public.bank_payouts as bank
where bank.status = 'failed' and bank.told_at is null
union all
select bank.stripe_payout_id, bank.partner_id, 'of somebody else''s payout'
from public.bank_payouts as bank
join public.payouts as payout on payout.id = bank.payout_id
where payout.partner_id <> bank.partner_id or payout.currency <> bank.currency;
