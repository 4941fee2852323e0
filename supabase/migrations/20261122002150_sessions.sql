-- Sessions: see where one is signed in, end what is not wanted. Auth keeps them; a third-party issuer keeps its own.
--
-- A token outlives its session by up to an hour. session_is_live, asked before every request, makes the end immediate.

-- The caller's user in our Auth, whose subjects are UUIDs; null for everybody else.
create function private.my_user_id() returns uuid
language sql stable security definer set search_path = '' as $$
    select case when private.issuer() = 'supabase' then private.subject()::uuid end;
$$;

-- True for a session of our Auth that still exists, and for whoever has no session there: other issuers, visitors, workers.
create function private.session_is_live() returns boolean
language sql stable security definer set search_path = '' as $$
    select private.subject() is null or private.issuer() is distinct from 'supabase' or exists (
        select from auth.sessions
        where id = (select (private.claims() ->> 'session_id')::uuid) and user_id = (select private.my_user_id())
    );
$$;

-- For the policies of Realtime: the topic that a session asks for, by its plain name; null when the session has ended or the
-- topic is called otherwise today.
create function private.asked_topic() returns text
language plpgsql stable security definer set search_path = '' as $$
declare
    plain text := split_part(realtime.topic(), '.', 1);
begin
    if private.session_is_live() and realtime.topic() = private.live_topic(plain) then
        return plain;
    end if;
    return null;
end;
$$;

create function public.live_topic(topic text) returns text
language sql stable set search_path = '' as $$
    select private.live_topic(topic);
$$;

create function private.list_my_sessions() returns table (
    id uuid, created_at timestamptz, last_seen_at timestamptz, user_agent text, ip text, aal text, current boolean
)
language sql stable security definer set search_path = '' as $$
    select
        session.id, session.created_at,
        greatest(session.created_at, session.updated_at, session.refreshed_at at time zone 'UTC'),
        session.user_agent, host(session.ip), coalesce(session.aal::text, 'aal1'),
        session.id::text = private.claims() ->> 'session_id'
    from auth.sessions as session
    where session.user_id = private.my_user_id()
    order by 3 desc;
$$;

-- Ends the given sessions of the caller; their refresh tokens go with them. Returns how many.
create function private.end_sessions(wanted uuid[]) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
    ended integer;
begin
    delete from auth.sessions as session
    where session.id = any (wanted) and session.user_id = private.my_user_id();
    get diagnostics ended = row_count;
    if ended > 0 and private.me() is not null then
        perform private.emit('session.revoked', 'partner', private.me(), private.me(), null, jsonb_build_object('sessions', ended));
        perform private.hint(private.me(), 'session.refresh', private.me());
        perform private.turn_topics((
            select private.heard_topics(partner.id, partner.current_tier) || ('partner:' || partner.id::text)
            from public.partners as partner where partner.id = private.me()
        ));
    end if;
    return ended;
end;
$$;

create function private.revoke_session(wanted uuid) returns integer
language sql volatile security definer set search_path = '' as $$
    select private.end_sessions(array[wanted]);
$$;

create function private.revoke_other_sessions() returns integer
language sql volatile security definer set search_path = '' as $$
    select private.end_sessions(array(select id from private.list_my_sessions() where not current));
$$;

create function public.list_my_sessions() returns table (
    id uuid, created_at timestamptz, last_seen_at timestamptz, user_agent text, ip text, aal text, current boolean
)
language sql stable set search_path = '' as $$
    select * from private.list_my_sessions();
$$;

-- Zero when it has ended already.
create function public.revoke_session(session_id uuid) returns integer
language sql volatile set search_path = '' as $$
    select private.revoke_session(session_id);
$$;

create function public.revoke_other_sessions() returns integer
language sql volatile set search_path = '' as $$
    select private.revoke_other_sessions();
$$;
