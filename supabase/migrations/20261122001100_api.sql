-- What the app calls. Public functions run as the caller and are thin; the rules are behind them in private.

create function private.submit_application(
    applicant_name text, applicant_phone text, applicant_country text, why text, terms boolean
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    address text := private.claims() ->> 'email';
    made public.applications;
begin
    if private.subject() is null then
        perform private.fail('42501', 'Sign in first.', 'signed_in');
    end if;
    if private.me() is not null or private.my_staff_id() is not null then
        perform private.fail('PT409', 'You are a partner already.', 'already_partner');
    end if;
    if coalesce(btrim(applicant_name), '') = '' or length(applicant_name) > 120 then
        perform private.fail('22023', 'Enter your name (up to 120 characters).', 'length', 'name', null, '120');
    end if;
    if coalesce(applicant_country, '') !~ '^[A-Z]{2}$' then
        perform private.fail('22023', 'Choose your country.', 'country_code', 'country');
    end if;
    perform private.require_payable_country(applicant_country);
    if applicant_phone is not null and applicant_phone !~ '^\+[1-9][0-9]{6,14}$' then
        perform private.fail('22023', 'Enter the number with its country code, for instance +15550100.', 'e164', 'phone');
    end if;
    if length(why) > 2000 then
        perform private.fail('22023', 'At most 2,000 characters.', 'length', 'motivation', null, '2000');
    end if;
    if terms is not true then
        perform private.fail('22023', 'The terms must be accepted.', 'required', 'accept_terms');
    end if;
    if address is null then
        perform private.fail('22023', 'Your account has no e-mail address.', 'required', 'email');
    end if;
    if exists (select from public.partners where email = address::extensions.citext) then
        perform private.fail('23505', 'There is a partner with this e-mail address.', 'unique', 'email');
    end if;
    insert into public.applications (issuer, subject, user_id, name, email, phone, country, motivation, terms_accepted_at)
    values (
        private.issuer(), private.subject(),
        case when private.issuer() = 'supabase' then private.subject()::uuid end,
        btrim(applicant_name), address, applicant_phone, applicant_country, nullif(btrim(why), ''), private.now()
    )
    on conflict (issuer, subject) where status in ('submitted', 'in_review') do nothing
    returning * into made;
    if made.id is null then
        select * into strict made from public.applications
        where issuer = private.issuer() and subject = private.subject() and status in ('submitted', 'in_review');
    else
        perform private.emit('application.submitted', 'application', made.id, null, null, jsonb_build_object('status', made.status));
    end if;
    return jsonb_build_object('id', made.id, 'status', made.status, 'reason', made.reason, 'created_at', made.created_at);
end;
$$;

create function public.submit_application(
    name text, phone text, country text, motivation text, accept_terms boolean
) returns jsonb
language sql volatile set search_path = '' as $$
    select private.submit_application(name, phone, country, motivation, accept_terms);
$$;

-- Approves or rejects an application; an approved applicant is a partner at once.
create function private.decide_application(wanted uuid, decision text, why text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    application public.applications;
    partner public.partners;
begin
    select * into application from public.applications where id = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such application.', 'not_found', 'application_id');
    end if;
    if coalesce(decision, '') not in ('approved', 'rejected') then
        perform private.fail('22023', 'The decision is approved or rejected.', 'one_of', 'decision', null, 'approved, rejected');
    end if;
    if application.status::text = decision then
        return jsonb_build_object('id', application.id, 'status', application.status);
    end if;
    if application.status not in ('submitted', 'in_review') then
        perform private.fail('PT409', 'This application has been decided.', 'wrong_state');
    end if;
    if decision = 'rejected' and coalesce(btrim(why), '') = '' then
        perform private.fail('22023', 'A rejection needs a reason.', 'required', 'reason');
    end if;
    if decision = 'approved' then
        perform private.require_payable_country(application.country);
    end if;
    update public.applications
    set status = decision::public.application_status, reason = nullif(btrim(why), ''), decided_by = staff, decided_at = private.now()
    where id = wanted
    returning * into application;
    if decision = 'approved' then
        insert into public.partners (user_id, name, email, phone, status, country)
        values (application.user_id, application.name, application.email, application.phone, 'active', application.country)
        returning * into partner;
        insert into private.auth_identities (issuer, subject, partner_id)
        values (application.issuer, application.subject, partner.id);
        insert into public.partner_tier_history (partner_id, tier, reason) values (partner.id, partner.current_tier, 'joined');
        perform private.emit('partner.approved', 'partner', partner.id, partner.id, null, jsonb_build_object('status', 'active'));
        perform private.notify(partner.id, 'account', 'Welcome to SISO Partners', 'Your application has been approved.', '/partner/dashboard');
    end if;
    perform private.emit(
        'application.' || decision, 'application', application.id, partner.id, null, jsonb_build_object('staff_id', staff)
    );
    return jsonb_build_object('id', application.id, 'status', application.status, 'partner_id', partner.id);
end;
$$;

create function public.decide_application(application_id uuid, decision text, reason text default null) returns jsonb
language sql volatile set search_path = '' as $$
    select private.decide_application(application_id, decision, reason);
$$;

create function public.verify_deal(reference text, contracted_value bigint) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(deal) from private.verify_deal(reference, contracted_value) as deal;
$$;

create function public.approve_payout(payout_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(payout) - 'request' from private.approve_payout(payout_id) as payout;
$$;

-- One object per currency in which the partner has lines, that in which most comes in first; all amounts in minor units.
create function private.earnings_summary() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    mine uuid := private.me();
    -- Asked once: in the sums below it would be for each line.
    month_start timestamptz := (
        select date_trunc('month', private.now(), partner.timezone) from public.partners as partner where partner.id = mine
    );
    month_before timestamptz := (
        select date_trunc('month', month_start - interval '1 day', partner.timezone)
        from public.partners as partner where partner.id = mine
    );
begin
    return (
        with
        -- One pass over the lines, into a few rows: each sum below would otherwise look at every line.
        groups as materialized (
            select
                line.currency, line.status, line.estimate, line.amount < 0 as negative,
                sum(line.amount) as amount,
                sum(line.amount) filter (where line.created_at >= month_before) as since_month_before,
                sum(line.amount) filter (where line.created_at >= month_start) as this_month,
                min(line.clears_at) as clears_at,
                count(*) as lines,
                count(*) filter (where line.created_at >= month_before) as lately
            from public.commissions as line
            where line.partner_id = mine
            group by line.currency, line.status, line.estimate, line.amount < 0
        ),
        -- Cash that has come in for estimates that are still open.
        replaced as materialized (
            select line.currency, sum(line.amount) as amount
            from public.commissions as line
            where line.partner_id = mine and not line.estimate and line.kind = 'base' and line.deal_id in (
                select estimate.deal_id from public.commissions as estimate
                where estimate.partner_id = mine and estimate.status = 'estimated' and estimate.commission_type = 'base'
            )
            group by line.currency
        )
        select coalesce(
            jsonb_agg(to_jsonb(sums) - '{lines, lately}'::text[] order by sums.lately desc, sums.lines desc, sums.currency), '[]'
        )
        from (
            select
                sum(line.lines) as lines,
                sum(line.lately) as lately,
                line.currency,
                -- What is still expected: the estimate less what cash has replaced.
                greatest(0, coalesce(sum(line.amount) filter (where line.status = 'estimated'), 0)
                    - coalesce(min(replaced.amount), 0))::bigint as estimated,
                coalesce(sum(line.amount) filter (where line.status = 'pending'), 0)::bigint as pending,
                coalesce(sum(line.amount) filter (where line.status = 'approved'), 0)::bigint as approved,
                coalesce(sum(line.amount) filter (where line.status = 'payable'), 0)::bigint as payable,
                coalesce(sum(line.amount) filter (where line.status = 'processing'), 0)::bigint as processing,
                coalesce(sum(line.amount) filter (where line.status = 'paid'), 0)::bigint as paid,
                coalesce(sum(line.amount) filter (where line.status in ('held', 'disputed')), 0)::bigint as held,
                -- Debts: what the next payout is less by.
                -coalesce(sum(line.amount) filter (where line.status = 'payable' and line.negative), 0)::bigint as owed,
                coalesce(sum(line.this_month) filter (where not line.estimate), 0)::bigint as this_month,
                coalesce(sum(line.since_month_before) filter (where not line.estimate), 0)::bigint
                    - coalesce(sum(line.this_month) filter (where not line.estimate), 0)::bigint as last_month,
                min(minimum.amount) as minimum_payout,
                min(line.clears_at) filter (where line.status = 'pending') as next_clearing_at,
                coalesce(sum(line.amount) filter (where line.status = 'payable'), 0)::bigint as available
            from groups as line
            left join replaced on replaced.currency = line.currency
            left join public.payout_minimums as minimum on minimum.currency = line.currency
            group by line.currency
        ) as sums
    );
end;
$$;

create function public.earnings_summary() returns jsonb
language sql stable set search_path = '' as $$
    select private.earnings_summary();
$$;

create function public.request_payout(currency text, request_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select jsonb_build_object(
        'id', payout.id, 'amount', payout.amount, 'currency', payout.currency, 'status', payout.status,
        'requested_at', payout.requested_at
    )
    from private.request_payout(currency, request_id) as payout;
$$;

create function public.request_onboarding_link(request_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select jsonb_build_object('id', private.request_onboarding_link(request_id));
$$;

create function public.subscribe_push(endpoint text, p256dh text, auth text, user_agent text default null) returns void
language sql volatile set search_path = '' as $$
    select private.subscribe_push(endpoint, p256dh, auth, user_agent);
$$;

create function public.unsubscribe_push(endpoint text) returns void
language sql volatile set search_path = '' as $$
    select private.unsubscribe_push(endpoint);
$$;

create function public.mark_notifications_read(ids uuid[]) returns integer
language sql volatile set search_path = '' as $$
    select private.mark_notifications_read(ids);
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Views. They run as the caller: row-level security of their tables decides.
-- ---------------------------------------------------------------------------------------------------------------------
-- Of a deal that pays the caller and is not theirs (a leader's, a recruiter's): how it is called and where it stands, no more.
-- Whose client it is stays the seller's business.
create function private.shared_deal(wanted uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object('reference', deal.reference, 'status', deal.status)
    from public.deals as deal
    where deal.id = wanted and exists (
        select from public.commissions as line where line.deal_id = wanted and line.partner_id = private.me()
    );
$$;

create view public.commission_lines with (security_invoker = true) as
select
    line.id, line.amount, line.currency, line.status, line.commission_type, line.rate_bp as rate, line.base_amount,
    line.created_at, line.clears_at, line.payment_date, coalesce(
        deal.reference,
        case when deal.id is null and line.deal_id is not null then private.shared_deal(line.deal_id) ->> 'reference' end
    ) as deal_reference,
    lead.company_name, payment.instalment, line.kind, line.corrects_id, line.note, line.refund_id is not null as by_refund,
    -- What of an estimate the client's payments have not replaced yet.
    case when line.status = 'estimated' then greatest(0, line.amount - (
        select coalesce(sum(come.amount), 0) from public.commissions as come
        where come.deal_id = line.deal_id and come.partner_id = line.partner_id and come.kind = line.kind and not come.estimate
    ))::bigint end as outstanding,
    case line.status
        when 'estimated' then case
            when line.commission_type = 'bonus' then 'Waiting for the deals behind it to clear'
            when (
                select sum(come.amount) from public.commissions as come
                where come.deal_id = line.deal_id and come.partner_id = line.partner_id and come.kind = line.kind and not come.estimate
            ) > 0 then 'Partly paid: the rest comes with the client''s next payments'
            else 'Waiting for the client''s payment'
        end
        when 'pending' then case
            when coalesce(
                deal.status::text,
                case when deal.id is null and line.deal_id is not null then private.shared_deal(line.deal_id) ->> 'status' end
            ) <> 'verified' then 'Waiting for the deal to be verified'
            else 'Clears on ' || to_char(line.clears_at at time zone 'UTC', 'YYYY-MM-DD')
        end
        when 'approved' then 'Moving to your balance'
        when 'payable' then case
            when line.amount < 0 then 'Comes off your next payout'
            else 'In your balance, ready for payout'
        end
        when 'processing' then case
            when line.amount < 0 then 'Set off in the payout under way'
            else 'Being paid out'
        end
        when 'paid' then case when line.amount < 0 then 'Settled' else 'Paid' end
        when 'held' then 'On hold until somebody decides'
        when 'reversed' then 'Reversed'
        when 'disputed' then 'On hold: the client disputes the payment'
        when 'settled' then 'Replaced by the lines of the client''s payments'
    end as next_step
from public.commissions as line
left join public.deals as deal on deal.id = line.deal_id -- of others' deals, of bonuses and adjustments there is none to read
left join public.leads as lead on lead.id = line.lead_id
left join public.client_payments as payment on payment.id = line.client_payment_id
-- One's own lines, staff included (they read the table): the condition finds them by their index, whatever the policy allows.
where line.partner_id = (select private.me());
