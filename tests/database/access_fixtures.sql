-- The rows that the cells of access.yaml are about. They belong to {partner} unless a comment says otherwise.
--
-- {name} is an id that is new in each run; {name.login} and {name.email} belong to a person of the list `actors`, whose
-- partners, staff_members and log-ins exist already. Runs as a superuser without triggers and foreign keys, so that a row
-- can simply be stated.

-- people
update public.partners set team_leader_id = '{leader}' where id in ('{partner}', '{member}');
insert into private.auth_identities (issuer, subject, partner_id)
values ('https://login.example.com', 'third-party|{partner}', '{partner}');

insert into public.applications (id, issuer, subject, name, email, country, terms_accepted_at)
values ('{application}', 'supabase', '{applicant.login}', 'Applicant', '{applicant.email}', 'US', private.now());

-- leads
insert into public.leads (id, partner_id, company_name) values ('{lead}', '{partner}', 'Client 17');
insert into public.leads (id, partner_id, company_name, deleted_at, deleted_reason)
values ('{deleted_lead}', '{partner}', 'Client 18', private.now(), 'twice');
insert into public.lead_activities (id, lead_id, partner_id, activity_type)
values ('{lead_activity}', '{lead}', '{partner}', 'call');

-- money
insert into public.deals (id, lead_id, partner_id, request_id, claimed_value, currency, plan_id, tier_at_win, rate_bp, clearing_days)
select '{deal}', '{won_lead}', '{partner}', '{deal_request}', 100000, 'USD', id, 'active', 2200, 30
from public.commission_plans limit 1;
insert into public.leads (id, partner_id, company_name, status) values ('{won_lead}', '{partner}', 'Client 19', 'closed_won');
insert into public.client_payments (
    id, inbound_event_id, deal_id, source, source_id, instalment, amount, currency, cleared_at
) values ('{client_payment}', '{inbound_event}', '{deal}', 'siso', '{inbound_event}', 1, 50000, 'USD', private.now());
insert into public.commissions (
    id, partner_id, lead_id, deal_id, client_payment_id, commission_type, status, amount, currency, plan_id, tier, rate_bp,
    base_amount, clears_at
)
select
    '{commission}', '{partner}', '{won_lead}', '{deal}', '{client_payment}', 'base', 'pending', 11000, 'USD', id, 'active',
    2200, 50000, private.now()
from public.commission_plans limit 1;
insert into public.payouts (id, partner_id, request_id, currency, amount, status)
values ('{payout}', '{partner}', '{payout_request}', 'USD', 11000, 'draft');
insert into public.payout_items (payout_id, commission_id, amount) values ('{payout}', '{commission}', 11000);
insert into public.payout_accounts (partner_id, status) values ('{partner}', 'onboarding');
insert into public.payout_account_links (id, partner_id) values ('{account_link}', '{partner}');

-- notifications
insert into public.notifications (id, partner_id, type, title, message)
values ('{notification}', '{partner}', 'reminder', 'Title', 'Text');
insert into public.push_subscriptions (id, partner_id, endpoint, p256dh, auth)
values ('{push_subscription}', '{partner}', 'https://push.example.com/{push_subscription}', repeat('k', 87), repeat('a', 22));
