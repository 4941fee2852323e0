-- ---------------------------------------------------------------------------------------------------------------------
-- Which columns: every one of text, citext or jsonb that is not fixed by a list of values or a foreign key is decided here. A
-- test compares with the catalogue: a new column fails it until it has a place. `kept` is not looked at, for the reason given.
-- ---------------------------------------------------------------------------------------------------------------------
create table ops.text_columns (
    table_name text primary key,
    scrubbed text[] not null default '{}',
    kept text[] not null default '{}',
    why text check (why is not null or kept = '{}')
);

insert into ops.text_columns (table_name, scrubbed) values
('private.company_revenue', '{source}'),
('private.quiz_explanations', '{explanation}'),
('public.achievements', '{badge_name, reason, revoked_reason}'),
('public.adjustments', '{reason, decision_reason}'),
('public.asset_versions', '{path, file_type, note}'),
('public.attachments', '{path, name, mime_type, alt_text}'),
('public.attribution_claims', '{subject, reason, decision_reason}'),
('public.beta_feedback', '{feature, message, answer}'),
('public.beta_programs', '{name, description}'),
('public.business_holidays', '{name}'),
('public.campaigns', '{name, brief, closing_note}'),
('public.challenges', '{title, description}'),
('public.chat_categories', '{name}'),
('public.claim_evidence', '{note, file_name, mime_type}'),
('public.client_feedback', '{comment}'),
('public.commission_plans', '{reason}'),
('public.council_topics', '{title, body, result}'),
('public.council_votes', '{comment}'),
('public.curated_posts', '{title, body}'),
('public.custom_deals', '{proposal, decision}'),
('public.deal_cases', '{concerns, question, decision_reason}'),
('public.deal_evidence', '{note, path}'),
('public.events', '{title, description, location, cancel_reason}'),
('public.follow_up_rules', '{suggestion}'),
('public.hold_appeals', '{statement}'),
('public.lead_attachments', '{file_name, mime_type}'),
('public.lead_score_rules', '{label, expected_text}'),
('public.lead_score_versions', '{rules, note}'),
('public.marketing_assets', '{title, description, file_url, file_type}'),
('public.message_edits', '{message}'),
('public.message_reactions', '{emoji}'),
('public.message_reports', '{reason, disclosed_text, decision_note}'),
('public.message_template_versions', '{subject, body}'),
('public.message_templates', '{title}'),
('public.moderation_actions', '{note}'),
('public.moderation_cases', '{reason, outcome}'),
('public.partner_presence', '{status_text}'),
('public.partner_teams', '{reason, ended_reason}'),
('public.partner_tier_history', '{reason}'),
('public.partnership_requests', '{message, answer}'),
('public.payout_approvals', '{reason}'),
('public.payout_holds', '{reason, ended_reason}'),
('public.price_book', '{name, description}'),
('public.proposals', '{title, body}'),
('public.quiz_options', '{label}'),
('public.quiz_questions', '{question}'),
('public.quizzes', '{title}'),
('public.rate_overrides', '{reason, ended_reason}'),
('public.requirement_waivers', '{reason, withdrawn_reason}'),
('public.reseller_declarations', '{reason}'),
('public.survey_answers', '{comment}'),
('public.ticket_messages', '{message}'),
('public.tier_appeals', '{statement, answer}'),
('public.tier_requirements', '{label, detail}'),
('public.training_assignments', '{note}'),
('public.lessons', '{title, body, file_path}');

