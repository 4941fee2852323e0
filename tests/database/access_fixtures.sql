-- The rows that the cells of access.yaml are about. They belong to {partner} unless a comment says otherwise.
--
-- {name} is an id that is new in each run ({name.word} in letters, {name.hex} in digits); {name.login} and {name.email} belong to a person of the list `actors`, whose
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
insert into public.deals (
    id, reference, lead_id, partner_id, request_id, claimed_value, currency, plan_id, tier_at_win, rate_bp, clearing_days
)
select '{deal}', 'D-{deal}', '{won_lead}', '{partner}', '{deal_request}', 100000, 'USD', id, 'active', 2200, 30
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
insert into public.client_refunds (
    id, inbound_event_id, client_payment_id, deal_id, kind, source, source_id, reported_amount, amount, currency, refunded_at
) values ('{client_refund}', '{refund_event}', '{client_payment}', '{deal}', 'refund', 'siso', '{refund_event}', 100, 100, 'USD', private.now());
insert into public.client_disputes (id, client_payment_id, deal_id, source, source_id, amount, currency, opened_at)
values ('{client_dispute}', '{client_payment}', '{deal}', 'siso', '{client_dispute}', 100, 'USD', private.now());
insert into public.risk_holds (id, partner_id, commission_id, reason_code, evidence_class, review_by, opened_by)
values ('{risk_hold}', '{partner}', '{commission}', 'velocity', 'behaviour', private.now() + interval '5 days', 'rule');
insert into public.payouts (id, partner_id, request_id, currency, amount, status)
values ('{payout}', '{partner}', '{payout_request}', 'USD', 11000, 'draft');
insert into public.payout_items (payout_id, commission_id, amount) values ('{payout}', '{commission}', 11000);
insert into public.payout_accounts (partner_id, status) values ('{partner}', 'onboarding');
insert into public.payout_approvals (payout_id, staff_id, decision) values ('{payout}', '{support}', 'approved');
insert into public.payout_holds (id, partner_id, reason) values ('{payout_hold}', '{partner}', 'not me');
insert into public.payout_runs (id, key, status) values ('{payout_run}', 'access-{payout_run}', 'previewed');
insert into public.payout_reversals (id, payout_id, amount, reason, status, proposed_by)
values ('{payout_reversal}', '{payout}', 100, 'stolen identity', 'proposed', '{support}');
insert into public.instant_payouts (payout_id, quoted_fee) values ('{payout}', 110);
insert into public.bank_payouts (stripe_payout_id, partner_id, payout_id, amount, currency, method, status, made_at)
values ('po_{payout}', '{partner}', '{payout}', 10890, 'USD', 'instant', 'pending', private.now());
with run as (
    insert into ops.reconciliation_runs (created_from, stream, finished_at) values (0, 'done', private.now()) returning id
)
insert into ops.reconciliation_differences (id, kind, subject, theirs, first_run, last_run)
select '{difference}', 'unknown_transfer', '{difference}', 100, id, id from run;
insert into public.payout_account_links (id, partner_id) values ('{account_link}', '{partner}');
insert into public.statements (
    id, partner_id, currency, period, opening_balance, closing_balance, entry_count, content, sha256
) values ('{statement}', '{partner}', 'USD', '2020-01-01', 0, 0, 0, '{}', repeat('0', 64));
insert into public.statement_files (statement_id, kind, path, sha256, bytes)
values ('{statement}', 'pdf', '{partner}/2020-01/USD.pdf', repeat('0', 64), 100);
insert into public.exports (id, partner_id) values ('{export}', '{partner}');
insert into public.finance_exports (id, kind, period_from, period_to, requested_by)
values ('{finance_export}', 'ledger', '2020-01-01', '2020-02-01', '{finance}');

-- notifications
insert into public.notifications (id, partner_id, type, title, message)
values ('{notification}', '{partner}', 'reminder', 'Title', 'Text');
insert into public.push_subscriptions (id, partner_id, endpoint, p256dh, auth)
values ('{push_subscription}', '{partner}', 'https://push.example.com/{push_subscription}', repeat('k', 87), repeat('a', 22));

-- figures
insert into public.usage_events (id, partner_id, kind, device, display, occurred_at)
values ('{usage_event}', '{partner}', 'opened', 'phone', 'standalone', private.now());
insert into public.privacy_preferences (partner_id, usage_recording) values ('{partner}', true);
insert into public.survey_answers (partner_id, quarter, score) values ('{partner}', private.current_quarter(), 5);

