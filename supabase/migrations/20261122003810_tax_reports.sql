-- What a partner and finance see of tax: a status, the year's totals, and how far the thresholds are. No number, no paper.

create function private.my_tax() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    mine uuid := private.me();
    this_year integer := private.tax_year_of(private.now());
    home text;
    known public.tax_status;
begin
    if mine is null then
        perform private.fail('42501', 'Only partners may do this.', 'partner_only');
    end if;
    select coalesce(account.country, partner.country), coalesce(account.tax_status, 'unknown') into home, known
    from public.partners as partner
    left join public.payout_accounts as account on account.partner_id = partner.id
    where partner.id = mine;
    return jsonb_build_object(
        'country', home, 'payable', private.is_payable_country(home), 'tax_status', known, 'year', this_year,
        'forms', coalesce((
            select jsonb_agg(
                jsonb_build_object(
                    'form', base.form, 'currency', base.currency, 'threshold', base.threshold,
                    'used', coalesce((
                        select sum(private.tax_weight(home, base.form, this_year, used.amount, used.currency, base.currency))
                        from private.tax_used(mine, home, this_year, null) as used
                    ), 0),
                    -- How much may still be paid out without tax details; null: any amount.
                    'remaining', private.tax_room(mine, base.currency)
                ) order by base.form
            )
            from private.tax_forms(home, this_year) as base
            where base.threshold is not null
        ), '[]'),
        'years', coalesce((
            select jsonb_agg(to_jsonb(year) - 'partner_id' order by year.tax_year desc, year.country, year.currency)
            from private.tax_years as year
            where year.partner_id = mine
        ), '[]')
    );
end;
$$;

create function public.my_tax() returns jsonb
language sql stable set search_path = '' as $$
    select private.my_tax();
$$;

-- A year's totals, one row per partner, country, form and currency; without a form where the country has none. A threshold is
-- reached by the total of all currencies. Status is that of now, of the account in that country.
create function private.tax_rows(of_year integer) returns table (
    partner_id uuid, country char(2), form text, currency char(3), paid bigint, taken_back bigint, total bigint, threshold bigint,
    reached boolean, tax_status public.tax_status
)
language sql stable security definer set search_path = '' as $$
    select
        year.partner_id, year.country, coalesce(base.form, ''), year.currency, year.paid, year.taken_back, year.total,
        private.tax_threshold(year.country, base.form, of_year, year.currency),
        coalesce((
            select sum(private.tax_weight(year.country, base.form, of_year, other.total, other.currency, year.currency))
            from private.tax_years as other
            where other.partner_id = year.partner_id and other.tax_year = of_year and other.country = year.country
        ) >= private.tax_threshold(year.country, base.form, of_year, year.currency), false),
        coalesce(account.tax_status, 'unknown')
    from private.tax_years as year
    left join lateral private.tax_forms(year.country, of_year) as base on base.threshold is not null
    left join public.payout_accounts as account on account.partner_id = year.partner_id and account.country = year.country
    where year.tax_year = of_year;
$$;

create function private.tax_report(of_year integer) returns table (
    partner_id uuid, partner text, country char(2), form text, currency char(3), paid bigint, taken_back bigint, total bigint,
    threshold bigint, reached boolean, tax_status public.tax_status
)
language plpgsql stable security definer set search_path = '' as $$
begin
    perform private.require_staff('finance', 'admin');
    return query
    select
        known.partner_id, person.name, known.country, known.form, known.currency, known.paid, known.taken_back, known.total,
        known.threshold, known.reached, known.tax_status
    from private.tax_rows(of_year) as known
    join public.partners as person on person.id = known.partner_id
    order by known.reached desc, known.total desc, known.partner_id, known.country, known.currency, known.form;
end;
$$;

create function public.tax_report(tax_year integer) returns table (
    partner_id uuid, partner text, country char(2), form text, currency char(3), paid bigint, taken_back bigint, total bigint,
    threshold bigint, reached boolean, tax_status public.tax_status
)
language sql stable set search_path = '' as $$
    select * from private.tax_report(tax_year);
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Countries.
-- ---------------------------------------------------------------------------------------------------------------------

