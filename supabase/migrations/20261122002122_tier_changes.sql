-- Promotion at once, demotion slowly (A-05, F-23): when refunds take a partner under what their tier needs, they are told
-- and have a grace period; only then they go down, by one tier, and may appeal once.

create table public.tier_risks (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null references public.partners,
    tier public.partner_tier not null references public.tier_definitions,
    qualified_deals integer not null,
    needed integer not null,
    opened_at timestamptz not null default private.now(),
    ends_at timestamptz not null,
    reminded_at timestamptz,
    closed_at timestamptz,
    outcome text check (outcome in ('recovered', 'demoted', 'superseded')),
    check ((closed_at is null) = (outcome is null))
);

create unique index tier_risks_open_key on public.tier_risks (partner_id) where closed_at is null;
create index on public.tier_risks (partner_id, opened_at);
create index on public.tier_risks (tier);

create type public.appeal_status as enum ('open', 'granted', 'denied');

create table public.tier_appeals (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null references public.partners,
    history_id uuid not null unique references public.partner_tier_history, -- one appeal per demotion
    statement text not null check (length(statement) between 1 and 2000),
    status public.appeal_status not null default 'open',
    answer text check (length(answer) between 1 and 2000),
    decided_by uuid references public.staff_members,
    decided_at timestamptz,
    created_at timestamptz not null default private.now(),
    check ((status = 'open') = (decided_at is null))
);

create index on public.tier_appeals (partner_id);
create index on public.tier_appeals (decided_by);

-- How many deals the partner must keep: what their tier needed when they entered it, what it needs now, or what they had
-- when staff put them there, whichever is least. Raising a threshold takes nothing from anyone.
create function private.deals_to_keep(owner uuid) returns integer
language sql stable security definer set search_path = '' as $$
    select coalesce(least(spell.deals_at_entry, now_needed.threshold, then_needed.threshold), 0)::integer
    from public.partner_tier_history as spell
    left join public.tier_requirements as now_needed
        on now_needed.plan_id = private.current_plan() and now_needed.tier = spell.tier and now_needed.kind = 'qualified_deals'
    left join public.tier_requirements as then_needed
        on then_needed.plan_id = spell.plan_id and then_needed.tier = spell.tier and then_needed.kind = 'qualified_deals'
    where spell.partner_id = owner and spell.valid_to is null and spell.deals_at_entry is not null;
$$;