-- tiers and teams
insert into public.rate_overrides (id, partner_id, rate_bp, reason, approved_by, request_id)
values ('{rate_override}', '{partner}', 2500, 'large client', '{owner}', '{rate_request}');
insert into public.requirement_waivers (id, partner_id, tier, kind, reason, granted_by)
values ('{waiver}', '{partner}', 'performer', 'client_satisfaction', 'no answer came', '{admin}');
insert into public.tier_risks (id, partner_id, tier, qualified_deals, needed, ends_at)
values ('{tier_risk}', '{partner}', 'active', 1, 3, private.now() + interval '30 days');
insert into public.tier_appeals (id, partner_id, history_id, statement)
values ('{tier_appeal}', '{partner}', '{history}', 'two deals were counted late');
insert into public.feature_flags (key, description) values ('access.{flag.word}', 'a flag of the tests');
insert into public.feature_flag_partners (flag_key, partner_id, enabled) values ('access.{flag.word}', '{partner}', true);
insert into public.partner_teams (id, team_leader_id, team_member_id) values ('{membership}', '{leader}', '{partner}');
insert into public.team_invites (id, team_leader_id, email, token_hash, expires_at)
values
('{invite}', '{leader}', 'invited@example.com', '\x{invite.hex}', private.now() + interval '7 days'),
('{own_invite}', '{partner}', 'invited@example.com', '\x{own_invite.hex}', private.now() + interval '7 days');
insert into public.recruits (recruit_id, recruiter_id, source) values ('{partner}', '{recruiter}', 'referral_code');
insert into public.terms_versions (id, kind, version, title, url)
values ('{terms}', 'privacy_policy', left('{terms}', 8), 'Terms', 'https://example.com/terms');
insert into public.terms_acceptances (id, terms_id, issuer, subject) values
('{acceptance}', '{terms}', 'supabase', '{partner.login}');

-- training
insert into public.training_tracks (track, title, version_since)
values ('access_{track.word}', 'A track', private.now() - interval '1 year');
insert into public.training_modules (id, slug, title, channel, tier_requirement, track, published_at) values
('{module}', 'access-{module}', 'Open', 'getting_started', 'starter', 'access_{track.word}', private.now()),
('{locked_module}', 'access-{locked_module}', 'Locked', 'advanced_techniques', 'performer', null, private.now()),
('{draft_module}', 'access-{draft_module}', 'Draft', 'getting_started', 'starter', null, null);
insert into public.lessons (id, module_id, position, kind, title, retired_at) values
('{quiz_lesson}', '{module}', 5, 'quiz', 'Quiz', null), -- before the reading, so that start_quiz asks for nothing else
('{lesson}', '{module}', 10, 'text', 'Reading', null),
('{retired_lesson}', '{module}', 20, 'text', 'Old', private.now()),
('{locked_quiz_lesson}', '{locked_module}', 5, 'quiz', 'Quiz', null),
('{locked_lesson}', '{locked_module}', 10, 'text', 'Reading', null);
insert into public.lessons (id, module_id, position, kind, title, retired_at, file_path) values
('{file_lesson}', '{module}', 30, 'resource', 'File', null, 'starter/{file_lesson}.pdf'),
('{retired_file_lesson}', '{module}', 40, 'resource', 'File', private.now(), 'starter/{retired_file_lesson}.pdf'),
('{draft_file_lesson}', '{draft_module}', 10, 'resource', 'File', null, 'starter/{draft_file_lesson}.pdf'),
('{locked_file_lesson}', '{locked_module}', 20, 'resource', 'File', null, 'performer/{locked_file_lesson}.pdf');
insert into public.quizzes (id, lesson_id, title, questions_drawn) values
('{quiz}', '{quiz_lesson}', 'Quiz', 1), ('{locked_quiz}', '{locked_quiz_lesson}', 'Quiz', 1);
insert into public.quiz_questions (id, quiz_id, question) values ('{question}', '{quiz}', 'Q');
insert into public.quiz_options (id, question_id, label) values
('{right_option}', '{question}', 'A'), ('{wrong_option}', '{question}', 'B');
insert into private.quiz_answer_keys (question_id, option_id) values ('{question}', '{right_option}');
insert into public.quiz_attempts (id, quiz_id, partner_id, expires_at, question_count)
values ('{quiz_attempt}', '{quiz}', '{partner}', private.now() + interval '1 day', 1);
insert into public.quiz_attempt_questions (attempt_id, position, question_id, option_ids)
values ('{quiz_attempt}', 1, '{question}', array['{right_option}', '{wrong_option}']::uuid[]);
insert into public.lesson_progress (id, partner_id, lesson_id) values ('{lesson_progress}', '{partner}', '{lesson}');
insert into public.certificates (id, partner_id, track, version, expires_at)
values ('{certificate}', '{partner}', 'access_{track.word}', 1, private.now() + interval '1 year');
insert into public.certificate_files (certificate_id, path, sha256, bytes)
values ('{certificate}', '{partner}/a.pdf', repeat('0', 64), 100);
insert into public.saved_items (partner_id, kind, item_id) values ('{partner}', 'lesson', '{lesson}');
insert into public.training_assignments (id, module_id, partner_id, leader_id)
values ('{assignment}', '{module}', '{partner}', '{leader}');

