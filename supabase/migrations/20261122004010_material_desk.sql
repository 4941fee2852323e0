-- Material and answers as their editors handle them: drafts, versions with a file, published, archived, brought back.

create function private.save_asset(
    wanted uuid, heading text, of_category public.asset_category, words text, for_tier public.partner_tier, may_customise boolean
) returns public.marketing_assets
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    asset public.marketing_assets;
begin
    call private.need_field(of_category is not null, 'category');
    call private.need_field(for_tier is not null, 'tier_requirement');
    call private.need_field(may_customise is not null, 'customisable');
    insert into public.marketing_assets as known (id, title, category, description, tier_requirement, customisable, published)
    values (
        private.id_field(wanted), private.text_field(heading, 'title', 3, 200), of_category,
        private.text_field(words, 'description', 0, 2000), for_tier, may_customise, false
    )
    on conflict (id) do update
    set
        title = excluded.title, category = excluded.category, description = excluded.description,
        tier_requirement = excluded.tier_requirement, customisable = excluded.customisable, updated_at = private.now()
    where (known.title, known.category, known.description, known.tier_requirement, known.customisable)
        is distinct from (excluded.title, excluded.category, excluded.description, excluded.tier_requirement, excluded.customisable)
    returning * into asset;
    if found then
        perform private.emit(
            'asset.saved', 'asset', wanted, null, null,
            jsonb_build_object('category', of_category, 'tier_requirement', for_tier, 'staff_id', staff)
        );
    else
        select * into strict asset from public.marketing_assets where id = wanted;
    end if;
    return asset;
end;
$$;

-- The file is in bucket resources under <tier>/<asset>/ before its version is noted; its size and type are what Storage says.
-- An earlier version comes back by noting its file again.
create function private.add_asset_version(wanted uuid, of_asset uuid, file text, words text) returns public.asset_versions
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    version public.asset_versions;
    object record;
begin
    perform private.id_field(wanted);
    select * into version from public.asset_versions where id = wanted;
    if found then
        if (version.asset_id, version.path) is distinct from (of_asset, file) then
            perform private.fail('23505', 'This id is taken.', 'id_taken', 'id');
        end if;
        return version;
    end if;
    perform 1 from public.marketing_assets where id = of_asset for update;
    if not found then
        perform private.no_such('resource', 'asset_id');
    end if;
    if length(file) > 500 or coalesce(file, '') !~ ('^(starter|active|performer|elite)/' || of_asset || '/[^/]+$') then
        perform private.fail('22023', 'The file lies in the folder of its resource.', 'path', 'path', null, '<tier>/' || of_asset || '/');
    end if;
    select item.metadata ->> 'mimetype' as kind, (item.metadata ->> 'size')::bigint as size into object
    from storage.objects as item where item.bucket_id = 'resources' and item.name = file;
    if not found or coalesce(object.size, 0) < 1 then
        perform private.fail('PT409', 'The file is not there yet.', 'file_missing', 'path', 'Upload it to the bucket resources first.');
    end if;
    insert into public.asset_versions (id, asset_id, version, path, file_type, file_size, note)
    select
        wanted, of_asset, coalesce(max(known.version), 0) + 1, file, coalesce(object.kind, 'application/octet-stream'), object.size,
        private.text_field(words, 'note', 0, 500)
    from public.asset_versions as known where known.asset_id = of_asset
    returning * into version;
    perform private.emit(
        'asset.version_added', 'asset', of_asset, null, null, jsonb_build_object('version', version.version, 'staff_id', staff)
    );
    return version;
end;
$$;

create function private.save_article(
    wanted uuid, short text, asked text, told text, of_category text, for_tier public.partner_tier
) returns public.faq_articles
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('support', 'admin');
    article public.faq_articles;
