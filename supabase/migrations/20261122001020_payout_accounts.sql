-- Payout accounts at Stripe (accounts worker). A partner may only start with a second factor.

create function private.request_onboarding_link(request uuid) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
begin
    perform private.require_fresh_mfa();
    if request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    insert into public.payout_account_links (id, partner_id) values (request, mine) on conflict (id) do nothing;
    if not found and not exists (select from public.payout_account_links where id = request and partner_id = mine) then
        perform private.fail('23505', 'This request id was used by somebody else.', 'request_id_reused', 'request_id');
    end if;
    if not exists (select from public.payout_accounts where partner_id = mine and stripe_account_id is not null) then
        perform private.require_payable_country((select country from public.partners where id = mine));
    end if;
    -- The second factor was just shown: from now on the automatic run may pay into what is connected here.
    insert into public.payout_accounts (partner_id, connected_with_mfa_at) values (mine, private.now())
    on conflict (partner_id) do update set connected_with_mfa_at = excluded.connected_with_mfa_at
    where payout_accounts.connected_with_mfa_at is null;
    perform private.enqueue('account.link', request::text, jsonb_build_object('link_id', request, 'partner_id', mine));
    return request;
end;
$$;

create function worker.account_inputs(partner uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object(
        'partner_id', person.id, 'name', person.name, 'email', person.email, 'country', person.country, 'status', person.status,
        'stripe_account_id', account.stripe_account_id, 'account_status', account.status,
        'accounts_before', coalesce(account.accounts_before, 0)
    )
    from public.partners as person
    left join public.payout_accounts as account on account.partner_id = person.id
    where person.id = partner;
$$;

-- Keeps the account that Stripe made; the first one wins.
create function worker.save_account(partner uuid, account text, account_country text) returns text
language sql volatile security definer set search_path = '' as $$
    update public.payout_accounts
    set
        stripe_account_id = coalesce(stripe_account_id, account),
        country = coalesce(country, account_country),
        status = case when status = 'none' then 'onboarding' else status end
    where partner_id = partner
    returning stripe_account_id;
$$;

create function worker.save_account_link(link uuid, link_url text, link_expires_at timestamptz, link_error text default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    owner uuid;
begin
    update public.payout_account_links set url = link_url, expires_at = link_expires_at, error = link_error
    where id = link
    returning partner_id into owner;
    if owner is not null then
        perform private.hint(owner, 'payout_account.link', link);
    end if;
end;
$$;

-- Numbers a look at an account before Stripe is asked; null for an account that is not ours.
create function worker.begin_account_look(account text) returns bigint
language sql volatile security definer set search_path = '' as $$
    update public.payout_accounts set looks_begun = looks_begun + 1 where stripe_account_id = account returning looks_begun;
$$;

-- Looks again at what is parked of a partner, at most once in this transaction.
create function private.wake_parked(owner uuid) returns void
language sql volatile security definer set search_path = '' as $$
    insert into ops.outbox (topic, dedupe_key, payload, request_id)
    select 'payout.send', 'payout.send:' || parked.id::text || ':woken:' || pg_current_xact_id()::text,
        jsonb_build_object('payout_id', parked.id), private.request_id()
    from public.payouts as parked
    where parked.partner_id = owner and parked.status = 'parked'
    on conflict (dedupe_key) do nothing;
$$;

-- What Stripe says of an account now. Of tax details that is a status; numbers and papers stay at Stripe (A-22). When it
-- becomes ready, parked payouts wake up; when its bank account changes, payouts wait 72 hours and the partner is told (A-21).
-- Only the very first bank account is no change: removing one and adding another later is.
create function worker.save_account_state(
    account text, look bigint, new_status public.payout_account_status, due text[], label text, fingerprint text,
    tax public.tax_status
) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    before public.payout_accounts;
    changed boolean;
begin
    -- Whoever has the same bank account, too: a risk rule may set their money aside.
    perform private.lock_partners(variadic array(
        select known.partner_id from public.payout_accounts as known
        where known.stripe_account_id = account or known.destination_fingerprint = fingerprint
    ));
    select * into before from public.payout_accounts where stripe_account_id = account for update;
    if not found or look <= before.looks_saved then
        return; -- not one of ours, or a later look was saved before
    end if;
    changed := fingerprint is distinct from before.destination_fingerprint
        and (before.destination_fingerprint is not null or before.destination_changed_at is not null);
    update public.payout_accounts
    set
        looks_saved = look, status = new_status, requirements_due = coalesce(due, '{}'), destination_label = label,
        destination_fingerprint = fingerprint, tax_status = tax,
        tax_told_year = case when tax <> 'complete' then before.tax_told_year end,
        destination_changed_at = case when changed then private.now() else before.destination_changed_at end
    where stripe_account_id = account;
    if changed then
        perform private.tell_of_change(before.partner_id, 'bank_account');
    end if;
    if tax <> before.tax_status then
        perform private.emit(
            'payout_account.tax_status_changed', 'payout_account', before.partner_id, before.partner_id,
            jsonb_build_object('tax_status', before.tax_status), jsonb_build_object('tax_status', tax)
        );
    end if;
    if before.tax_status = 'complete' and tax <> 'complete' then
        perform private.notify(
            before.partner_id, 'payout', 'Tax details need attention',
            'Stripe asks for your tax details again. Payouts may wait for them.', '/partner/earnings'
        );
    end if;
    if new_status = 'ready' then
        perform private.wake_parked(before.partner_id);
    end if;
    perform private.emit(
        'payout_account.changed', 'payout_account', before.partner_id, before.partner_id,
        jsonb_build_object('status', before.status), jsonb_build_object('status', new_status)
    );
    perform private.hint(before.partner_id, 'payout_account.changed', before.partner_id);
end;
$$;