-- around leads: {shared_lead} is shared with {member}, {team_lead} with the team of {leader}
insert into public.leads (id, partner_id, company_name) values
('{shared_lead}', '{partner}', 'Client 21'), ('{team_lead}', '{partner}', 'Client 22');
insert into public.lead_shares (id, lead_id, shared_by, partner_id, may_edit)
values ('{lead_share}', '{shared_lead}', '{partner}', '{member}', true);
insert into public.lead_shares (id, lead_id, shared_by, team_leader_id)
values ('{team_share}', '{team_lead}', '{partner}', '{leader}');
insert into public.lead_shares (id, lead_id, shared_by, partner_id, revoked_at)
values ('{ended_share}', '{lead}', '{partner}', '{non_member}', private.now());
insert into public.lead_conflicts (id, new_lead_id, existing_lead_id, match_kinds, due_at)
values ('{lead_conflict}', '{lead}', '{shared_lead}', array['email'], private.now() + interval '5 days');
insert into public.tasks (id, partner_id, lead_id, title) values ('{task}', '{partner}', '{lead}', 'Call back');
insert into public.lead_attachments (id, lead_id, partner_id, file_name, mime_type, size_bytes) values
('{lead_file}', '{lead}', '{partner}', 'offer.pdf', 'application/pdf', 1000),
('{new_lead_file}', '{lead}', '{partner}', 'new.pdf', 'application/pdf', 1000),
('{shared_file}', '{shared_lead}', '{partner}', 'offer.pdf', 'application/pdf', 1000);
insert into public.lead_scores (lead_id, score) values ('{lead}', 50);
insert into public.message_templates (id, partner_id, channel, title, visibility) values
('{template}', '{partner}', 'email', 'Mine', 'private'), ('{shared_template}', '{partner}', 'email', 'Ours', 'shared'),
('{official_template}', null, 'email', 'Official', 'official');
update public.message_templates set current_version = 2 where id = '{shared_template}';
insert into public.message_template_versions (template_id, version, body) values
('{template}', 1, 'Hello'), ('{shared_template}', 1, 'Secret'), ('{shared_template}', 2, 'Hello'),
('{official_template}', 1, 'Hello');
insert into public.referral_links (id, partner_id, code, destination)
select '{link}', '{partner}', 'a-{link}', slug from public.link_destinations limit 1;
insert into public.link_clicks (link_id, visitor, device) values ('{link}', '\x00', 'mobile');
insert into public.attribution_claims (id, partner_id, about, lead_id, reason, due_at)
values ('{claim}', '{partner}', 'lead', '{lead}', 'it was my introduction', private.now() + interval '5 days');
insert into public.claim_evidence (id, claim_id, added_by_partner, note, file_name, mime_type, size_bytes) values
('{evidence}', '{claim}', '{partner}', 'a mail', 'mail.pdf', 'application/pdf', 1000),
('{new_evidence}', '{claim}', '{partner}', 'a mail', 'new.pdf', 'application/pdf', 1000);