-- Opens a country to payouts, closes it or corrects it. Closing keeps what partners there have earned: it waits.
create function private.set_payout_country(
    wanted text, wanted_currency text, is_instant boolean, opened boolean, why text
) returns public.payout_countries
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    reason text := private.reason_text(why);
    before public.payout_countries;
    made public.payout_countries;
begin
    if coalesce(wanted, '') !~ '^[A-Z]{2}$' then
        perform private.fail('22023', 'Name the country by its two letters.', 'country_code', 'country');
    end if;
    if coalesce(wanted_currency, '') !~ '^[A-Z]{3}$' then
        perform private.fail('22023', 'Name the currency by its three letters.', 'format', 'currency');
    end if;
    if is_instant is null or opened is null then
        perform private.fail('22023', 'Say yes or no.', 'required', case when is_instant is null then 'instant' else 'open' end);
    end if;
    select * into before from public.payout_countries where country = wanted for update;
    insert into public.payout_countries (country, currency, instant, is_open) values (wanted, wanted_currency, is_instant, opened)
    on conflict (country) do update set currency = excluded.currency, instant = excluded.instant, is_open = excluded.is_open
    returning * into made;
    perform private.emit(
        'payout_country.set', 'payout_country', staff, null, to_jsonb(before),
        to_jsonb(made) || jsonb_build_object('staff_id', staff, 'reason', reason)
    );
    return made;
end;
$$;

create function public.set_payout_country(country text, currency text, instant boolean, open boolean, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(made) from private.set_payout_country(country, currency, instant, open, reason) as made;
$$;

-- A partner has moved. Stripe keeps the country of an account for ever, so the old one is left behind: the partner connects a new
-- one, payouts wait 72 hours after that, and what was paid before stays under the forms of the old country.
create function private.change_partner_country(owner uuid, new_country text, why text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    reason text := private.reason_text(why);
    account public.payout_accounts;
    old_country text;
begin
    select country into old_country from public.partners where id = owner for update;
    if not found then
        perform private.fail('PT404', 'There is no such partner.', 'not_found', 'partner_id');
    end if;
    perform private.require_others_affair(owner);
    if coalesce(new_country, '') !~ '^[A-Z]{2}$' then
        perform private.fail('22023', 'Name the country by its two letters.', 'country_code', 'country');
    end if;
    perform private.require_payable_country(new_country);
    select * into account from public.payout_accounts where partner_id = owner for update;
    if new_country = old_country and coalesce(account.country, new_country) = new_country then
        return jsonb_build_object('partner_id', owner, 'country', new_country, 'reconnect', false);
    end if;
    if exists (
        select from public.payouts as payout
        where payout.partner_id = owner
            and (payout.status in ('sending', 'sent') or (payout.request is not null and payout.status in ('draft', 'approved', 'parked')))
    ) then
        perform private.fail('PT409', 'Money of this partner is still on its way.', 'unsettled', 'partner_id');
    end if;
    update public.partners set country = new_country where id = owner;
    if account.stripe_account_id is not null and account.country is distinct from new_country then
        update public.payout_accounts
        set
            stripe_account_id = null, status = 'none', country = null, requirements_due = '{}', destination_label = null,
            destination_fingerprint = null, destination_changed_at = private.now(), connected_with_mfa_at = null,
            tax_status = 'unknown', tax_told_year = null, accounts_before = accounts_before + 1
        where partner_id = owner;
    end if;
    perform private.emit(
        'partner.country_changed', 'partner', owner, owner,
        jsonb_build_object('country', old_country, 'stripe_account_id', account.stripe_account_id),
        jsonb_build_object('country', new_country, 'staff_id', staff, 'reason', reason)
    );
    perform private.notify(
        owner, 'account', 'Your country was changed', 'Connect a payout account in your new country; payouts go on from there.',
        '/partner/earnings'
    );
    perform private.hint(owner, 'payout_account.changed', owner);
    return jsonb_build_object(
        'partner_id', owner, 'country', new_country,
        'reconnect', account.stripe_account_id is not null and account.country is distinct from new_country
    );
end;
$$;

create function public.change_partner_country(partner_id uuid, country text, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select private.change_partner_country(partner_id, country, reason);
$$;