insert into ops.text_columns (table_name, scrubbed, kept, why) values
('ops.applied_ops', '{result}', '{caller}', 'the subject of a token'),
('ops.reconciliation_differences', '{reason}', '{kind, subject, stripe_id}', 'named by functions, ids'),
('ops.events', '{before, after, request_id}', '{type, subject_kind, actor}', 'named by functions; the subject of a token'),
('public.faq_articles', '{question, answer, category}', '{slug}', 'a name that its check bounds'),
('public.feature_flags', '{description}', '{key}', 'a name that its check bounds'),
('public.link_destinations', '{label}', '{slug, path}', 'names that their checks bound'),
('public.risk_holds', '{detail, decision_reason}', '{evidence_class, reason_code}', 'names that their checks bound'),
('public.staff_notices', '{message}', '{kind}', 'named by functions'),
('public.tax_thresholds', '{reason}', '{form}', 'the name of a tax form'),
('public.tier_definitions', '{label}', '{colour}', 'bounded by its check'),
('public.training_modules', '{title, summary}', '{slug}', 'a name that its check bounds'),
('public.training_tracks', '{title, summary}', '{track}', 'a name that its check bounds'),
('ops.outbox', '{last_error, request_id}', '{dedupe_key, payload}', 'keys and ids that functions make'),
('ledger.journals', '{request_id}', '{kind, source_kind}', 'named by functions'),
('public.applications', '{name, phone, motivation, reason}', '{issuer, subject, email}', 'whose token it was; an address by its check'),
('public.badges', '{badge_name, description}', '{badge_type}', 'a name that its check bounds'),
(
    'public.brand_profiles', '{contact_name, contact_email, contact_phone, website, logo_path, taken_down_reason}',
    '{primary_colour, page_slug}',
    'bounded by checks'
),
('public.certificates', '{revoked_reason}', '{number}', 'made by the database'),
('public.chat_channels', '{name, topic}', '{direct_key}', 'two ids'),
('public.chat_messages', '{author_name, message}', '{reactions}', 'counted from message_reactions'),
('public.commissions', '{note}', '{source, stripe_transfer_id}', 'named by functions, Stripe''s id'),
('public.deals', '{rejected_reason, disqualified_reason}', '{reference, flags}', 'made by the database'),
(
    'public.instant_payouts', '{fallback_reason}', '{stripe_account_id, request, idempotency_key, stripe_payout_id}',
    'frozen requests, keys and Stripe''s ids'
),
('public.lead_activities', '{notes}', '{field_rev}', 'numbers of revisions'),
('public.lead_conflicts', '{reason}', '{match_kinds}', 'named by functions'),
(
    'public.leads',
    '{company_name, contact_name, contact_phone, project_type, source, attribution_data, notes, lost_reason,'
    'next_action, deleted_reason, campaign}',
    '{contact_email, normalised_email, email_domain, normalised_phone, normalised_company, field_rev}',
    'an address by its check; computed from other columns'
),
('public.notifications', '{title, message}', '{action_url}', 'a path that functions write'),
(
    'public.partners', '{name, phone, region, status_reason}', '{email, referral_code, timezone, locale, avatar_path}',
    'bounded by lists and checks, a path of ids'
),
('public.payout_account_links', '{error}', '{url}', 'Stripe''s address'),
(
    'public.payout_accounts', '{destination_label}', '{stripe_account_id, requirements_due, destination_fingerprint}',
    'Stripe''s names and ids'
),
(
    'public.payout_reversals', '{reason, failure_message}', '{request, idempotency_key, stripe_reversal_id, failure_code}',
    'frozen requests, keys and Stripe''s ids'
),
(
    'public.payouts', '{failure_message}', '{request, idempotency_key, stripe_transfer_id, failure_code}',
    'frozen requests, keys and Stripe''s ids'
),
('public.push_subscriptions', '{user_agent}', '{endpoint, p256dh, auth}', 'an address and keys that a push service made'),
('public.referral_links', '{campaign, source}', '{code}', 'bounded by its check, of which a link is made'),
('public.risk_reviews', '{decision_reason}', '{fact_key, facts}', 'facts that functions gather'),
('public.risk_rules', '{says}', '{code, parameters}', 'names and numbers'),
('public.staff_members', '{name}', '{email}', 'an address of Auth'),
('public.team_invites', '{message}', '{email}', 'an address by its check'),
('public.support_tickets', '{subject, description}', '{queue}', 'one of support_levels'),
('public.tasks', '{title, notes}', '{field_rev}', 'numbers of revisions'),
('public.terms_acceptances', '{user_agent, request_id}', '{issuer, subject}', 'whose token it was'),
('public.terms_versions', '{title, url}', '{version, content_sha256}', 'a name and a digest'),
('public.tier_benefits', '{title}', '{key, requirement}', 'bounded by checks'),
('public.webhook_deliveries', '{last_error}', '{event_type}', 'named by functions'),
('public.webhooks', '{description}', '{url, event_types}', 'an address that is called as it stands'),
('private.figure_goals', '{title}', '{part, requirement}', 'names'),
('public.statements', '{}', '{content, sha256}', 'made of the ledger; its digest is of these bytes');