-- chat: {general} is open to all, {elite_channel} to Elite, {team_channel} and {direct} have members
insert into public.chat_categories (id, name, position) values ('{category}', 'A-{category}', 99);
insert into public.chat_channels (id, name, type, tier_requirement, leader_id, direct_key, staff_only_writes) values
('{general}', 'a-{general}', 'general', null, null, null, false),
('{announcements}', 'a-{announcements}', 'general', null, null, null, true),
('{elite_channel}', 'a-{elite_channel}', 'general', 'elite', null, null, false),
('{team_channel}', 'team', 'team', null, '{leader}', null, false),
('{direct}', 'direct', 'direct', null, null, '{direct}', false);
update public.chat_channels set last_seq = 1 where id in ('{team_channel}', '{direct}');
insert into public.channel_members (channel_id, partner_id, muted_until, left_at) values
('{team_channel}', '{partner}', null, null), ('{team_channel}', '{leader}', null, null),
('{team_channel}', '{member}', null, null),
('{team_channel}', '{muted_member}', private.now() + interval '1 day', null),
('{team_channel}', '{non_member}', null, private.now()), -- has left
('{direct}', '{partner}', null, null), ('{direct}', '{dm_peer}', null, null);
insert into public.read_cursors (channel_id, partner_id) values ('{direct}', '{partner}');
insert into public.chat_messages (id, channel_id, seq, partner_id, author_name, message) values
('{team_message}', '{team_channel}', 1, '{partner}', 'Partner', 'Hello team'),
('{direct_message}', '{direct}', 1, '{partner}', 'Partner', 'Hello you');
insert into public.message_reactions (message_id, partner_id, emoji) values ('{direct_message}', '{partner}', '👍');
insert into public.attachments (message_id, bucket_id, path, name, mime_type, size)
values ('{direct_message}', 'chat-files', '{direct}/{partner}/a.png', 'a.png', 'image/png', 100);
insert into public.message_mentions (message_id, partner_id, channel_id, seq)
values ('{team_message}', '{partner}', '{team_channel}', 1);
insert into public.message_pins (message_id, channel_id) values ('{team_message}', '{team_channel}');
insert into public.partner_blocks (partner_id, blocked_id) values ('{partner}', '{elite}');
insert into public.partner_presence (partner_id) values ('{partner}');
insert into public.moderation_cases (id, channel_id, reason, opened_by)
values ('{moderation_case}', '{team_channel}', 'somebody reported a message', '{moderator}');
insert into public.moderation_actions (id, case_id, channel_id, staff_id, action)
values ('{moderation_action}', '{moderation_case}', '{team_channel}', '{moderator}', 'read_channel');
insert into public.message_reports (id, message_id, reporter_id, reason, disclosed_text)
values ('{report}', '{team_message}', '{partner}', 'this is not nice', 'Hello team');

-- decisions of staff about money
insert into public.deal_cases (id, deal_id, partner_id, due_at) values ('{deal_case}', '{deal}', '{partner}', private.now());
insert into public.deals (
    id, reference, lead_id, partner_id, request_id, status, rejected_reason, claimed_value, currency, plan_id, tier_at_win, rate_bp, clearing_days
)
select '{rejected_deal}', 'D-{rejected_deal}', '{rejected_lead}', '{partner}', '{rejected_deal}', 'rejected', 'no proof', 100000, 'USD', id,
    'active', 2200, 30
from public.commission_plans limit 1;
insert into public.adjustments (id, purpose, partner_id, amount, currency, reason, state, proposed_by, decided_by, decided_at, line_id)
values ('{adjustment}', 'correction', '{partner}', 1000, 'USD', 'a correction', 'approved', '{admin}', '{finance}', private.now(), '{adjustment}'),
('{proposal}', 'correction', '{partner}', 1000, 'USD', 'a correction', 'proposed', '{adjustment}', null, null, null);
insert into public.risk_reviews (id, rule_code, partner_id, fact_key, facts, review_by)
values ('{risk_review}', 'many_leads', '{partner}', 'access', '{}', private.now() + interval '5 days');
insert into public.reseller_declarations (id, partner_id, reason, granted_by) values ('{reseller}', '{partner}', 'resells', '{admin}');
insert into public.hold_appeals (id, hold_id, partner_id, statement)
values ('{hold_appeal}', '{appealed_hold}', '{partner}', 'the client is real');
insert into public.deal_evidence (id, deal_id, added_by_partner, note) values ('{deal_evidence}', '{deal}', '{partner}', 'the contract');
insert into public.staff_notices (id, kind, subject_id, for_roles, message) values
('{staff_notice}', 'deal.overdue', '{staff_notice}', array['finance', 'admin']::public.staff_role[], 'A deal should have been decided.');

