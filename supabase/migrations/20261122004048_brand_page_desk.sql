-- The pages partners publish under SISO's name: staff take one down with a reason, and give it back to be published again.

create function private.take_down_page(owner uuid, why text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('moderator', 'admin');
    told text := private.reason_text(why);
    profile public.brand_profiles;
begin
    select * into profile from public.brand_profiles where partner_id = owner for update;
    if not found then
        perform private.no_such('page', 'partner_id');
    end if;
    perform private.require_others_affair(owner);
    if profile.taken_down_at is null then
        if not profile.page_published then
            perform private.fail('PT409', 'This page is not published.', 'wrong_state', 'partner_id');
        end if;
        update public.brand_profiles
        set page_published = false, taken_down_at = private.now(), taken_down_reason = told, taken_down_by = staff
        where partner_id = owner
        returning * into profile;
        perform private.emit(
            'page.taken_down', 'brand_profile', owner, owner, jsonb_build_object('page_published', true),
            jsonb_build_object('page_published', false, 'reason', told, 'staff_id', staff)
        );
        perform private.notify(owner, 'account', 'Your page was taken down', left(told, 500), '/partner/settings');
    end if;
    return to_jsonb(profile);
end;
$$;

-- The page is the partner's to publish again; it does not come back by itself.
create function private.restore_page(owner uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('moderator', 'admin');
    profile public.brand_profiles;
    was text;
begin
    select * into profile from public.brand_profiles where partner_id = owner for update;
    if not found then
        perform private.no_such('page', 'partner_id');
    end if;
    perform private.require_others_affair(owner);
    if profile.taken_down_at is not null then
        was := profile.taken_down_reason;
        update public.brand_profiles set taken_down_at = null, taken_down_reason = null, taken_down_by = null
        where partner_id = owner
        returning * into profile;
        perform private.emit(
            'page.restored', 'brand_profile', owner, owner, jsonb_build_object('reason', was), jsonb_build_object('staff_id', staff)
        );
        perform private.notify(
            owner, 'account', 'You may publish your page again', 'It was looked at once more.', '/partner/settings'
        );
    end if;
    return to_jsonb(profile);
end;
$$;

-- Pages that are published, or that were taken down, in the order of their addresses. `corrected` says that the partner has changed
-- something since it was taken down.
create function private.brand_pages(wanted text, max_rows integer, after text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    rows_wanted integer;
begin
    perform private.require_staff('support', 'moderator', 'admin');
    rows_wanted := private.number_field(max_rows, 'max_rows', 1, 100);
    if wanted is null or wanted not in ('published', 'taken_down') then
        perform private.fail('22023', 'Pages that are published, or taken down.', 'one_of', 'state', null, 'published, taken_down');
    end if;
    return (
        select coalesce(jsonb_agg(to_jsonb(shown) order by shown.page_slug), '[]')
        from (
            select
                page.partner_id, person.name as partner, page.page_slug, page.contact_name, page.contact_email, page.contact_phone,
                page.website, page.logo_path, page.primary_colour, page.updated_at, page.taken_down_at, page.taken_down_reason,
                coalesce(page.updated_at > page.taken_down_at, false) as corrected
            from public.brand_profiles as page
            join public.partners as person on person.id = page.partner_id
            where case wanted when 'published' then page.page_published else page.taken_down_at is not null end
                and page.page_slug is not null and (after is null or page.page_slug > after)
            order by page.page_slug
            limit rows_wanted
        ) as shown
    );
end;
$$;

create function public.take_down_page(partner_id uuid, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select private.take_down_page(partner_id, reason);
$$;
create function public.restore_page(partner_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select private.restore_page(partner_id);
$$;
create function public.brand_pages(state text default 'published', max_rows integer default 50, after text default null) returns jsonb
language sql stable set search_path = '' as $$
    select private.brand_pages(state, max_rows, after);
$$;
