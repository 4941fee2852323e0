-- Small lists that admins keep: groups of channels, where referral links lead, after how many days a lead is brought back. And the
-- challenges as their desk sees them.

create function private.save_category(wanted uuid, called text, place integer) returns public.chat_categories
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    before public.chat_categories;
    category public.chat_categories;
begin
    category.id := private.id_field(wanted);
    category.name := private.text_field(called, 'name', 1, 60);
    category.position := private.number_field(place, 'position', 0, 10000);
    if exists (select from public.chat_categories where name = category.name and id <> category.id) then
        perform private.fail('23505', 'Another group has this name.', 'taken', 'name');
    end if;
    select * into before from public.chat_categories where id = wanted for update;
    if category is not distinct from before then
        return before;
    end if;
    insert into public.chat_categories (id, name, position) values (category.id, category.name, category.position)
    on conflict (id) do update set name = excluded.name, position = excluded.position;
    perform private.emit(
        'channel.category_saved', 'chat_category', wanted, null, jsonb_build_object('name', before.name, 'position', before.position),
        jsonb_build_object('name', category.name, 'position', category.position, 'staff_id', staff)
    );
    return category;
end;
$$;

-- Puts a channel for everybody into a group, or (null) into none.
create function private.set_channel_category(channel uuid, category uuid) returns public.chat_channels
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    before public.chat_channels;
    changed public.chat_channels;
begin
    select * into before from public.chat_channels where id = channel and type in ('general', 'training') for update;
    if not found then
        perform private.no_such('channel', 'channel_id');
    end if;
    if category is not null and not exists (select from public.chat_categories where id = category) then
        perform private.no_such('group', 'category_id');
    end if;
    if before.category_id is not distinct from category then
        return before;
    end if;
    update public.chat_channels set category_id = category where id = channel returning * into changed;
    perform private.emit(
        'channel.saved', 'channel', channel, null, jsonb_build_object('category_id', before.category_id),
        jsonb_build_object('category_id', category, 'staff_id', staff)
    );
    return changed;
end;
$$;

-- A place that referral links may lead to; one that is not active is offered to nobody and leads to the home page.
create function private.save_link_destination(wanted text, called text, place text, is_on boolean) returns public.link_destinations
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    before public.link_destinations;
    destination public.link_destinations;
begin
    destination.slug := private.name_field(wanted, 'slug', '^[a-z0-9-]{1,40}$', 'A slug has small letters, figures and hyphens.');
    destination.label := private.text_field(called, 'label', 1, 80);
    destination.path := private.name_field(place, 'path', '^/[A-Za-z0-9/_-]*$', 'A path begins with a slash, and holds no question mark.');
    call private.need_field(is_on is not null, 'active');
    destination.active := is_on;
    if exists (select from public.link_destinations where path = place and slug <> wanted) then
        perform private.fail('23505', 'Another destination has this path.', 'taken', 'path');
    end if;
    select * into before from public.link_destinations where slug = wanted for update;
    if before.slug = 'home' and not is_on then
        perform private.fail('PT409', 'The home page stays: what leads nowhere else leads there.', 'fixed', 'active');
    end if;
    if destination is not distinct from before then
        return before;
    end if;
    insert into public.link_destinations (slug, label, path, active) values (wanted, destination.label, place, is_on)
    on conflict (slug) do update set label = excluded.label, path = excluded.path, active = excluded.active;
    perform private.emit(
        'link.destination_saved', 'link_destination', md5(wanted)::uuid, null,
        jsonb_build_object('path', before.path, 'active', before.active),
        jsonb_build_object('slug', wanted, 'path', place, 'active', is_on, 'staff_id', staff)
    );
    return destination;
end;
$$;

create function private.save_follow_up_rule(of_status public.lead_status, days integer, words text, is_on boolean)
returns public.follow_up_rules
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    before public.follow_up_rules;
    rule public.follow_up_rules;
begin
    call private.need_field(of_status is not null, 'status');
    if of_status in ('closed_won', 'closed_lost') then
        perform private.fail('22023', 'Only open leads are brought back.', 'one_of', 'status', null, 'new, contacted, qualified, proposal_sent');
    end if;
    rule.status := of_status;
    rule.idle_days := private.number_field(days, 'idle_days', 1, 365);
    rule.suggestion := private.text_field(words, 'suggestion', 1, 200);
    call private.need_field(is_on is not null, 'active');
    rule.active := is_on;
    select * into before from public.follow_up_rules where status = of_status for update;
    if rule is not distinct from before then
        return before;
    end if;
    insert into public.follow_up_rules (status, idle_days, suggestion, active) values (of_status, days, rule.suggestion, is_on)
    on conflict (status) do update
    set idle_days = excluded.idle_days, suggestion = excluded.suggestion, active = excluded.active;
    perform private.emit(
        'follow_up.rule_saved', 'follow_up_rule', md5(of_status::text)::uuid, null,
        jsonb_build_object('idle_days', before.idle_days, 'active', before.active),
        jsonb_build_object('status', of_status, 'idle_days', days, 'active', is_on, 'staff_id', staff)
    );
    return rule;
end;
$$;

-- Challenges with what only their desk sees: the budget, what of it is promised, how many stand where. The newest first.
create function private.challenges_for_staff(max_rows integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
    perform private.require_staff('support', 'admin');
    perform private.number_field(max_rows, 'max_rows', 1, 500);
    return (
        select coalesce(jsonb_agg(to_jsonb(shown) order by shown.starts_at desc, shown.id), '[]')
        from (
            select
                challenge.id, challenge.title, challenge.description, challenge.metric, challenge.goal, challenge.starts_at,
                challenge.ends_at, challenge.cancelled_at, challenge.tier_requirement, challenge.prize_amount, challenge.prize_currency,
                challenge.budget, private.promised_prizes(challenge) as promised,
                (
                    select coalesce(jsonb_object_agg(counted.status, counted.number), '{}')
                    from (
                        select status, count(*) as number from public.challenge_entries
                        where challenge_id = challenge.id group by status
                    ) as counted
                ) as entries
            from public.challenges as challenge
            order by challenge.starts_at desc, challenge.id
            limit max_rows
        ) as shown
    );
end;
$$;

create function public.save_category(id uuid, name text, "position" integer default 0) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.save_category(id, name, "position") as saved;
$$;
create function public.set_channel_category(channel_id uuid, category_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.set_channel_category(channel_id, category_id) as saved;
$$;
create function public.save_link_destination(slug text, label text, path text, active boolean default true) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.save_link_destination(slug, label, path, active) as saved;
$$;
create function public.save_follow_up_rule(
    status public.lead_status, idle_days integer, suggestion text, active boolean default true
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.save_follow_up_rule(status, idle_days, suggestion, active) as saved;
$$;
create function public.challenges_for_staff(max_rows integer default 100) returns jsonb
language sql stable set search_path = '' as $$
    select private.challenges_for_staff(max_rows);
$$;