begin
    perform private.name_field(short, 'slug', '^[a-z0-9-]{3,80}$', 'A slug has 3 to 80 small letters, figures and hyphens.');
    if exists (select from public.faq_articles where slug = short and id <> wanted) then
        perform private.fail('23505', 'Another article has this slug.', 'taken', 'slug');
    end if;
    insert into public.faq_articles as known (id, slug, question, answer, category, tier_requirement, published)
    values (
        private.id_field(wanted), short, private.text_field(asked, 'question', 3, 300), private.text_field(told, 'answer', 3, 20000),
        private.text_field(of_category, 'category', 2, 60), for_tier, false
    )
    on conflict (id) do update
    set
        slug = excluded.slug, question = excluded.question, answer = excluded.answer, category = excluded.category,
        tier_requirement = excluded.tier_requirement, updated_at = private.now()
    where (known.slug, known.question, known.answer, known.category, known.tier_requirement)
        is distinct from (excluded.slug, excluded.question, excluded.answer, excluded.category, excluded.tier_requirement)
    returning * into article;
    if found then
        perform private.emit(
            'article.saved', 'article', wanted, null, null, jsonb_build_object('slug', short, 'tier_requirement', for_tier, 'staff_id', staff)
        );
    else
        select * into strict article from public.faq_articles where id = wanted;
    end if;
    return article;
end;
$$;

create function private.save_post(
    wanted uuid, about text, heading text, words text, for_tier public.partner_tier
) returns public.curated_posts
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    post public.curated_posts;
begin
    if coalesce(about, '') not in ('competitors', 'market', 'insights') then
        perform private.fail('22023', 'Choose a topic.', 'one_of', 'topic', null, 'competitors, market, insights');
    end if;
    call private.need_field(for_tier is not null, 'tier_requirement');
    insert into public.curated_posts as known (id, topic, title, body, tier_requirement)
    values (
        private.id_field(wanted), about, private.text_field(heading, 'title', 3, 200), private.text_field(words, 'body', 3, 20000), for_tier
    )
    on conflict (id) do update
    set topic = excluded.topic, title = excluded.title, body = excluded.body, tier_requirement = excluded.tier_requirement
    where (known.topic, known.title, known.body, known.tier_requirement)
        is distinct from (excluded.topic, excluded.title, excluded.body, excluded.tier_requirement)
    returning * into post;
    if found then
        perform private.emit(
            'post.saved', 'post', wanted, null, null, jsonb_build_object('topic', about, 'tier_requirement', for_tier, 'staff_id', staff)
        );
    else
        select * into strict post from public.curated_posts where id = wanted;
    end if;
    return post;
end;
$$;

