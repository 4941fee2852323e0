-- The audit log: every change of money, access, tier, rate and status, and every action of staff, append-only for every role.
--
-- One hash chain per stream (a partner, or 'platform'): each row's hash covers the row before it, so changing or removing a
-- row is found by private.check_audit_chain. Whoever could rewrite the chain to its end and the head with it is found by the
-- anchors, copies of the heads that leave the database every day.

create table ops.audit_log (
    stream text not null,
    seq bigint not null,
    event_id bigint not null unique references ops.events,
    at timestamptz not null,
    actor text not null,
    action text not null,
    subject_kind text not null,
    subject_id uuid not null,
    body jsonb not null, -- ids and states, nothing personal (A-52)
    request_id text,
    previous_hash bytea not null,
    hash bytea not null,
    primary key (stream, seq)
);

create table ops.audit_heads (
    stream text primary key,
    seq bigint not null,
    hash bytea not null
);

-- What was told outside, and when.
create table ops.audit_anchors (
    anchored_on date not null,
    stream text not null,
    seq bigint not null,
    hash bytea not null,
    primary key (anchored_on, stream)
);

create function ops.refuse_change() returns trigger
language plpgsql set search_path = '' as $$
begin
    raise exception '% is append-only', tg_table_name
        using errcode = '42501', hint = 'the audit log is never edited';
end;
$$;

create trigger append_only before update or delete or truncate on ops.audit_log
for each statement execute function ops.refuse_change();
create trigger append_only before update or delete or truncate on ops.audit_anchors
for each statement execute function ops.refuse_change();
create trigger append_only before update or delete or truncate on ops.events
for each statement execute function ops.refuse_change();

-- The text that is hashed: fields in a fixed order, time in UTC microseconds, jsonb in Postgres' own canonical text.
create function private.audit_text(
    stream text, seq bigint, event_id bigint, at timestamptz, actor text, action text, subject_kind text, subject_id uuid,
    body jsonb, request_id text
) returns text
language plpgsql immutable set search_path = '' as $$
begin
    return concat_ws(
        E'\n', stream, seq::text, event_id::text, (extract(epoch from at) * 1000000)::bigint::text, actor, action, subject_kind,
        subject_id::text, body::text, coalesce(request_id, '')
    );
end;
$$;

create function private.is_audited(event_type text) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
    -- Everything but the daily work of a partner with their own leads and lessons.
    return split_part(event_type, '.', 1) not in ('lead', 'activity', 'task', 'lesson', 'message', 'notification', 'usage');
end;
$$;

-- At commit, all audited events of the transaction are chained in the order of streams and ids: two transactions can never
-- wait for each other's heads in opposite order, and a head is locked for a moment only.
create function private.chain_events() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    event record;
    head ops.audit_heads;
    entry ops.audit_log;
begin
    if not private.is_audited(new.type) or exists (select from ops.audit_log where event_id = new.id) then
        return null;
    end if;
    for event in
        select fresh.*, coalesce('partner:' || fresh.partner_id::text, 'platform') as stream
        from ops.events as fresh
        where fresh.xid = pg_current_xact_id() and private.is_audited(fresh.type)
            and not exists (select from ops.audit_log as known where known.event_id = fresh.id)
        order by coalesce('partner:' || fresh.partner_id::text, 'platform'), fresh.id
    loop
        -- The head is read at the first event of its stream and written after the last.
        if head.stream is distinct from event.stream then
            update ops.audit_heads set seq = head.seq, hash = head.hash where stream = head.stream;
            insert into ops.audit_heads (stream, seq, hash) values (event.stream, 0, '\x00') on conflict do nothing;
            select * into strict head from ops.audit_heads where stream = event.stream for no key update;
        end if;
        entry := row(
            event.stream, head.seq + 1, event.id, event.created_at, event.actor, event.type, event.subject_kind,
            event.subject_id, jsonb_strip_nulls(jsonb_build_object('before', event.before, 'after', event.after)),
            event.request_id, head.hash, null
        );
        entry.hash := sha256(entry.previous_hash || convert_to(private.audit_text(
            entry.stream, entry.seq, entry.event_id, entry.at, entry.actor, entry.action, entry.subject_kind,
            entry.subject_id, entry.body, entry.request_id
        ), 'UTF8'));
        insert into ops.audit_log values (entry.*);
        head.seq := entry.seq;
        head.hash := entry.hash;
    end loop;
    update ops.audit_heads set seq = head.seq, hash = head.hash where stream = head.stream;
    return null;
end;
$$;

create constraint trigger chain_events after insert on ops.events
deferrable initially deferred for each row execute function private.chain_events();

-- No row when every chain is whole. 'altered': a row's hash is not that of its contents. 'missing': a row was taken out.
-- 'tail': the head knows of later rows. 'anchor': what was told outside is not what stands here.
create view private.check_audit_chain with (security_invoker = true) as
with linked as (
    select
        entry.*,
        lag(entry.seq, 1, 0::bigint) over one_stream as seq_before,
        lag(entry.hash, 1, '\x00'::bytea) over one_stream as hash_before
    from ops.audit_log as entry
    window one_stream as (partition by entry.stream order by entry.seq)
)

select stream, seq, 'altered' as problem
from linked
where hash <> sha256(previous_hash || convert_to(private.audit_text(
    stream, seq, event_id, at, actor, action, subject_kind, subject_id, body, request_id
), 'UTF8'))
union all
select stream, seq, 'missing' from linked where seq <> seq_before + 1 or previous_hash <> hash_before
union all
select head.stream, head.seq, 'tail'
from ops.audit_heads as head
left join ops.audit_log as last on last.stream = head.stream and last.seq = head.seq and last.hash = head.hash
where last.seq is null
union all
select entry.stream, max(entry.seq), 'tail'
from ops.audit_log as entry
left join ops.audit_heads as head on head.stream = entry.stream
group by entry.stream, head.seq
having max(entry.seq) is distinct from head.seq
union all
select anchor.stream, anchor.seq, 'anchor'
from ops.audit_anchors as anchor
left join ops.audit_log as entry on entry.stream = anchor.stream and entry.seq = anchor.seq and entry.hash = anchor.hash
where entry.seq is null;

-- Every night: keeps the heads and hands them to a worker that takes them out of the database.
insert into ops.topics (topic, worker) values ('audit.anchor', 'notifications');

create function private.anchor_audit() returns void
language plpgsql security definer set search_path = '' as $$
declare
    today date := (private.now() at time zone 'UTC')::date;
begin
    if exists (select from ops.audit_anchors where anchored_on = today) then
        return; -- what was told outside stays as it was told
    end if;
    insert into ops.audit_anchors (anchored_on, stream, seq, hash)
    select today, head.stream, head.seq, head.hash from ops.audit_heads as head where head.seq > 0;
    perform private.enqueue('audit.anchor', today::text, jsonb_build_object('anchored_on', today));
end;
$$;

select cron.schedule('anchor-audit', '5 0 * * *', 'select private.anchor_audit()');

-- One digest over all heads of a day, and how many: what the anchor mail says. Recomputing it years later must give the same.
create function worker.audit_anchor(day date) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object(
        'anchored_on', day,
        'streams', count(*),
        'digest', encode(sha256(convert_to(coalesce(string_agg(
            anchor.stream || ' ' || anchor.seq::text || ' ' || encode(anchor.hash, 'hex'), E'\n' order by anchor.stream
        ), ''), 'UTF8')), 'hex')
    )
    from ops.audit_anchors as anchor
    where anchor.anchored_on = day;
$$;
