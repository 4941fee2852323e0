-- New terms: a version is published once and never changed. Whoever has to accept it again is asked by my_pending_terms from the
-- day on which it counts; everybody is told now. An editorial version (needs_acceptance: no) asks nobody who accepted the one before.

create function private.publish_terms(
    of_kind public.terms_kind, called text, heading text, address text, digest text, starts timestamptz, ask boolean
) returns public.terms_versions
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    terms public.terms_versions;
    told integer;
begin
    call private.need_field(of_kind is not null, 'kind');
    call private.need_field(ask is not null, 'needs_acceptance');
    perform private.text_field(called, 'version', 1, 20);
    perform private.text_field(heading, 'title', 1, 120);
    if length(address) > 300 or coalesce(address, '') !~ '^(/|https://)[^/\s]' then
        perform private.fail('22023', 'Where the text stands: a path of the app or an https address.', 'url', 'url');
    end if;
    perform private.name_field(digest, 'content_sha256', '^[0-9a-f]{64}$', 'The SHA-256 of the text, in small hexadecimal digits.');
    perform pg_advisory_xact_lock(hashtextextended('terms:' || of_kind::text, 0));
    select * into terms from public.terms_versions where kind = of_kind and version = btrim(called);
    if found then
        if (terms.title, terms.url, terms.content_sha256, terms.needs_acceptance) is distinct from (btrim(heading), address, digest, ask) then
            perform private.fail('23505', 'This version has been published with another text.', 'taken', 'version');
        end if;
        return terms;
    end if;
    starts := private.time_field(coalesce(starts, private.now()), 'effective_from');
    if starts < private.now() or starts <= (select max(effective_from) from public.terms_versions where kind = of_kind) then
        perform private.fail('22023', 'It begins now or later, and after every other version.', 'future', 'effective_from');
    end if;
    insert into public.terms_versions (kind, version, title, url, content_sha256, effective_from, needs_acceptance)
    values (of_kind, btrim(called), btrim(heading), address, digest, starts, ask)
    returning * into terms;
    select count(private.notify(
        partner.id, 'account', left(terms.title, 100) || ' has changed',
        case when ask then 'Please read and accept it. It counts from ' else 'You need not do anything. It counts from ' end
        || to_char(starts at time zone 'UTC', 'YYYY-MM-DD') || '.',
        case when address like '/%' then address else '/partner/settings' end
    )) into told
    from public.partners as partner where partner.status <> 'terminated';
    perform private.emit(
        'terms.published', 'terms', terms.id, null, null, jsonb_build_object(
            'kind', of_kind, 'version', terms.version, 'effective_from', starts, 'needs_acceptance', ask, 'told', told, 'staff_id', staff
        )
    );
    return terms;
end;
$$;

create function public.publish_terms(
    kind public.terms_kind, version text, title text, url text, content_sha256 text, effective_from timestamptz default null,
    needs_acceptance boolean default true
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(made)
    from private.publish_terms(kind, version, title, url, content_sha256, effective_from, needs_acceptance) as made;
$$;