-- Where a thing stands: draft, published or archived. Each state leads to each other one, so that a slip is undone by the next call.
create function private.set_publication(kind text, wanted uuid, state text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    staff uuid;
    table_of text := case kind
        when 'asset' then 'marketing_assets' when 'article' then 'faq_articles' when 'post' then 'curated_posts'
    end;
    was text;
    has_file boolean;
begin
    if kind = 'article' then
        staff := private.require_staff('support', 'admin');
    else
        staff := private.require_staff('admin');
    end if;
    if table_of is null then
        perform private.fail('22023', 'This is about an asset, an article or a post.', 'one_of', 'kind', null, 'asset, article, post');
    end if;
    if coalesce(state, '') not in ('draft', 'published', 'archived') then
        perform private.fail('22023', 'Choose draft, published or archived.', 'one_of', 'state', null, 'draft, published, archived');
    end if;
    execute format(
        'select case when archived_at is not null then ''archived'' when %s then ''published'' else ''draft'' end, %s'
        ' from public.%I where id = $1 for update',
        case when kind = 'post' then 'published_at is not null' else 'published' end,
        case when kind = 'asset' then 'file_url is not null' else 'true' end, table_of
    ) into was, has_file using wanted;
    if was is null then
        perform private.no_such(kind, 'id');
    end if;
    if state = 'published' and not has_file then
        perform private.fail('PT409', 'This resource has no file yet.', 'no_file', 'id', 'Call add_asset_version.');
    end if;
    if was <> state then
        execute format(
            'update public.%I set archived_at = case when $2 = ''archived'' then private.now() end, %s where id = $1', table_of,
            case
                when kind = 'post' then 'published_at = case when $2 = ''published'' then coalesce(published_at, private.now()) end'
                else 'published = ($2 = ''published'')'
            end
        ) using wanted, state;
        perform private.emit(
            kind || '.' || state, kind, wanted, null, jsonb_build_object('state', was),
            jsonb_build_object('state', state, 'staff_id', staff)
        );
    end if;
    return jsonb_build_object('id', wanted, 'state', state);
end;
$$;

-- A price that has begun is a promise: it is ended, and another one written.
create function private.save_price(
    wanted uuid, called text, words text, price bigint, in_currency text, for_tier public.partner_tier, starts date, ends date
) returns public.price_book
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    before public.price_book;
    entry public.price_book;
    today date := private.now()::date;
begin
    perform private.id_field(wanted);
    perform private.number_field(price, 'amount', 1, 1000000000000);
    call private.need_field(for_tier is not null, 'tier_requirement');
    if not exists (select from public.payout_minimums where currency = in_currency) then
        perform private.fail('22023', 'This currency is not supported.', 'unknown_currency', 'currency');
    end if;
    starts := coalesce(starts, today);
    if starts not between '2000-01-01' and '2100-01-01' then
        perform private.fail('22023', 'This is a day between 2000 and 2100.', 'range', 'valid_from');
    end if;
    if ends <= starts or ends > '2100-01-01' then
        perform private.fail('22023', 'It ends after it begins.', 'after_start', 'valid_to');
    end if;
    select * into before from public.price_book where id = wanted for update;
    if before.id is not null and before.valid_from <= today
        and (before.amount, before.currency::text, before.valid_from) is distinct from (price, in_currency, starts)
    then
        perform private.fail('PT409', 'A price that has begun stays as it is.', 'fixed', 'amount', 'End it, and write another one.');
    end if;
    insert into public.price_book as known (id, name, description, amount, currency, tier_requirement, valid_from, valid_to)
    values (
        wanted, private.text_field(called, 'name', 3, 120), private.text_field(words, 'description', 0, 2000), price, in_currency,
        for_tier, starts, ends
    )
    on conflict (id) do update
    set
        name = excluded.name, description = excluded.description, amount = excluded.amount, currency = excluded.currency,
        tier_requirement = excluded.tier_requirement, valid_from = excluded.valid_from, valid_to = excluded.valid_to
    returning * into entry;
    if to_jsonb(before) is distinct from to_jsonb(entry) then
        perform private.emit(
            'price.saved', 'price', wanted, null, case when before.id is not null then to_jsonb(before) end,
            to_jsonb(entry) || jsonb_build_object('staff_id', staff)
        );
    end if;
    return entry;
end;
$$;

create function public.save_asset(
    id uuid, title text, category public.asset_category, description text default null,
    tier_requirement public.partner_tier default 'starter', customisable boolean default false
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) - 'search'
    from private.save_asset(id, title, category, description, tier_requirement, customisable) as saved;
$$;
create function public.add_asset_version(id uuid, asset_id uuid, path text, note text default null) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(made) from private.add_asset_version(id, asset_id, path, note) as made;
$$;
create function public.save_article(
    id uuid, slug text, question text, answer text, category text, tier_requirement public.partner_tier default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) - 'search' from private.save_article(id, slug, question, answer, category, tier_requirement) as saved;
$$;
create function public.save_post(
    id uuid, topic text, title text, body text, tier_requirement public.partner_tier default 'performer'
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.save_post(id, topic, title, body, tier_requirement) as saved;
$$;
create function public.set_publication(kind text, id uuid, state text) returns jsonb
language sql volatile set search_path = '' as $$
    select private.set_publication(kind, id, state);
$$;
create function public.save_price(
    id uuid, name text, amount bigint, currency text, description text default null,
    tier_requirement public.partner_tier default 'performer', valid_from date default null, valid_to date default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved)
    from private.save_price(id, name, description, amount, currency, tier_requirement, valid_from, valid_to) as saved;
$$;