-- Opens or closes the grace period; called with the partner locked.
create function private.watch_tier(owner uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    deals integer := private.qualified_deals(owner);
    keep integer := coalesce(private.deals_to_keep(owner), 0);
    grace integer := (select demotion_grace_days from public.commission_plans where id = private.current_plan());
    risk public.tier_risks;
begin
    select * into risk from public.tier_risks where partner_id = owner and closed_at is null;
    if found and deals >= keep then
        update public.tier_risks set closed_at = private.now(), outcome = 'recovered' where id = risk.id;
        perform private.notify(owner, 'account', 'Your tier is safe again', 'You have enough deals to keep your tier.', '/partner/tier-progression');
        perform private.emit('tier.safe', 'partner', owner, owner);
        perform private.hint(owner, 'tier.changed', owner);
    elsif risk.id is null and deals < keep then
        insert into public.tier_risks (partner_id, tier, qualified_deals, needed, ends_at)
        select id, current_tier, deals, keep, private.now() + make_interval(days => grace)
        from public.partners where id = owner
        returning * into risk;
        perform private.notify(
            owner, 'account', 'Your tier is at risk',
            format('%s of the %s deals that your tier needs still count. Win %s more by %s to keep it.',
                deals, keep, keep - deals, to_char(risk.ends_at at time zone 'UTC', 'YYYY-MM-DD')),
            '/partner/tier-progression'
        );
        perform private.emit('tier.at_risk', 'partner', owner, owner, null, to_jsonb(risk));
        perform private.hint(owner, 'tier.changed', owner);
    end if;
end;
$$;

-- Promotes as far as the requirements allow and watches over what has been reached. Runs in the transaction of the change
-- that called for it, and every night. Returns the tier.
create function private.evaluate_tier(owner uuid) returns public.partner_tier
language plpgsql volatile security definer set search_path = '' as $$
declare
    partner public.partners;
    target public.partner_tier;
begin
    select * into partner from public.partners where id = owner for no key update;
    if not found or partner.status not in ('active', 'inactive') or exists (
        select from public.partner_tier_history where partner_id = owner and valid_to is null and hold_until > private.now()
    ) then
        return partner.current_tier;
    end if;
    loop
        target := private.next_tier(partner.current_tier);
        exit when target is null or exists (
            select from private.requirements_of(owner, target) as rule where rule.hinders
        );
        perform private.set_tier(owner, target, 'promotion', 'all requirements met');
        update public.tier_risks set closed_at = private.now(), outcome = 'superseded' where partner_id = owner and closed_at is null;
        perform private.notify(
            owner, 'tier_up', 'You reached the ' || initcap(target::text) || ' tier',
            'New deals earn your new rate from now on. See what has opened up for you.', '/partner/tier-progression'
        );
        partner.current_tier := target;
    end loop;
    perform private.watch_tier(owner);
    return partner.current_tier;
end;
$$;

-- A deal that starts or stops to count. Deferred rules would see a half-done change, hence "after" and per row.
create function private.deal_counts() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    if tg_op = 'INSERT' then
        if new.status = 'verified' then
            perform private.evaluate_tier(new.partner_id);
        end if;
    elsif (old.status = 'verified' and old.disqualified_at is null) <> (new.status = 'verified' and new.disqualified_at is null) then
        perform private.evaluate_tier(new.partner_id);
    end if;
    return null;
end;
$$;

create trigger deal_counts after insert or update of status, disqualified_at on public.deals
for each row execute function private.deal_counts();

-- Every night: time passes for requirements and for grace periods. Each partner by itself, so that one failure stops
-- nobody else; returns how many changed.
create function private.review_tiers() returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
    known record;
    risk public.tier_risks;
    changed integer := 0;
begin
    for known in
        select id, current_tier from public.partners
        where status in ('active', 'inactive')
            and (private.next_tier(current_tier) is not null
                or exists (select from public.tier_risks where partner_id = partners.id and closed_at is null))
        order by id
    loop
        begin
            if private.evaluate_tier(known.id) <> known.current_tier then
                changed := changed + 1;
            end if;
            select * into risk from public.tier_risks where partner_id = known.id and closed_at is null;
            if risk.ends_at <= private.now() then
                perform private.demote(known.id, risk);
                changed := changed + 1;
            elsif risk.reminded_at is null and risk.ends_at <= private.now() + interval '7 days' then
                update public.tier_risks set reminded_at = private.now() where id = risk.id;
                perform private.notify(
                    known.id, 'reminder', 'Your tier is at risk',
                    'Your grace period ends on ' || to_char(risk.ends_at at time zone 'UTC', 'YYYY-MM-DD') || '.',
                    '/partner/tier-progression'
                );
            end if;
        exception when others then
            raise warning 'tier review of partner %: %', known.id, sqlerrm;
        end;
    end loop;
    return changed;
end;
$$;

create function private.demote(owner uuid, risk public.tier_risks) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    target public.partner_tier := private.tier_below(risk.tier);
begin
    update public.tier_risks set closed_at = private.now(), outcome = 'demoted' where id = risk.id;
    if target is null then
        return;
    end if;
    perform private.set_tier(
        owner, target, 'demotion',
        format('%s of %s deals after a grace period', private.qualified_deals(owner), risk.needed)
    );
    perform private.notify(
        owner, 'account', 'Your tier is now ' || initcap(target::text),
        'What you have earned stays yours, and deals won before keep their rate. You may appeal once.', '/partner/tier-progression'
    );
end;
$$;

select cron.schedule('review-tiers', '20 3 * * *', 'select private.review_tiers()');

-- ---------------------------------------------------------------------------------------------------------------------
-- What staff decide, and the partner's answer to it.
-- ---------------------------------------------------------------------------------------------------------------------
create function private.waive_requirement(owner uuid, target public.partner_tier, wanted public.requirement_kind, why text)
returns public.requirement_waivers
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    made public.requirement_waivers;
begin
    perform private.require_others_affair(owner);
    if coalesce(btrim(why), '') = '' then
        perform private.fail('22023', 'Say why.', 'required', 'reason');
    end if;
    if length(btrim(why)) > 500 then
        perform private.fail('22023', 'At most 500 characters.', 'length', 'reason', null, '500');
    end if;
    if not exists (select from public.partners where id = owner) then
        perform private.fail('PT404', 'There is no such partner.', 'not_found', 'partner_id');
    end if;
    if not exists (
        select from public.tier_requirements
        where plan_id = private.current_plan() and tier = target and kind = wanted and waivable
    ) then
        perform private.fail('22023', 'This requirement cannot be waived.', 'not_waivable', 'kind');
    end if;
    insert into public.requirement_waivers (partner_id, tier, kind, reason, granted_by)
    values (owner, target, wanted, btrim(why), staff)
    on conflict (partner_id, tier, kind) where withdrawn_at is null do nothing
    returning * into made;
    if made.id is null then
        select * into strict made from public.requirement_waivers
        where partner_id = owner and tier = target and kind = wanted and withdrawn_at is null;
        return made;
    end if;
    perform private.emit('tier.requirement_waived', 'partner', owner, owner, null, to_jsonb(made));
    perform private.evaluate_tier(owner);
    return made;
end;
$$;

-- The undo of a waiver: the requirement counts again. A tier that was reached by it stays: going down is a decision of its own.
create function private.withdraw_waiver(owner uuid, target public.partner_tier, wanted public.requirement_kind, why text)
returns public.requirement_waivers
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    said text := private.reason_text(why);
    waiver public.requirement_waivers;
begin
    perform private.require_others_affair(owner);
    select * into waiver from public.requirement_waivers
    where partner_id = owner and tier = target and kind = wanted
    order by withdrawn_at is null desc, withdrawn_at desc
    limit 1
    for update;
    if not found then
        perform private.fail('PT404', 'Nothing was waived here.', 'not_found', 'kind');
    end if;
    if waiver.withdrawn_at is not null then
        return waiver;
    end if;
    update public.requirement_waivers set withdrawn_at = private.now(), withdrawn_by = staff, withdrawn_reason = said
    where id = waiver.id
    returning * into waiver;
    perform private.emit('tier.waiver_withdrawn', 'partner', owner, owner, null, to_jsonb(waiver));
    perform private.evaluate_tier(owner);
    return waiver;
end;
$$;

-- One or more tiers down, with a reason that the partner reads. Without a hold the next review would undo it.
create function private.downgrade_partner(owner uuid, target public.partner_tier, why text, hold_days integer) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    partner public.partners;
begin
    select * into partner from public.partners where id = owner for no key update;
    if not found then
        perform private.fail('PT404', 'There is no such partner.', 'not_found', 'partner_id');
    end if;
    perform private.require_others_affair(owner);
    if partner.current_tier = target then
        return jsonb_build_object('partner_id', owner, 'tier', target);
    end if;
    if target is null or target > partner.current_tier then
        perform private.fail('22023', 'A downgrade goes to a lower tier.', 'lower_tier', 'to_tier', 'Promotion follows the requirements.');
    end if;
    if coalesce(btrim(why), '') = '' then
        perform private.fail('22023', 'A downgrade needs a reason.', 'required', 'reason');
    end if;
    if hold_days is null or hold_days not between 0 and 365 then
        perform private.fail('22023', 'Hold for 0 to 365 days.', 'range', 'hold_days', null, '0 to 365');
    end if;
    perform private.set_tier(owner, target, 'staff', btrim(why), staff, private.now() + make_interval(days => hold_days));
    update public.tier_risks set closed_at = private.now(), outcome = 'superseded' where partner_id = owner and closed_at is null;
    perform private.notify(
        owner, 'account', 'Your tier is now ' || initcap(target::text), left('Reason: ' || btrim(why) || ' You may appeal once.', 500),
        '/partner/tier-progression'
    );
    return jsonb_build_object('partner_id', owner, 'tier', target);
end;
$$;

create function private.appeal_tier(wanted_statement text) returns public.tier_appeals
language plpgsql volatile security definer set search_path = '' as $$
declare
    spell public.partner_tier_history;
    made public.tier_appeals;
begin
    perform private.require_reading_partner();
    select * into spell from public.partner_tier_history
    where partner_id = private.me() and valid_to is null and kind in ('demotion', 'staff');
    if not found then
        perform private.fail('PT409', 'There is no downgrade to appeal against.', 'nothing_to_appeal');
    end if;
    if coalesce(btrim(wanted_statement), '') = '' or length(wanted_statement) > 2000 then
        perform private.fail('22023', 'Say why, in up to 2,000 characters.', 'length', 'statement', null, '2000');
    end if;
    insert into public.tier_appeals (partner_id, history_id, statement)
    values (spell.partner_id, spell.id, btrim(wanted_statement))
    on conflict (history_id) do nothing
    returning * into made;
    if made.id is null then
        perform private.fail('PT409', 'You have appealed against this downgrade.', 'already_appealed');
    end if;
    perform private.emit('tier.appealed', 'tier_appeal', made.id, made.partner_id);
    return made;
end;
$$;

create function private.decide_tier_appeal(wanted uuid, decision text, reply text) returns public.tier_appeals
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    appeal public.tier_appeals;
    spell public.partner_tier_history;
    before public.partner_tier_history;
begin
    select * into appeal from public.tier_appeals where id = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such appeal.', 'not_found', 'appeal_id');
    end if;
    if decision is null or decision not in ('granted', 'denied') then
        perform private.fail('22023', 'The decision is granted or denied.', 'one_of', 'decision', null, 'granted, denied');
    end if;
    if appeal.status::text = decision then
        return appeal;
    end if;
    if appeal.status <> 'open' then
        perform private.fail('PT409', 'This appeal has been decided.', 'wrong_state');
    end if;
    if coalesce(btrim(reply), '') = '' then
        perform private.fail('22023', 'An appeal gets an answer.', 'required', 'answer');
    end if;
    select * into strict spell from public.partner_tier_history where id = appeal.history_id;
    perform private.require_others_affair(appeal.partner_id);
    if private.signed_before(spell.decided_by) then
        perform private.fail('42501', 'Somebody else decides about this appeal.', 'four_eyes');
    end if;
    update public.tier_appeals
    set status = decision::public.appeal_status, answer = btrim(reply), decided_by = staff, decided_at = private.now()
    where id = wanted
    returning * into appeal;
    perform from public.partners where id = appeal.partner_id for no key update;
    if decision = 'granted' and spell.valid_to is null then
        select * into before from public.partner_tier_history
        where partner_id = appeal.partner_id and valid_to = spell.valid_from;
        perform private.set_tier(appeal.partner_id, before.tier, 'appeal', 'appeal granted', staff);
    end if;
    perform private.emit('tier.appeal_' || decision, 'tier_appeal', appeal.id, appeal.partner_id, null, jsonb_build_object('staff_id', staff));
    perform private.notify(appeal.partner_id, 'account', 'Your appeal was ' || decision, left(btrim(reply), 500), '/partner/tier-progression');
    return appeal;
end;
$$;

create function public.waive_requirement(partner_id uuid, tier public.partner_tier, kind public.requirement_kind, reason text)
returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(made) from private.waive_requirement(partner_id, tier, kind, reason) as made;
$$;

create function public.withdraw_waiver(partner_id uuid, tier public.partner_tier, kind public.requirement_kind, reason text)
returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(waiver) from private.withdraw_waiver(partner_id, tier, kind, reason) as waiver;
$$;

create function public.downgrade_partner(partner_id uuid, to_tier public.partner_tier, reason text, hold_days integer default 90)
returns jsonb
language sql volatile set search_path = '' as $$
    select private.downgrade_partner(partner_id, to_tier, reason, hold_days);
$$;

create function public.appeal_tier(statement text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(made) from private.appeal_tier(statement) as made;
$$;

create function public.decide_tier_appeal(appeal_id uuid, decision text, answer text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(appeal) from private.decide_tier_appeal(appeal_id, decision, answer) as appeal;
$$;