-- boards and badges
insert into public.leaderboard_scores (period, starts_on, partner_id, tier) values ('month', '2026-01-01', '{partner}', 'active');
insert into public.leaderboard_snapshots (period, starts_on, partner_id, rank, tier_rank, points, deals, taken_at)
values ('month', '2026-01-01', '{partner}', 1, 1, 0, 0, private.now());
insert into public.challenges (id, title, metric, goal, starts_at, ends_at, tier_requirement) values
('{challenge}', 'Challenge', 'points', 1, private.now() - interval '1 hour', private.now() + interval '1 day', null),
('{elite_challenge}', 'Challenge', 'points', 1, private.now(), private.now() + interval '1 day', 'elite');
insert into public.challenge_entries (challenge_id, partner_id) values ('{challenge}', '{partner}');
insert into public.achievements (id, partner_id, badge_type, badge_name)
values ('{achievement}', '{partner}', 'access_{badge.word}', 'Badge');
insert into public.achievements (id, partner_id, badge_type, badge_name, revoked_at, revoked_reason, revoked_by)
values ('{revoked_achievement}', '{partner}', 'access_{badge.word}', 'Badge', private.now(), 'a mistake', '{support}');
insert into public.badges (badge_type, badge_name, description, position)
values ('access_{badge.word}', 'Badge', 'for a test', 99);
insert into public.streaks (partner_id) values ('{partner}');

-- support, events, preferences
insert into public.business_holidays (day, name)
select min(day)::date, 'Holiday' from generate_series('2090-01-01'::date, '2099-12-31', '1 day') as day
where day::date not in (select taken.day from public.business_holidays as taken) and random() < 0.01;
insert into public.support_tickets (id, partner_id, subject, category, description, queue, answer_due_at, solution_due_at)
values ('{ticket}', '{partner}', 'Question', 'leads', 'How does this work?', 'standard', private.now(), private.now());
insert into public.ticket_messages (id, ticket_id, partner_id, staff_id, message, internal) values
('{ticket_message}', '{ticket}', '{partner}', null, 'How?', false),
('{internal_note}', '{ticket}', null, '{support}', 'Seen before', true);
insert into public.faq_articles (id, slug, question, answer, category, published, tier_requirement) values
('{article}', 'a-{article}', 'Q', 'A', 'money', true, null), ('{draft_article}', 'a-{draft_article}', 'Q', 'A', 'money', false, null),
('{elite_article}', 'a-{elite_article}', 'Q', 'A', 'money', true, 'elite');
insert into public.faq_votes (article_id, partner_id, helpful) values ('{article}', '{partner}', true);
insert into public.events (id, kind, title, starts_at, ends_at, tier_requirement, host_partner_id) values
('{event}', 'webinar', 'Webinar', private.now(), private.now() + interval '1 hour', null, null),
('{office_hours}', 'office_hours', 'Office hours', private.now(), private.now() + interval '1 hour', null, null),
('{elite_event}', 'dinner', 'Dinner', private.now(), private.now() + interval '1 hour', 'elite', null),
('{team_event}', 'team_call', 'Team call', private.now(), private.now() + interval '1 hour', null, '{leader}');
insert into public.event_rsvps (event_id, partner_id, status) values
('{event}', '{partner}', 'going'), ('{office_hours}', '{partner}', 'attended');
insert into public.client_feedback (id, deal_id, partner_id, score) values ('{feedback}', '{deal}', '{partner}', 5);
insert into public.notification_preferences (partner_id, type, channel, enabled)
values ('{partner}', 'message', 'push', false);
insert into public.quiet_hours (partner_id, begins, ends) values ('{partner}', '22:00', '07:00');