insert into ops.text_columns (table_name, kept, why)
select table_name, string_to_array(names, ' '), why from (values
    ('ledger.journal_words', 'kind words', 'how journals are called'),
    ('ops.audit_anchors', 'stream', 'names of streams'),
    ('ops.audit_heads', 'stream', 'names of streams'),
    ('ops.audit_log', 'stream actor action subject_kind body request_id', 'copied from ops.events, which is scrubbed'),
    ('ops.export_tables', 'name condition shown omit why', 'part of the schema'),
    ('ops.heartbeats', 'part', 'names of workers'),
    (
        'ops.inbound_events', 'source source_id payload request_id',
        'signed messages of Stripe and SISO''s systems, kept as they came; no person writes here'
    ),
    ('ops.security_notices', 'address', 'an address that Auth knew'),
    ('ops.rate_buckets', 'caller class', 'who called: a token''s subject or an address'),
    ('ops.rate_limits', 'class', 'names'),
    ('ops.reconciliation_runs', 'place', 'where a reading of Stripe went on'),
    ('ops.stripe_movements', 'id transfer_id destination', 'Stripe''s ids'),
    ('ops.sync_functions', 'function_name', 'part of the schema'),
    ('ops.sync_tables', 'table_name insertable editable free_text', 'part of the schema'),
    ('ops.text_columns', 'table_name scrubbed kept why', 'part of the schema'),
    ('ops.tombstones', 'table_name', 'names'),
    ('ops.topics', 'topic', 'names'),
    ('private.auth_identities', 'issuer subject', 'a subject may be a long number and is what tokens are compared with'),
    ('private.cash_hooks', 'function', 'part of the schema'),
    ('private.requirement_sources', 'function', 'part of the schema'),
    ('private.dialling_codes', 'country code trunk', 'a list of the world'),
    ('private.free_mail_domains', 'domain', 'a list of the world'),
    ('private.invariant_findings', 'view_name finding', 'rows of the checks, of columns that are decided here'),
    ('private.settings', 'key value', 'of the operator'),
    ('private.topic_turns', 'topic', 'ids, made by functions'),
    ('private.topics_to_turn', 'topic', 'ids, made by functions'),
    ('private.usage_days', 'feature', 'names that record_usage knows'),
    ('public.bank_payouts', 'stripe_payout_id failure_code reason', 'Stripe''s ids and codes, and sentences that a worker has'),
    ('public.business_calendar', 'timezone', 'a name that its check knows'),
    ('public.certificate_files', 'path sha256', 'made by a worker'),
    ('public.client_disputes', 'source source_id', 'ids of the sender'),
    ('public.client_payments', 'source source_id', 'ids of the sender'),
    ('public.client_refunds', 'source source_id', 'ids of the sender'),
    ('public.customised_assets', 'path', 'made by a worker'),
    ('public.exports', 'path sha256', 'made by a worker'),
    ('public.finance_exports', 'path sha256', 'made by a worker'),
    ('public.lesson_progress', 'field_rev', 'numbers of revisions'),
    ('public.partner_directory', 'name region avatar_path', 'copied from public.partners'),
    ('public.payout_runs', 'key preview skipped', 'ids and amounts that functions gather'),
    ('public.statement_files', 'path sha256', 'made by a worker'),
    ('public.support_levels', 'queue', 'names'),
    ('public.usage_events', 'feature', 'names that record_usage knows')
) as decided (table_name, names, why);

-- Arguments: the columns. Values without a card number are not touched at all.
create function private.scrub_row() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
    row jsonb := to_jsonb(new);
    name text;
    words text;
    clean jsonb;
begin
    foreach name in array tg_argv loop
        words := row ->> name;
        -- Nearly all words end here: no thirteen characters without a letter, or no run of digits in them. Other scripts and escaped characters of
        -- documents are looked at below.
        continue when words is null or (
            octet_length(words) = length(words) and (jsonb_typeof(row -> name) = 'string' or strpos(words, '\') = 0)
            and (words !~ '[^A-Za-z]{13}' or words !~ '[0-9](?:(?:[^0-9A-Za-z]{0,2}[^0-9A-Za-z+]|\+)?[0-9]){12,}')
        );
        clean := private.scrub_cards(row -> name);
        if clean is distinct from row -> name then
            new := jsonb_populate_record(new, jsonb_build_object(name, clean));
        end if;
    end loop;
    return new;
end;
$$;

-- Called at the end of the policies, when every table is there. The triggers' name puts them before all others: what those copy,
-- count or send has passed here.
create procedure private.scrub_every_column()
language plpgsql set search_path = '' as $$
declare
    decided ops.text_columns;
begin
    for decided in select * from ops.text_columns where scrubbed <> '{}' loop
        execute format(
            'create trigger a_cards before insert or update of %s on %s for each row execute function private.scrub_row(%s)',
            (select string_agg(quote_ident(name), ', ') from unnest(decided.scrubbed) as name), decided.table_name::regclass,
            (select string_agg(quote_literal(name), ', ') from unnest(decided.scrubbed) as name)
        );
    end loop;
end;
$$;
