-- Running a challenge: changed while it runs, finished early, called off and brought back; and leaving one. What was promised stays as
-- it was announced; prizes come and go through settle_challenge alone, so money is posted once, however a challenge ends.

-- Whether the caller is among the staff who have announced, changed or ended this challenge, also behind a partner's account.
create function private.runs_challenge(wanted uuid) returns boolean
language sql stable security definer set search_path = '' as $$
    with signers as (
        select created_by as staff_id from public.challenges where id = wanted and created_by is not null
        union
        select (event.after ->> 'staff_id')::uuid from ops.events as event
        where event.subject_kind = 'challenge' and event.subject_id = wanted and event.after ? 'staff_id'
    )

    select private.signed_before(variadic array(select staff_id from signers)) or exists (
        select from private.auth_identities as identity
        where identity.partner_id = private.me() and identity.staff_id in (select staff_id from signers)
    );
$$;

-- The challenge for a member of staff who has no part in it, with its entries and their partners locked in the order in which deals
-- and holds lock them: whatever moves an entry waits, and sees what was decided.
create function private.challenge_to_run(wanted uuid) returns public.challenges
language plpgsql volatile security definer set search_path = '' as $$
declare
    challenge public.challenges;
    entrants uuid[];
begin
    perform private.require_staff('admin');
    entrants := array(select partner_id from public.challenge_entries where challenge_id = wanted);
    perform from public.partners where id = any (entrants) order by id for no key update;
    perform from public.challenge_entries where challenge_id = wanted order by partner_id for update;
    select * into challenge from public.challenges where id = wanted for no key update;
    if not found then
        perform private.no_such('challenge', 'challenge_id');
    end if;
    perform private.require_others_affair(variadic entrants);
    return challenge;
end;
$$;

create function private.tell_entrants(challenge public.challenges, of_states public.entry_status[], headline text, body text) returns void
language sql volatile security definer set search_path = '' as $$
    select private.notify(entry.partner_id, 'achievement', left(headline, 120), left(body, 500), '/partner/leaderboard')
    from public.challenge_entries as entry
    where entry.challenge_id = challenge.id and entry.status = any (of_states);
$$;

-- What the prizes that are promised or won come to.
create function private.promised_prizes(challenge public.challenges) returns bigint
language sql stable security definer set search_path = '' as $$
    select count(*) * coalesce(challenge.prize_amount, 0) from public.challenge_entries
    where challenge_id = challenge.id and status in ('provisional', 'confirmed');
$$;

-- Prizes that a larger budget pays for go to those who came too late for them, in the order in which they had reached the goal.
create function private.award_late_prizes(challenge public.challenges) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    late uuid;
begin
    for late in
        select partner_id from public.challenge_entries
        where challenge_id = challenge.id and status = 'missed' and missed_reason = 'budget'
        order by reached_at, partner_id
    loop
        exit when private.promised_prizes(challenge) + challenge.prize_amount > challenge.budget;
        -- Running again, it is settled at once (entry_moves_challenges).
        update public.challenge_entries set status = 'running', missed_reason = null, reached_at = null
        where challenge_id = challenge.id and partner_id = late;
    end loop;
end;
$$;

