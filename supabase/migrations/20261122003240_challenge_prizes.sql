-- Prizes of challenges (A-50, F-14): a bonus that is only expected until the deals behind it have cleared, that comes out of a
-- budget, once per person, and that falls with those deals in the transaction in which they fall.
--
-- Invariants (check_challenge_prizes): a confirmed entry with a prize has its line; prizes promised or paid stay within the budget;
-- whoever holds an unreversed prize has enough qualified deals.

-- Money is won by sales alone, never by numbers that somebody can type in (F-22).
alter table public.challenges
add column request_id uuid unique,
add column created_by uuid references public.staff_members,
add column cancelled_at timestamptz, -- nobody joins or reaches it any more; what was promised before stands
add constraint prizes_for_deals check (prize_amount is null or metric = 'qualified_deals');

create index on public.challenges (created_by);

alter table public.challenge_entries
add column estimate_id uuid references public.commissions, -- what is expected
add column prize_line_id uuid references public.commissions, -- what was won
add column missed_reason text check (missed_reason in ('time', 'budget', 'reversed', 'cancelled')),
add constraint missed_with_reason check (missed_reason is null or status = 'missed');

create index on public.challenge_entries (estimate_id);
create index on public.challenge_entries (prize_line_id);

-- Deals of the time of a challenge that count for it, and whether their money has come to the partner's balance.
create function private.challenge_deals(challenge public.challenges, owner uuid, out qualified integer, out cleared integer)
language sql stable security definer set search_path = '' as $$
    select count(*)::integer, count(*) filter (where money.in_balance)::integer
    from public.deals as deal
    cross join lateral (
        select count(*) > 0 and coalesce(bool_and(line.status in ('payable', 'processing', 'paid', 'reversed')), false)
            and coalesce(bool_or(line.status in ('payable', 'processing', 'paid')), false) as in_balance
        from public.commissions as line
        where line.deal_id = deal.id and line.partner_id = owner and line.commission_type = 'base' and not line.estimate
    ) as money
    where deal.partner_id = owner and deal.status = 'verified' and deal.disqualified_at is null
        and deal.won_at >= challenge.starts_at and deal.won_at < challenge.ends_at;
$$;

-- Each change of an entry is one event (F-35), whoever makes it.
create function private.tell_entry() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    was public.entry_status := case when tg_op = 'UPDATE' then old.status end;
    happened text := case new.status
        when 'running' then case was when 'provisional' then 'lost' when 'missed' then 'resumed' else 'joined' end
        when 'provisional' then 'reached'
        when 'missed' then case was when 'confirmed' then 'reversed' else 'missed' end
        when 'withdrawn' then 'left'
        else new.status::text
    end;
begin
    if new.status is distinct from was then
        perform private.emit(
            'challenge.' || happened, 'challenge', new.challenge_id, new.partner_id,
            case when was is not null then jsonb_build_object('status', was) end,
            jsonb_build_object('status', new.status, 'progress', new.progress, 'missed_reason', new.missed_reason)
        );
    end if;
    return null;
end;
$$;

create trigger tell_entry after insert or update of status on public.challenge_entries
for each row execute function private.tell_entry();

