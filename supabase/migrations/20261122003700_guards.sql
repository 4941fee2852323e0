-- Guards: columns of money, access, tier, rate and status are written by functions alone, each of which checks who asks, keeps
-- what belongs together and leaves a trace. A direct edit (Studio, psql, a granted update) is refused with the name of the
-- function; what Studio may edit is audited.
--
-- A guard looks at who called: below the trigger stands one of our functions, or nobody. The owner of the database can still
-- get past it on purpose (docs/security.md): `set local siso.writer = 'by_hand'`. Even then the audit log has the change.

-- Whether a call stack (pg_context of a trigger function) has a function of ours below the trigger function itself. Asked for
-- every guarded row: looking for words is many times quicker than a pattern.
create function private.is_called_by_us(stack text) returns boolean
language plpgsql immutable set search_path = '' as $$
declare
    below text := substr(stack, strpos(stack || E'\n', E'\n') + 1);
begin
    return strpos(below, 'PL/pgSQL function private.') > 0 or strpos(below, 'SQL function "') > 0
        or strpos(below, 'PL/pgSQL function worker.') > 0 or strpos(below, 'PL/pgSQL function ledger.') > 0
        or strpos(below, 'PL/pgSQL function ops.') > 0;
end;
$$;

-- Arguments: the functions that write, and the guarded columns (for the message).
create function private.guard_columns() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    stack text;
begin
    get diagnostics stack = pg_context;
    if not private.is_called_by_us(stack) and not private.writing('by_hand') then
        perform private.fail(
            '42501', format('%s is written by functions alone.', tg_table_name), 'guarded', tg_argv[1],
            format('Use %s (./scripts/admin).', tg_argv[0])
        );
    end if;
    return coalesce(new, old);
end;
$$;

-- Guards columns of a table; `rows` also new and deleted rows. The trigger's name puts it before all others: what they set is
-- theirs to set. Its condition keeps the look at the stack away from all other changes.
create procedure private.guard(guarded regclass, writers text, columns text[], rows boolean default false)
language plpgsql set search_path = '' as $$
begin
    execute format(
        'create trigger a_guard before update on %s for each row when (%s) execute function private.guard_columns(%L, %L)',
        guarded,
        (select string_agg(format('new.%1$I is distinct from old.%1$I', name), ' or ') from unnest(columns) as name),
        writers, array_to_string(columns, ', ')
    );
    if rows then
        execute format(
            'create trigger a_guard_rows before insert or delete on %s for each row execute function private.guard_columns(%L, %L)',
            guarded, writers, array_to_string(columns, ', ')
        );
    end if;
end;
$$;

-- People and access.
call private.guard('public.partners', 'decide_application or change_partner_country', '{id, user_id, referral_code, country}');
call private.guard(
    'public.applications', 'start_review, decide_application or withdraw_application',
    '{issuer, subject, status, reviewer_id, decided_by, decided_at}'
);
call private.guard('private.auth_identities', 'decide_application or grant_role', '{issuer, subject, partner_id, staff_id}');
call private.guard(
    'public.team_invites', 'invite_member, withdraw_invite or accept_invite',
    '{team_leader_id, token_hash, accepted_by, accepted_at, withdrawn_at}'
);
call private.guard(
    'public.partner_teams', 'set_team_leader', '{override_percentage, valid_from, valid_to, decided_by, ended_reason}'
);
call private.guard('public.recruits', 'private.record_recruit', '{recruiter_id, recruit_id}', true);
call private.guard(
    'public.lead_shares', 'share_lead or unshare_lead',
    '{lead_id, shared_by, partner_id, team_leader_id, may_edit, until, revoked_at}', true
);