-- Null leaves a field as it is; an empty description removes it. The goal, the prize, its currency and the start are fixed from the
-- start on, and from the moment somebody joins: they were promised.
create function private.change_challenge(
    wanted uuid, called text, about text, ends timestamptz, money bigint, starts timestamptz, wanted_goal integer, prize bigint,
    in_currency text
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    before public.challenges := private.challenge_to_run(wanted);
    changed public.challenges := before;
    promised bigint;
    fixed text;
begin
    if before.cancelled_at is not null or before.ends_at <= private.now() then
        perform private.fail('PT409', 'This challenge is over.', 'over', 'challenge_id');
    end if;
    if before.starts_at <= private.now() or exists (select from public.challenge_entries where challenge_id = wanted) then
        fixed := case
            when starts <> before.starts_at then 'starts_at'
            when wanted_goal <> before.goal then 'goal'
            when prize is not null and prize is distinct from before.prize_amount then 'prize_amount'
            when in_currency is not null and in_currency is distinct from before.prize_currency then 'prize_currency'
        end;
        if fixed is not null then
            perform private.fail(
                'PT409', 'This stays as it was announced.', 'fixed', fixed,
                'The challenge has begun, or somebody has joined it: finish or cancel it, and announce another one.'
            );
        end if;
    end if;
    changed.title := private.text_field(coalesce(called, before.title), 'title', 3, 120);
    changed.description := private.text_field(coalesce(about, before.description), 'description', 0, 2000);
    changed.starts_at := private.time_field(coalesce(starts, before.starts_at), 'starts_at');
    changed.ends_at := private.time_field(coalesce(ends, before.ends_at), 'ends_at');
    changed.goal := private.number_field(coalesce(wanted_goal, before.goal), 'goal', 1, 100000);
    changed.prize_amount := coalesce(prize, before.prize_amount);
    changed.prize_currency := coalesce(in_currency, before.prize_currency);
    changed.budget := coalesce(money, before.budget);
    if changed.ends_at <= greatest(changed.starts_at, private.now()) then
        perform private.fail('22023', 'The end must lie ahead.', 'future', 'ends_at', 'To end it now call finish_challenge.');
    end if;
    perform private.require_payable_prize(changed.prize_amount, changed.prize_currency, changed.budget);
    if changed.prize_amount is not null and before.metric <> 'qualified_deals' then
        perform private.fail('22023', 'Only a challenge for deals has a prize.', 'not_here', 'prize_amount');
    end if;
    promised := private.promised_prizes(changed);
    if changed.budget < promised then
        perform private.fail('PT409', 'More than that is promised already.', 'promised', 'budget', null, promised::text);
    end if;
    if changed is not distinct from before then
        return to_jsonb(before);
    end if;
    perform set_config('siso.writer', 'challenge', true);
    update public.challenges
    set
        title = changed.title, description = changed.description, starts_at = changed.starts_at, ends_at = changed.ends_at,
        goal = changed.goal, prize_amount = changed.prize_amount, prize_currency = changed.prize_currency, budget = changed.budget
    where id = wanted
    returning * into changed;
    perform set_config('siso.writer', '', true);
    perform private.emit(
        'challenge.changed', 'challenge', wanted, null,
        jsonb_build_object(
            'title', before.title, 'ends_at', before.ends_at, 'budget', before.budget, 'goal', before.goal, 'prize', before.prize_amount,
            'currency', before.prize_currency, 'starts_at', before.starts_at
        ),
        jsonb_build_object(
            'title', changed.title, 'ends_at', changed.ends_at, 'budget', changed.budget, 'goal', changed.goal,
            'prize', changed.prize_amount, 'currency', changed.prize_currency, 'starts_at', changed.starts_at,
            'staff_id', private.my_staff_id()
        )
    );
    if changed.ends_at <> before.ends_at then
        perform private.tell_entrants(
            changed, '{running}', changed.title || ' has a new end',
            'It now ends on ' || to_char(changed.ends_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC.'
        );
    end if;
    if changed.budget > before.budget then
        perform private.award_late_prizes(changed);
    end if;
    return to_jsonb(changed);
end;
$$;

-- Ends it now, as if this had been its end all along: deals won until now count, those that are not verified yet have their ninety
-- days, and what waits for clearing goes on waiting.
create function private.finish_challenge(wanted uuid, why text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    challenge public.challenges := private.challenge_to_run(wanted);
    reason text := private.reason_text(why);
    was timestamptz := challenge.ends_at;
    entrant uuid;
begin
    if challenge.cancelled_at is not null then
        perform private.fail('PT409', 'This challenge is cancelled.', 'wrong_state', 'challenge_id');
    end if;
    if challenge.ends_at <= private.now() then
        return to_jsonb(challenge);
    end if;
    if challenge.starts_at >= private.now() then
        perform private.fail('PT409', 'This challenge has not begun.', 'not_begun', 'challenge_id', 'Cancel it.');
    end if;
    perform set_config('siso.writer', 'challenge', true);
    update public.challenges set ends_at = private.now() where id = wanted returning * into challenge;
    perform set_config('siso.writer', '', true);
    perform private.emit(
        'challenge.finished', 'challenge', wanted, null, jsonb_build_object('ends_at', was),
        jsonb_build_object('ends_at', challenge.ends_at, 'reason', reason, 'staff_id', private.my_staff_id())
    );
    for entrant in
        select partner_id from public.challenge_entries
        where challenge_id = wanted and status in ('running', 'provisional', 'confirmed')
        order by joined_at, partner_id
    loop
        perform private.settle_challenge(wanted, entrant);
    end loop;
    perform private.tell_entrants(
        challenge, '{running}', challenge.title || ' has ended', reason || ' – Deals won until now count once they are verified.'
    );
    return to_jsonb(challenge);
end;
$$;

-- Nobody joins or reaches it any more. Not once a prize is promised or won: then it is finished, and the prizes stand.
create function private.cancel_challenge(wanted uuid, why text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    challenge public.challenges := private.challenge_to_run(wanted);
    reason text := private.reason_text(why);
begin
    if challenge.cancelled_at is not null then
        return to_jsonb(challenge);
    end if;
    if challenge.ends_at <= private.now() then
        perform private.fail('PT409', 'This challenge is over.', 'over', 'challenge_id');
    end if;
    if private.promised_prizes(challenge) > 0 then
        perform private.fail(
            'PT409', 'Somebody has won a prize.', 'promised', 'challenge_id', 'Finish it (finish_challenge): what was won stands.'
        );
    end if;
    perform private.tell_entrants(challenge, '{running}', challenge.title || ' is cancelled', reason);
    update public.challenges set cancelled_at = private.now() where id = wanted returning * into challenge;
    update public.challenge_entries set status = 'missed', missed_reason = 'cancelled'
    where challenge_id = wanted and status = 'running';
    perform private.emit(
        'challenge.cancelled', 'challenge', wanted, null, null,
        jsonb_build_object('reason', reason, 'staff_id', private.my_staff_id())
    );
    return to_jsonb(challenge);
end;
$$;

-- The undo of cancel_challenge until its end: who ran goes on, with what was won meanwhile.
create function private.restore_challenge(wanted uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    challenge public.challenges := private.challenge_to_run(wanted);
    was timestamptz := challenge.cancelled_at;
    entrant uuid;
begin
    if challenge.cancelled_at is null then
        return to_jsonb(challenge);
    end if;
    if challenge.ends_at <= private.now() then
        perform private.fail('PT409', 'This challenge is over.', 'over', 'challenge_id', 'Announce another one.');
    end if;
    update public.challenges set cancelled_at = null where id = wanted returning * into challenge;
    perform private.emit(
        'challenge.restored', 'challenge', wanted, null, jsonb_build_object('cancelled_at', was),
        jsonb_build_object('ends_at', challenge.ends_at, 'staff_id', private.my_staff_id())
    );
    for entrant in
        select partner_id from public.challenge_entries
        where challenge_id = wanted and status = 'missed' and missed_reason = 'cancelled'
        order by joined_at, partner_id
    loop
        perform private.notify(
            entrant, 'achievement', left(challenge.title || ' goes on', 120), 'You take part in it as before.', '/partner/leaderboard'
        );
        -- Running again, it is settled at once (entry_moves_challenges).
        update public.challenge_entries set status = 'running', missed_reason = null where challenge_id = wanted and partner_id = entrant;
    end loop;
    return to_jsonb(challenge);
end;
$$;

create function private.leave_challenge(wanted uuid) returns public.challenge_entries
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
    entry public.challenge_entries;
begin
    select * into entry from public.challenge_entries where challenge_id = wanted and partner_id = mine for update;
    if not found then
        perform private.no_such('challenge of yours', 'challenge_id');
    end if;
    if entry.status not in ('running', 'withdrawn') then
        perform private.fail('PT409', 'This challenge is decided for you.', 'wrong_state', 'challenge_id');
    end if;
    if entry.status = 'running' then
        update public.challenge_entries set status = 'withdrawn' where challenge_id = wanted and partner_id = mine returning * into entry;
    end if;
    return entry;
end;
$$;

create function public.change_challenge(
    challenge_id uuid, title text default null, description text default null, ends_at timestamptz default null,
    budget bigint default null, starts_at timestamptz default null, goal integer default null, prize_amount bigint default null,
    prize_currency text default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select private.change_challenge(challenge_id, title, description, ends_at, budget, starts_at, goal, prize_amount, prize_currency);
$$;
create function public.finish_challenge(challenge_id uuid, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select private.finish_challenge(challenge_id, reason);
$$;
create function public.cancel_challenge(challenge_id uuid, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select private.cancel_challenge(challenge_id, reason);
$$;
create function public.restore_challenge(challenge_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select private.restore_challenge(challenge_id);
$$;
create function public.leave_challenge(challenge_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.leave_challenge(challenge_id) as saved;
$$;
