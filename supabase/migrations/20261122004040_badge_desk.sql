-- The desk of badges: what there is to earn, what is given by hand, and what was given by mistake.

create function private.save_badge(wanted text, called text, words text, place integer) returns public.badges
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    before public.badges;
    badge public.badges;
begin
    perform private.name_field(wanted, 'badge_type', '^[a-z_]{3,40}$', 'A badge is named with 3 to 40 small letters and _.');
    badge.badge_name := private.text_field(called, 'badge_name', 2, 60);
    badge.description := private.text_field(words, 'description', 3, 300);
    badge.position := private.number_field(place, 'position', 0, 1000);
    if exists (select from public.badges where badge_name = badge.badge_name and badge_type <> wanted) then
        perform private.fail('23505', 'Another badge has this name.', 'taken', 'badge_name');
    end if;
    select * into before from public.badges where badge_type = wanted for update;
    insert into public.badges as known (badge_type, badge_name, description, position)
    values (wanted, badge.badge_name, badge.description, badge.position)
    on conflict (badge_type) do update
    set badge_name = excluded.badge_name, description = excluded.description, position = excluded.position
    where (known.badge_name, known.description, known.position)
        is distinct from (excluded.badge_name, excluded.description, excluded.position)
    returning * into badge;
    if not found then
        return before;
    end if;
    perform private.emit(
        'badge.saved', 'badge', md5(wanted)::uuid, null,
        jsonb_build_object('badge_name', before.badge_name, 'position', before.position),
        jsonb_build_object('badge_type', wanted, 'badge_name', badge.badge_name, 'position', badge.position, 'staff_id', staff)
    );
    return badge;
end;
$$;

create function private.set_badge_retired(wanted text, gone boolean) returns public.badges
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    badge public.badges;
begin
    call private.need_field(gone is not null, 'retired');
    select * into badge from public.badges where badge_type = wanted for update;
    if not found then
        perform private.no_such('badge', 'badge_type');
    end if;
    if (badge.retired_at is not null) <> gone then
        update public.badges set retired_at = case when gone then private.now() end where badge_type = wanted returning * into badge;
        perform private.emit(
            case when gone then 'badge.retired' else 'badge.restored' end, 'badge', md5(wanted)::uuid, null, null,
            jsonb_build_object('badge_type', wanted, 'staff_id', staff)
        );
    end if;
    return badge;
end;
$$;

create function private.award_badge(wanted uuid, owner uuid, badge text, why text) returns public.achievements
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('support', 'admin');
    told text := private.reason_text(why);
    known public.badges;
    awarded public.achievements;
begin
    perform private.id_field(wanted);
    select * into awarded from public.achievements where id = wanted;
    if found then
        if (awarded.partner_id, awarded.badge_type) is distinct from (owner, badge) then
            perform private.fail('23505', 'This id is taken.', 'id_taken', 'id');
        end if;
        return awarded;
    end if;
    if not exists (select from public.partners where id = owner) then
        perform private.no_such('partner', 'partner_id');
    end if;
    perform private.require_others_affair(owner);
    select * into known from public.badges where badge_type = badge for share;
    if not found then
        perform private.no_such('badge', 'badge_type');
    end if;
    if known.retired_at is not null then
        perform private.fail('PT409', 'This badge is retired.', 'retired', 'badge_type', 'Call set_badge_retired.');
    end if;
    insert into public.achievements (id, partner_id, badge_type, badge_name, reason, awarded_by)
    values (wanted, owner, badge, known.badge_name, told, staff)
    on conflict do nothing
    returning * into awarded;
    if not found then
        perform private.fail('PT409', 'This partner has it already.', 'already_there', 'badge_type');
    end if;
    perform private.emit(
        'achievement.awarded', 'achievement', wanted, owner, null, jsonb_build_object('badge', badge, 'reason', told, 'staff_id', staff)
    );
    perform private.notify(owner, 'achievement', 'Badge earned', left(known.badge_name || ': ' || told, 500), '/partner/leaderboard');
    return awarded;
end;
$$;

-- A wrong award: it is nobody's any more, and stays as history.
create function private.take_back_badge(wanted uuid, why text) returns public.achievements
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('support', 'admin');
    told text := private.reason_text(why);
    awarded public.achievements;
begin
    select * into awarded from public.achievements where id = wanted for update;
    if not found then
        perform private.no_such('award', 'achievement_id');
    end if;
    perform private.require_others_affair(awarded.partner_id);
    if awarded.revoked_at is null then
        update public.achievements set revoked_at = private.now(), revoked_reason = told, revoked_by = staff
        where id = wanted
        returning * into awarded;
        perform private.emit(
            'achievement.taken_back', 'achievement', wanted, awarded.partner_id, null,
            jsonb_build_object('badge', awarded.badge_type, 'reason', told, 'staff_id', staff)
        );
        perform private.notify(
            awarded.partner_id, 'achievement', 'Badge taken back', left(awarded.badge_name || ': ' || told, 500), '/partner/leaderboard'
        );
    end if;
    return awarded;
end;
$$;

-- Every badge a partner has or had, the newest first, with who gave or took it and why.
create function private.badge_history(owner uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
    perform private.require_staff('support', 'moderator', 'admin');
    if not exists (select from public.partners where id = owner) then
        perform private.no_such('partner', 'partner_id');
    end if;
    return (
        select coalesce(jsonb_agg(
            to_jsonb(award) || jsonb_build_object('awarded_by_name', giver.name, 'revoked_by_name', taker.name)
            order by award.earned_at desc, award.id
        ), '[]')
        from public.achievements as award
        left join public.staff_members as giver on giver.id = award.awarded_by
        left join public.staff_members as taker on taker.id = award.revoked_by
        where award.partner_id = owner
    );
end;
$$;

create function public.save_badge(badge_type text, badge_name text, description text, "position" integer default 100) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.save_badge(badge_type, badge_name, description, "position") as saved;
$$;
create function public.set_badge_retired(badge_type text, retired boolean) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.set_badge_retired(badge_type, retired) as saved;
$$;
create function public.award_badge(id uuid, partner_id uuid, badge_type text, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(awarded) from private.award_badge(id, partner_id, badge_type, reason) as awarded;
$$;
create function public.take_back_badge(achievement_id uuid, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(awarded) from private.take_back_badge(achievement_id, reason) as awarded;
$$;
create function public.badge_history(partner_id uuid) returns jsonb
language sql stable set search_path = '' as $$
    select private.badge_history(partner_id);
$$;
