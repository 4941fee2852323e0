-- Certificates as PDF: rendered once for each, kept in the bucket `certificates` under the partner's folder.

insert into ops.topics (topic, worker, max_attempts) values ('certificate.make', 'documents', 20);

create table public.certificate_files (
    certificate_id uuid primary key references public.certificates,
    path text not null unique,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes bigint not null check (bytes > 0),
    created_at timestamptz not null default private.now()
);

create trigger append_only before update or delete or truncate on public.certificate_files
for each statement execute function private.refuse_rewriting();

create function private.certificate_given() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    perform private.enqueue('certificate.make', new.id::text, jsonb_build_object('certificate_id', new.id));
    return null;
end;
$$;

create trigger make_paper after insert on public.certificates
for each row execute function private.certificate_given();

-- What stands on a certificate; `path` is there once it has been rendered.
create function worker.certificate_facts(certificate uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object(
        'id', given.id, 'number', given.number, 'partner_id', given.partner_id, 'name', partner.name, 'track', given.track,
        'title', track.title, 'version', given.version, 'issued_at', private.utc_text(given.issued_at),
        'expires_at', private.utc_text(given.expires_at),
        'path', (select file.path from public.certificate_files as file where file.certificate_id = given.id)
    )
    from public.certificates as given
    join public.partners as partner on partner.id = given.partner_id
    join public.training_tracks as track on track.track = given.track
    where given.id = $1;
$$;

-- Keeps where the paper lies, once it lies there. The first one wins.
create function worker.record_certificate_file(certificate uuid, path text, sha256 text, bytes bigint) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    given public.certificates;
    added boolean;
begin
    select known.* into strict given from public.certificates as known where known.id = certificate;
    if split_part(path, '/', 1) <> given.partner_id::text then
        perform private.fail('23514', 'A certificate lies in the folder of its holder.', 'path', 'path');
    end if;
    perform private.require_file('certificates', path);
    insert into public.certificate_files as file (certificate_id, path, sha256, bytes) values (certificate, path, sha256, bytes)
    on conflict on constraint certificate_files_pkey do nothing;
    added := found;
    if added then
        perform private.emit(
            'certificate.filed', 'certificate', given.id, given.partner_id, null, jsonb_build_object('sha256', sha256)
        );
        perform private.hint(given.partner_id, 'certificate.ready', given.id);
    end if;
    return added;
end;
$$;