create function private.tell_of_prize(entry public.challenge_entries, challenge public.challenges, body text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.notify(entry.partner_id, 'achievement', left(challenge.title, 120), body, '/partner/leaderboard');
    perform private.hint(entry.partner_id, 'challenge.changed', challenge.id);
end;
$$;

-- The goal is reached: sets the prize aside in the budget, first come, first served.
create function private.promise_prize(entry public.challenge_entries, challenge public.challenges) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    promised bigint;
    line uuid;
begin
    if challenge.prize_amount is null then
        update public.challenge_entries set status = 'confirmed', reached_at = private.now()
        where challenge_id = challenge.id and partner_id = entry.partner_id
        returning * into entry;
        perform private.tell_of_prize(entry, challenge, 'You have reached the goal.');
        return;
    end if;
    perform from public.challenges where id = challenge.id for no key update;
    select count(*) * challenge.prize_amount into promised from public.challenge_entries
    where challenge_id = challenge.id and status in ('provisional', 'confirmed');
    if promised + challenge.prize_amount > challenge.budget then
        update public.challenge_entries set status = 'missed', missed_reason = 'budget', reached_at = private.now()
        where challenge_id = challenge.id and partner_id = entry.partner_id
        returning * into entry;
        perform private.tell_of_prize(entry, challenge, 'You reached the goal after all prizes were gone.');
        return;
    end if;
    insert into public.commissions (partner_id, commission_type, estimate, status, amount, currency, note)
    values (entry.partner_id, 'bonus', true, 'estimated', challenge.prize_amount, challenge.prize_currency, 'Challenge: ' || challenge.title)
    returning id into line;
    update public.challenge_entries set status = 'provisional', reached_at = private.now(), estimate_id = line
    where challenge_id = challenge.id and partner_id = entry.partner_id
    returning * into entry;
    perform private.tell_of_prize(entry, challenge, 'You have reached the goal. The prize is yours once the deals have cleared.');
end;
$$;

-- The prize becomes money: pending for a moment, so that a hold on the partner catches it.
create function private.post_prize(challenge public.challenges, owner uuid) returns public.commissions
language plpgsql volatile security definer set search_path = '' as $$
declare
    line public.commissions;
begin
    perform from public.partners where id = owner for no key update; -- the same lock as that of a hold on everything
    insert into public.commissions (
        partner_id, commission_type, status, amount, currency, source, source_id, note, clears_at
    ) values (
        owner, 'bonus', coalesce(private.hold_over(owner, null, null), 'pending'), challenge.prize_amount, challenge.prize_currency,
        'challenge', challenge.id, 'Challenge: ' || challenge.title, private.now()
    ) returning * into line;
    perform ledger.post(
        'accrue', 'commission', line.id, ledger.account('commission_expense', null, line.currency),
        ledger.account('partner_pending', owner, line.currency), line.amount, line.currency
    );
    return line;
end;
$$;

-- Takes a prize back in full: where it has reached the balance or left it, it is owed from now on.
create function private.reverse_prize(prize uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    root public.commissions;
    line public.commissions;
begin
    select * into strict root from public.commissions where id = prize for update;
    if exists (select from public.commissions where corrects_id = prize and commission_type = 'reversal') then
        return;
    end if;
    insert into public.commissions (
        partner_id, commission_type, reverses_type, status, amount, currency, source, source_id, note, clears_at, corrects_id
    ) values (
        root.partner_id, 'reversal', 'bonus', case when root.status in ('processing', 'paid') then 'payable' else root.status end,
        -root.amount, root.currency, root.source, root.source_id, root.note, root.clears_at, root.id
    ) returning * into line;
    perform ledger.post(
        'reverse', 'commission', line.id,
        ledger.account(
            case when line.status = 'payable' then 'partner_receivable' else 'partner_pending' end::ledger.account_kind,
            line.partner_id, line.currency
        ),
        ledger.account('commission_expense', null, line.currency), root.amount, line.currency
    );
    perform private.retire_reversed(root.id);
    perform private.emit(
        'commission.reversed', 'commission', line.id, line.partner_id, null,
        jsonb_build_object('amount', line.amount, 'corrects_id', root.id)
    );
    perform private.hint(line.partner_id, 'earnings.changed', line.id);
end;
$$;

-- Brings one entry up to what its deals say now. Whatever changes a deal or its money calls this in its own transaction.
create function private.settle_challenge(wanted uuid, owner uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    challenge public.challenges;
    entry public.challenge_entries;
    deals record;
    line public.commissions;
begin
    select * into entry from public.challenge_entries where challenge_id = wanted and partner_id = owner for update;
    select * into challenge from public.challenges where id = wanted;
    if entry.partner_id is null or challenge.metric <> 'qualified_deals' or entry.status in ('missed', 'withdrawn') then
        return;
    end if;
    select * into deals from private.challenge_deals(challenge, owner);
    update public.challenge_entries set progress = deals.qualified
    where challenge_id = wanted and partner_id = owner
    returning * into entry;
    if entry.status = 'running' and challenge.cancelled_at is null and deals.qualified >= challenge.goal then
        perform private.promise_prize(entry, challenge);
        select * into entry from public.challenge_entries where challenge_id = wanted and partner_id = owner;
    elsif entry.status = 'provisional' and deals.qualified < challenge.goal then
        update public.commissions set status = 'reversed' where id = entry.estimate_id;
        update public.challenge_entries set status = 'running', reached_at = null, estimate_id = null
        where challenge_id = wanted and partner_id = owner
        returning * into entry;
        perform private.tell_of_prize(entry, challenge, 'A deal behind the goal does not count any more.');
        return;
    elsif entry.status = 'confirmed' and deals.qualified < challenge.goal then
        if entry.prize_line_id is not null then
            perform private.reverse_prize(entry.prize_line_id);
        end if;
        update public.challenge_entries set status = 'missed', missed_reason = 'reversed'
        where challenge_id = wanted and partner_id = owner
        returning * into entry;
        perform private.tell_of_prize(entry, challenge, 'A deal behind the prize does not count any more.');
        return;
    end if;
    if entry.status = 'provisional' and deals.cleared >= challenge.goal then
        update public.commissions set status = 'settled' where id = entry.estimate_id;
        line := private.post_prize(challenge, owner);
        update public.challenge_entries set status = 'confirmed', prize_line_id = line.id
        where challenge_id = wanted and partner_id = owner
        returning * into entry;
        perform private.clear_lines(private.due_lines(1, array[line.id]));
        perform private.tell_of_prize(entry, challenge, 'The deals have cleared: the prize is yours.');
    end if;
end;
$$;

create function private.settle_challenges_of(owner uuid, won timestamptz) returns void
language sql volatile security definer set search_path = '' as $$
    select private.settle_challenge(challenge.id, owner)
    from public.challenges as challenge
    join public.challenge_entries as entry on entry.challenge_id = challenge.id and entry.partner_id = owner
    where challenge.metric = 'qualified_deals' and challenge.starts_at <= won and challenge.ends_at > won
        and entry.status in ('running', 'provisional', 'confirmed')
    order by challenge.id;
$$;

create function private.deal_moves_challenges() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    perform private.settle_challenges_of(new.partner_id, new.won_at);
    return null;
end;
$$;

create trigger deal_moves_challenges after update of status, disqualified_at on public.deals
for each row when ((old.status, old.disqualified_at) is distinct from (new.status, new.disqualified_at))
execute function private.deal_moves_challenges();

create function private.money_moves_challenges() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    perform private.settle_challenges_of(new.partner_id, deal.won_at) from public.deals as deal where deal.id = new.deal_id;
    return null;
end;
$$;

create trigger money_moves_challenges after update of status on public.commissions
for each row when (new.commission_type = 'base' and new.status = 'payable' and old.status = 'approved')
execute function private.money_moves_challenges();

-- What had been won before somebody joined counts, too.
create function private.entry_moves_challenges() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    perform private.settle_challenge(new.challenge_id, new.partner_id);
    return null;
end;
$$;

create trigger entry_moves_challenges after insert or update of status on public.challenge_entries
for each row when (new.status = 'running') execute function private.entry_moves_challenges();

-- A challenge waits ninety days for its deals to be verified, then what is not reached is missed. What waits for clearing goes on
-- waiting: no prize comes or goes by time.
create function private.close_challenges() returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
    closed integer;
begin
    update public.challenge_entries as entry set status = 'missed', missed_reason = 'time'
    from public.challenges as challenge
    where challenge.id = entry.challenge_id and entry.status = 'running'
        and (challenge.ends_at < private.now() - interval '90 days' or challenge.cancelled_at is not null);
    get diagnostics closed = row_count;
    return closed;
end;
$$;

select cron.schedule('close-challenges', '50 3 * * *', 'select private.close_challenges()');

-- A prize has all of its parts, or none: there is no prize.
create function private.require_payable_prize(prize bigint, in_currency text, money bigint) returns void
language plpgsql stable set search_path = '' as $$
begin
    if num_nonnulls(prize, in_currency, money) not in (0, 3) or prize <= 0 or money < prize then
        perform private.fail('22023', 'A prize has an amount, a currency and a budget that covers it.', 'budget', 'budget');
    end if;
    if in_currency is not null and not exists (select from public.payout_minimums where currency = in_currency) then
        perform private.fail('22023', 'This currency is not supported.', 'unknown_currency', 'prize_currency');
    end if;
end;
$$;

-- A challenge with its prize and budget, made by an admin; the prize is never edited once somebody has joined.
create function private.create_challenge(
    request uuid, called text, about text, wanted_goal integer, starts timestamptz, ends timestamptz, prize bigint,
    in_currency text, money bigint, for_tier public.partner_tier
) returns public.challenges
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    made public.challenges;
begin
    if request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    select * into made from public.challenges where request_id = request and created_by = staff;
    if found then
        return made;
    end if;
    if length(btrim(coalesce(called, ''))) not between 3 and 120 then
        perform private.fail('22023', 'A title has 3 to 120 characters.', 'length', 'title', null, '3 to 120');
    end if;
    if length(btrim(about)) > 2000 then
        perform private.fail('22023', 'At most 2,000 characters.', 'length', 'description', null, '2000');
    end if;
    if coalesce(wanted_goal, 0) < 1 then
        perform private.fail('22023', 'The goal is one deal or more.', 'positive', 'goal');
    end if;
    if starts is null or ends is null or ends <= greatest(starts, private.now()) then
        perform private.fail('22023', 'The end must lie ahead.', 'future', 'ends_at');
    end if;
    perform private.require_payable_prize(prize, in_currency, money);
    insert into public.challenges (
        request_id, created_by, title, description, metric, goal, starts_at, ends_at, tier_requirement, prize_amount, prize_currency, budget
    ) values (
        request, staff, btrim(called), nullif(btrim(about), ''), 'qualified_deals', wanted_goal, starts, ends, for_tier, prize, in_currency, money
    ) returning * into made;
    perform private.emit(
        'challenge.created', 'challenge', made.id, null, null,
        jsonb_build_object('staff_id', staff, 'prize', prize, 'currency', in_currency, 'budget', money, 'goal', wanted_goal)
    );
    return made;
end;
$$;

create function public.create_challenge(
    request_id uuid, title text, goal integer, starts_at timestamptz, ends_at timestamptz, prize_amount bigint default null,
    prize_currency text default null, budget bigint default null, description text default null,
    tier_requirement public.partner_tier default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(made) from private.create_challenge(
        request_id, title, description, goal, starts_at, ends_at, prize_amount, prize_currency, budget, tier_requirement
    ) as made;
$$;

-- The end and the budget are moved by change_challenge and finish_challenge alone, once somebody has joined.
create function private.keep_challenge_terms() returns trigger
language plpgsql set search_path = '' as $$
begin
    if (
        (new.metric, new.goal, new.starts_at, new.prize_amount, new.prize_currency)
        is distinct from (old.metric, old.goal, old.starts_at, old.prize_amount, old.prize_currency)
        or ((new.ends_at, new.budget) is distinct from (old.ends_at, old.budget) and not private.writing('challenge'))
    ) and exists (select from public.challenge_entries where challenge_id = new.id) then
        perform private.fail('42501', 'The terms of a challenge that somebody has joined never change.', 'frozen_terms');
    end if;
    return new;
end;
$$;

create trigger keep_challenge_terms before update on public.challenges
for each row execute function private.keep_challenge_terms();

create view private.check_challenge_prizes with (security_invoker = true) as
select entry.challenge_id, entry.partner_id, entry.status, entry.prize_line_id, 'entry and lines differ' as problem
from public.challenge_entries as entry
join public.challenges as challenge on challenge.id = entry.challenge_id
left join public.commissions as line on line.id = entry.prize_line_id
left join public.commissions as estimate on estimate.id = entry.estimate_id
where challenge.prize_amount is not null and (
    (entry.status = 'confirmed' and (line.id is null or line.amount <> challenge.prize_amount))
    or (entry.status = 'provisional' and estimate.status is distinct from 'estimated')
    or (entry.status not in ('confirmed', 'missed') and line.id is not null)
    or (entry.status in ('provisional', 'confirmed') and entry.progress < challenge.goal)
    or (entry.status in ('provisional', 'confirmed') and (private.challenge_deals(challenge, entry.partner_id)).qualified < challenge.goal)
)
union all
select challenge.id, null, null, null, 'over budget'
from public.challenges as challenge
join public.challenge_entries as entry on entry.challenge_id = challenge.id and entry.status in ('provisional', 'confirmed')
where challenge.prize_amount is not null
group by challenge.id
having count(*) * challenge.prize_amount > challenge.budget
union all
select line.source_id, line.partner_id, null, line.id, 'prize without an entry'
from public.commissions as line
where line.source = 'challenge' and line.commission_type = 'bonus'
    and not exists (select from public.challenge_entries as entry where entry.prize_line_id = line.id);