-- material and what higher tiers unlock; what only they can make belongs to {performer} and {elite}
insert into public.marketing_assets (id, title, category, tier_requirement, published) values
('{asset}', 'Brochure', 'brochures', 'starter', true), ('{elite_asset}', 'Brochure', 'brochures', 'elite', true),
('{draft_asset}', 'Brochure', 'brochures', 'starter', false);
insert into public.asset_versions (asset_id, version, path, file_type, file_size) values
('{asset}', 1, 'starter/{asset}.pdf', 'pdf', 100), ('{elite_asset}', 1, 'elite/{asset}.pdf', 'pdf', 100),
('{draft_asset}', 1, 'starter/{draft_asset}.pdf', 'pdf', 100);
insert into public.asset_downloads (asset_id, partner_id) values ('{asset}', '{partner}');
insert into public.brand_profiles (partner_id) values ('{partner}');
insert into public.brand_profiles (partner_id, page_slug, page_published) values ('{performer}', left('a-{performer}', 40), true);
insert into public.customised_assets (id, asset_id, partner_id, kind) values ('{custom_asset}', '{asset}', '{partner}', 'contact');
insert into public.price_book (id, name, amount, currency, tier_requirement) values
('{price}', 'Website', 100, 'USD', 'active'), ('{elite_price}', 'Website', 100, 'USD', 'elite');
insert into public.curated_posts (id, topic, title, body, tier_requirement, published_at) values
('{post}', 'market', 'Post', 'Text', 'performer', private.now()), ('{draft_post}', 'market', 'Post', 'Text', 'performer', null);
insert into public.leads (id, partner_id, company_name) values
('{performer_lead}', '{performer}', 'Client 31'), ('{elite_lead}', '{elite}', 'Client 32');
insert into public.proposals (id, partner_id, lead_id, title) values
('{proposal}', '{performer}', '{performer_lead}', 'Offer'), ('{old_proposal}', '{partner}', '{lead}', 'Offer');
insert into public.custom_deals (id, partner_id, proposal) values
('{custom_deal}', '{elite}', 'A large volume'), ('{old_custom_deal}', '{partner}', 'A large volume');
insert into public.partnership_requests (id, partner_id, kind, message) values
('{request_row}', '{elite}', 'pr', 'Let us talk'), ('{old_request_row}', '{partner}', 'pr', 'Let us talk');
insert into public.campaigns (id, name, kind, status) values
('{campaign}', 'Campaign', 'pr', 'running'), ('{planned_campaign}', 'Campaign', 'pr', 'planned');
insert into public.campaign_participants (campaign_id, partner_id) values ('{campaign}', '{elite}');
insert into public.council_topics (id, title, body, closes_at) values ('{topic}', 'Topic', 'Text', private.now());
insert into public.council_votes (topic_id, partner_id, vote) values ('{topic}', '{elite}', 1);
insert into public.beta_programs (id, name, description, opened_at, closed_at) values
('{beta}', 'Beta', 'What is new', private.now(), null), ('{closed_beta}', 'Beta', 'What is new', private.now(), private.now());
insert into public.beta_feedback (id, partner_id, feature, message) values ('{beta_feedback}', '{performer}', 'board', 'Nice');

insert into storage.buckets (id, name) values ('a-{sample_bucket}', 'a-{sample_bucket}');

-- files, under the folders that policies read
insert into storage.objects (bucket_id, name) values
('avatars', '{partner}/a.png'), ('brand', '{partner}/a.png'), ('deal-evidence', '{partner}/a.pdf'),
('statements', '{partner}/a.pdf'), ('certificates', '{partner}/a.pdf'), ('exports', '{partner}/a.zip'), ('exports', 'finance/{finance_file}.zip'),
('chat-files', '{direct}/{partner}/a.png'), ('voice', '{team_channel}/{partner}/a.webm'),
('training', 'starter/{file_lesson}.pdf'), ('training', 'starter/{retired_file_lesson}.pdf'),
('training', 'starter/{draft_file_lesson}.pdf'), ('training', 'performer/{locked_file_lesson}.pdf'),
('training', 'starter/{module}.pdf'), -- that nothing names
('resources', 'starter/{asset}.pdf'), ('resources', 'elite/{asset}.pdf'), ('resources', 'starter/{draft_asset}.pdf'),
('resources', 'starter/{module}.pdf');
insert into storage.objects (bucket_id, name, metadata)
values ('resources', 'starter/{asset}/a.pdf', '{"size": 9, "mimetype": "application/pdf"}');
insert into storage.objects (bucket_id, name) select 'lead-files', path from public.lead_attachments where id in ('{lead_file}', '{shared_file}');
insert into storage.objects (bucket_id, name) select 'claim-files', path from public.claim_evidence where id = '{evidence}';

insert into public.lead_score_versions (request_id, rules, note, published_by) values ('{score_request}', '[]', 'first', '{admin}');

-- outbound webhooks
insert into public.webhooks (id, url, description, event_types, secret_id, created_by)
values ('{webhook}', 'https://example.com/{webhook}', 'Test', array['deal.*'], '{webhook_secret}', '{admin}');
insert into public.webhook_deliveries (webhook_id, event_id, event_type) values ('{webhook}', 0, 'deal.claimed');