-- Tiers and what decides on them.
call private.guard(
    'public.requirement_waivers', 'waive_requirement or withdraw_waiver',
    '{partner_id, tier, kind, granted_by, withdrawn_at, withdrawn_by}', true
);
call private.guard('public.tier_risks', 'private.review_tiers', '{partner_id, tier, needed, closed_at, outcome}', true);
call private.guard(
    'public.tier_appeals', 'appeal_tier or decide_tier_appeal', '{partner_id, history_id, status, answer, decided_by, decided_at}', true
);
call private.guard(
    'public.certificates', 'claim_certificate or revoke_certificate',
    '{partner_id, track, version, revoked_at, revoked_reason, revoked_by}', true
);
call private.guard('public.quiz_attempts', 'submit_quiz', '{quiz_id, partner_id, score, passed, submitted_at}', true);
call private.guard('public.training_modules', 'publish_module or unpublish_module', '{published_at}');
call private.guard('public.event_rsvps', 'answer_event or mark_attendance', '{event_id, partner_id, status, attended_marked_by}', true);
call private.guard('public.client_feedback', 'give_feedback', '{deal_id, partner_id, score}', true);

-- Leads and who is paid for them.
call private.guard(
    'public.leads', 'move_lead, claim_win, delete_lead, restore_lead or decide_conflict', '{status, protected_until, deleted_at}'
);
-- Through the API the policies' own checks refuse to hand a row over; this is for who is above policies.
create trigger a_guard_owner before update of partner_id on public.leads
for each row when (session_user <> 'authenticator' and new.partner_id is distinct from old.partner_id)
execute function private.guard_columns('open_claim and decide_claim', 'partner_id');
create trigger a_guard_owner before update of partner_id on public.referral_links
for each row when (session_user <> 'authenticator' and new.partner_id is distinct from old.partner_id)
execute function private.guard_columns('open_claim and decide_claim', 'partner_id');
call private.guard(
    'public.lead_conflicts', 'decide_conflict', '{new_lead_id, existing_lead_id, state, decision, decided_by, decided_at}', true
);
call private.guard(
    'public.attribution_claims', 'open_claim, ask_about_claim or decide_claim',
    '{partner_id, state, decision_reason, decided_by, decided_at, resolution_amount, resolution_currency}', true
);

-- Money. What of a row never changes at all is kept by the table's own trigger; a row too many or too few does not add up with
-- the ledger (private.check_…).
call private.guard(
    'public.deals', 'claim_win or verify_deal',
    '{status, contracted_value, verified_at, verified_by, rejected_reason, disqualified_at, disqualified_reason}'
);
call private.guard('public.client_payments', 'worker.receive_client_payment', '{deal_id, source, source_id, amount, currency}');
call private.guard(
    'public.commissions', 'the posting functions (worker.post_base_commission, worker.clear_commissions)',
    '{status, payment_date, stripe_transfer_id}'
);
call private.guard(
    'public.payouts', 'request_payout, approve_payout or the functions of the payouts worker',
    '{status, approvals_needed, approvals_when_asked, sent_at, paid_at, stripe_transfer_id, failure_code}'
);
call private.guard('public.payout_items', 'request_payout', '{payout_id, commission_id, amount}');
call private.guard(
    'public.payout_accounts', 'request_onboarding_link, worker.save_account_state or change_partner_country',
    '{partner_id, status, stripe_account_id, country, tax_status}'
);
call private.guard('public.payout_minimums', 'set_payout_minimum', '{currency, amount, minor_digits, yardstick}', true);
call private.guard('public.instant_fees', 'set_instant_fee', '{currency, fee_bp, minimum_fee}', true);
call private.guard('public.payout_countries', 'set_payout_country', '{country, currency, instant, is_open}', true);
call private.guard(
    'public.deal_cases', 'verify_deal, reject_deal, ask_about_deal or reopen_deal', '{state, decision, decided_by, decided_at}'
);
call private.guard(
    'public.adjustments', 'propose_adjustment or decide_adjustment',
    '{partner_id, amount, currency, state, proposed_by, decided_by, decided_at, line_id}'
);
call private.guard('public.client_disputes', 'worker.receive_client_payment', '{status, amount}');
call private.guard('public.instant_payouts', 'request_instant_payout', '{status, quoted_fee, stripe_payout_id}');
call private.guard(
    'public.payout_reversals', 'propose_payout_reversal or decide_payout_reversal',
    '{payout_id, amount, status, proposed_by, decided_by}'
);
call private.guard(
    'public.payout_runs', 'preview_payout_run, approve_payout_run or execute_payout_run', '{status, approved_by, executed_by}'
);
call private.guard('ledger.accounts', 'ledger.post', '{kind, partner_id, currency, balance}');

