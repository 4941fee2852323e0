-- The desk of whoever writes the training: tracks, modules, lessons. A form is saved whole and may be sent twice. A module that is
-- open to partners stays complete at every moment, and each change of what it says raises its version.

create function private.training_saved(what text, thing uuid, module uuid, facts jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    course public.training_modules;
    problems text;
begin
    update public.training_modules set version = version + 1 where id = module and published_at is not null returning * into course;
    if found then
        select string_agg(problem, '; ') into problems from private.module_problems(module) as problem;
        if problems is not null then
            perform private.fail(
                'PT409', 'Partners would see this module incomplete: close it with unpublish_module first.', 'incomplete', null,
                left(problems, 1000)
            );
        end if;
    end if;
    perform private.emit(
        'training.' || what, split_part(what, '_', 1), thing, null, null,
        facts || jsonb_build_object('module_id', module, 'version', course.version, 'staff_id', private.my_staff_id())
    );
end;
$$;

create function private.save_track(wanted text, heading text, words text, months integer) returns public.training_tracks
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    course public.training_tracks;
begin
    insert into public.training_tracks as known (track, title, summary, valid_months)
    values (
        private.name_field(wanted, 'track', '^[a-z][a-z0-9_]{1,63}$', 'A track has a short name of small letters, figures and _.'),
        private.text_field(heading, 'title', 1, 120), private.text_field(words, 'summary', 0, 500),
        private.number_field(months, 'valid_months', 1, 120)
    )
    on conflict (track) do update
    set title = excluded.title, summary = excluded.summary, valid_months = excluded.valid_months
    where (known.title, known.summary, known.valid_months) is distinct from (excluded.title, excluded.summary, excluded.valid_months)
    returning * into course;
    if found then
        perform private.emit(
            'training.track_saved', 'training_track', md5(wanted)::uuid, null, null,
            jsonb_build_object('track', wanted, 'valid_months', months, 'staff_id', staff)
        );
    else
        select * into strict course from public.training_tracks where track = wanted;
    end if;
    return course;
end;
$$;

-- Everybody has to pass again; certificates already given stay valid. `next` is the version after it: twice is once.
create function private.renew_track(wanted text, next integer) returns public.training_tracks
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    course public.training_tracks;
begin
    select * into course from public.training_tracks where track = wanted for update;
    if not found then
        perform private.no_such('track', 'track');
    end if;
    if next is distinct from course.version and next is distinct from course.version + 1 then
        perform private.fail(
            'PT409', 'The version was raised meanwhile.', 'changed_meanwhile', 'version', 'Load it again.', course.version::text
        );
    end if;
    if next > course.version then
        update public.training_tracks set version = next where track = wanted returning * into course;
        perform private.emit(
            'training.track_renewed', 'training_track', md5(wanted)::uuid, null, null,
            jsonb_build_object('track', wanted, 'version', next, 'staff_id', staff)
        );
    end if;
    return course;
end;
$$;

create function private.save_module(
    wanted uuid, short text, heading text, place_in public.training_channel, words text, place integer,
    for_tier public.partner_tier, of_track text
) returns public.training_modules
language plpgsql volatile security definer set search_path = '' as $$
declare
    module public.training_modules;
    before public.training_modules;
begin
    perform private.require_staff('admin');
    module.id := private.id_field(wanted);
    module.slug := private.name_field(
        left(short, 81), 'slug', '^(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*$', 'A slug has small letters, figures and single hyphens.'
    );
    module.title := private.text_field(heading, 'title', 1, 160);
    module.summary := coalesce(private.text_field(words, 'summary', 0, 500), '');
    module.position := private.number_field(place, 'position', 0, 100000);
    call private.need_field(place_in is not null, 'channel');
    call private.need_field(for_tier is not null, 'tier_requirement');
    if of_track is not null and not exists (select from public.training_tracks where track = of_track) then
        perform private.no_such('track', 'track');
    end if;
    if exists (select from public.training_modules where slug = module.slug and id <> module.id) then
        perform private.fail('23505', 'Another module has this slug.', 'taken', 'slug');
    end if;
    select * into before from public.training_modules where id = module.id for update;
    if not found then
        insert into public.training_modules (id, slug, title, channel, summary, position, tier_requirement, track)
        values (
            module.id, module.slug, module.title, place_in, module.summary, module.position, for_tier, of_track
        ) returning * into module;
    elsif (before.slug, before.title, before.channel, before.summary, before.position, before.tier_requirement, before.track)
        is not distinct from (module.slug, module.title, place_in, module.summary, module.position, for_tier, of_track)
    then
        return before;
    else
        update public.training_modules
        set
            slug = module.slug, title = module.title, channel = place_in, summary = module.summary, position = module.position,
            tier_requirement = for_tier, track = of_track
        where id = module.id;
    end if;
    perform private.training_saved(
        'module_saved', module.id, module.id,
        jsonb_build_object('slug', module.slug, 'tier_requirement', for_tier, 'track', of_track, 'tier_before', before.tier_requirement)
    );
    select * into strict module from public.training_modules where id = wanted;
    return module;
end;
$$;

create function private.save_lesson(
    wanted uuid, of_module uuid, of_kind public.lesson_kind, heading text, words text, file text, seconds integer, place integer
) returns public.lessons
language plpgsql volatile security definer set search_path = '' as $$
declare
    lesson public.lessons;
    before public.lessons;
    module public.training_modules;
begin
    perform private.require_staff('admin');
    lesson.id := private.id_field(wanted);
    lesson.title := private.text_field(heading, 'title', 1, 160);
    if length(words) > 60000 then
        perform private.fail('22023', 'At most 60,000 characters.', 'length', 'body', null, '60000');
    end if;
    lesson.body := coalesce(words, '');
    lesson.position := private.number_field(place, 'position', 0, 100000);
    call private.need_field(of_kind is not null, 'kind');
    select * into module from public.training_modules where id = of_module for update;
    if not found then
        perform private.no_such('module', 'module_id');
    end if;
    if of_kind = 'video' or seconds is not null then
        lesson.duration_seconds := private.number_field(seconds, 'duration_seconds', 1, 86400);
    end if;
    if of_kind in ('video', 'resource') then
        lesson.file_path := private.text_field(file, 'file_path', 3, 300);
        if split_part(file, '/', 1) <> module.tier_requirement::text then
            perform private.fail(
                '22023', 'The file lies in the folder of the module''s tier.', 'path', 'file_path', null, module.tier_requirement || '/'
            );
        end if;
        perform private.require_file('training', lesson.file_path);
    elsif file is not null then
        perform private.fail('22023', 'Only videos and downloads have a file.', 'unknown_field', 'file_path');
    end if;
    select * into before from public.lessons where id = lesson.id for update;
    if not found then
        insert into public.lessons (id, module_id, position, kind, title, body, file_path, duration_seconds)
        values (
            lesson.id, of_module, lesson.position, of_kind, lesson.title, lesson.body, lesson.file_path, lesson.duration_seconds
        );
    elsif (before.module_id, before.kind) is distinct from (of_module, of_kind) then
        perform private.fail(
            'PT409', 'A lesson keeps its module and its kind.', 'fixed', 'kind', 'Retire it and write another one.'
        );
    elsif (before.position, before.title, before.body, before.file_path, before.duration_seconds)
        is not distinct from (lesson.position, lesson.title, lesson.body, lesson.file_path, lesson.duration_seconds)
    then
        return before;
    else
        update public.lessons
        set
            position = lesson.position, title = lesson.title, body = lesson.body, file_path = lesson.file_path,
            duration_seconds = lesson.duration_seconds
        where id = lesson.id;
    end if;
    perform private.training_saved('lesson_saved', lesson.id, of_module, jsonb_build_object('kind', of_kind));
    select * into strict lesson from public.lessons where id = wanted;
    return lesson;
end;
$$;

-- What somebody has worked on is never deleted: it is retired, and may come back.
create function private.set_lesson_retired(wanted uuid, gone boolean) returns public.lessons
language plpgsql volatile security definer set search_path = '' as $$
declare
    lesson public.lessons;
begin
    perform private.require_staff('admin');
    call private.need_field(gone is not null, 'retired');
    select * into lesson from public.lessons where id = wanted for update;
    if not found then
        perform private.no_such('lesson', 'lesson_id');
    end if;
    if (lesson.retired_at is not null) <> gone then
        update public.lessons set retired_at = case when gone then private.now() end where id = wanted returning * into lesson;
        perform private.training_saved(
            case when gone then 'lesson_retired' else 'lesson_restored' end, wanted, lesson.module_id, '{}'
        );
    end if;
    return lesson;
end;
$$;

create function public.save_track(track text, title text, valid_months integer default 24, summary text default null) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.save_track(track, title, summary, valid_months) as saved;
$$;
create function public.renew_track(track text, version integer) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.renew_track(track, version) as saved;
$$;
create function public.save_module(
    id uuid, slug text, title text, channel public.training_channel, summary text default '', "position" integer default 100,
    tier_requirement public.partner_tier default 'starter', track text default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) - 'search'
    from private.save_module(id, slug, title, channel, summary, "position", tier_requirement, track) as saved;
$$;
create function public.save_lesson(
    id uuid, module_id uuid, kind public.lesson_kind, title text, body text default '', file_path text default null,
    duration_seconds integer default null, "position" integer default 100
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) - 'search'
    from private.save_lesson(id, module_id, kind, title, body, file_path, duration_seconds, "position") as saved;
$$;
create function public.set_lesson_retired(lesson_id uuid, retired boolean) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) - 'search' from private.set_lesson_retired(lesson_id, retired) as saved;
$$;