-- Status elsewhere.
call private.guard(
    'public.support_tickets', 'open_ticket, answer_ticket, assign_ticket or set_ticket_closed',
    '{partner_id, status, queue, resolved_at, closed_at, rating}'
);
call private.guard('public.message_reports', 'report_message, remove_message or dismiss_report', '{state, decided_by, decided_at}');
call private.guard(
    'public.moderation_cases', 'open_moderation_case or close_moderation_case', '{channel_id, opened_by, closed_at, outcome}', true
);
call private.guard(
    'public.channel_members', 'mute_member or the functions that open a channel', '{channel_id, partner_id, muted_until, left_at}', true
);
call private.guard('public.challenge_entries', 'join_challenge', '{partner_id, challenge_id, status}', true);
call private.guard(
    'public.achievements', 'award_badge or take_back_badge',
    '{partner_id, badge_type, awarded_by, revoked_at, revoked_reason, revoked_by}', true
);
call private.guard('public.badges', 'set_badge_retired', '{retired_at}');
call private.guard(
    'public.brand_profiles', 'take_down_page or restore_page', '{taken_down_at, taken_down_reason, taken_down_by}'
);
call private.guard('public.support_levels', 'set_support_level', '{tier, first_answer, solution, queue}', true);
call private.guard('public.campaigns', 'open_campaign or close_campaign', '{status, closing_note, closed_at}');
call private.guard('public.campaign_participants', 'join_campaign', '{campaign_id, partner_id}', true);
call private.guard('public.beta_programs', 'set_beta_open', '{opened_at, closed_at}');
call private.guard('public.beta_feedback', 'answer_beta_feedback', '{partner_id, state, answer, handled_by, handled_at}');
call private.guard('public.challenges', 'cancel_challenge or restore_challenge', '{cancelled_at}');
call private.guard('public.events', 'cancel_event or restore_event', '{cancelled_at, cancel_reason}');
call private.guard(
    'public.custom_deals', 'decide_request or withdraw_request', '{partner_id, status, decision, decided_by, decided_at}'
);
call private.guard(
    'public.partnership_requests', 'decide_request or withdraw_request', '{partner_id, status, answer, answered_by, answered_at}'
);

-- Staff and their roles, by the statement: nobody but an owner adds, changes or removes any, through grant_role and revoke_role.
-- While nobody is owner, on a new installation, the owner of the database appoints the first.
create function private.guard_staff() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if not private.writing('staff') and not private.writing('by_hand') and exists (
        select from public.staff_roles as held
        join public.staff_members as member on member.id = held.staff_id and member.active
        where held.role = 'owner'
    ) then
        perform private.fail(
            '42501', 'Staff and their roles are changed by an owner alone.', 'guarded', null,
            'Use grant_role or revoke_role (./scripts/admin).'
        );
    end if;
    return null;
end;
$$;

create trigger a_guard before insert or update or delete or truncate on public.staff_roles
for each statement execute function private.guard_staff();
create trigger a_guard before insert or update of active, email or delete or truncate on public.staff_members
for each statement execute function private.guard_staff();

-- Makes a person who has signed up the first owner. Only the owner of the database may call it, and only while nobody is owner.
create function private.appoint_owner(address text, known_as text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
    login uuid := (select id from auth.users where lower(email) = lower(address) and email_confirmed_at is not null);
    member uuid;
begin
    if exists (select from public.staff_roles where role = 'owner') then
        perform private.fail('PT409', 'There is an owner already.', 'already_there', null, 'They call grant_role (./scripts/admin).');
    end if;
    if login is null then
        perform private.fail('PT404', 'Nobody has signed up with this address.', 'not_found', 'email', 'They sign up and confirm it first.');
    end if;
    insert into public.staff_members (name, email) values (btrim(known_as), address) returning id into member;
    insert into public.staff_roles (staff_id, role) values (member, 'owner');
    insert into private.auth_identities (issuer, subject, staff_id) values ('supabase', login::text, member)
    on conflict (issuer, subject) do update set staff_id = excluded.staff_id;
    perform private.emit('staff.role_granted', 'staff_member', member, null, null, jsonb_build_object('role', 'owner'));
    return member;
end;
$$;
