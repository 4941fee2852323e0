-- Sessions: see where one is signed in, end what is not wanted. Auth keeps them; a third-party issuer keeps its own.
--
-- A token outlives its session by up to an hour. session_is_live, asked before every request, makes the end immediate; for live
-- topics, which are asked for at a join only, triggers on Auth's tables do, whoever ends the session: the functions below, a
-- log-out of any scope, or Auth itself when a refresh token is used a second time. Hosted projects let postgres make them.

-- The caller's user in our Auth, whose subjects are UUIDs; null for everybody else.
create function private.my_user_id() returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
    -- A subject of another form is nobody's here, and no error of the casting.
    return case when private.issuer() = 'supabase' and pg_input_is_valid(private.subject(), 'uuid') then private.subject()::uuid end;
end;
$$;

-- True when Auth has revoked every refresh token of a session: it saw one used twice, so one of two users is a thief. Auth leaves
-- the row of such a session. Where it counts refreshes in the session instead (newer versions, whose column may not be here), it
-- revokes no tokens for that and deletes the row.
create function private.is_revoked(login_session uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
    return not exists (
        select from auth.refresh_tokens as token where token.session_id = login_session and token.revoked is not true
    ) and exists (
        select from auth.refresh_tokens as token
        join auth.sessions as session on session.id = token.session_id
        where token.session_id = login_session and to_jsonb(session) ->> 'refresh_token_counter' is null
    );
end;
$$;

-- True for a session of our Auth that has not ended, and for whoever has no session there: other issuers, visitors, workers.
create function private.session_is_live() returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
    return private.subject() is null or private.issuer() is distinct from 'supabase' or exists (
        select from auth.sessions as session
        where session.id = (select (private.claims() ->> 'session_id')::uuid) and session.user_id = (select private.my_user_id())
            and not private.is_revoked(session.id)
    );
end;
$$;

-- Sessions of these log-ins have ended: their other devices are told to look, and what the ended ones may hear is turned. What
-- everybody hears follows within minutes, or at once where siso.turn says 'now'.
create function private.turn_topics_of_logins(logins text[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    listener record;
    heard text[];
    wide text[];
begin
    for listener in
        select distinct partner.id, partner.current_tier
        from private.auth_identities as identity
        join public.partners as partner on partner.id = identity.partner_id
        where identity.issuer = 'supabase' and identity.subject = any (logins)
    loop
        perform private.hint(listener.id, 'session.refresh', listener.id);
        heard := private.heard_topics(listener.id, listener.current_tier) || ('partner:' || listener.id::text);
        if current_setting('siso.turn', true) is distinct from 'now' then
            wide := private.wide_topics(heard);
            insert into private.topics_to_turn (topic) select unnest(wide);
            heard := array(select unnest(heard) except select unnest(wide));
        end if;
        perform private.turn_topics(heard);
    end loop;
end;
$$;

create function private.note_ended_sessions() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.turn_topics_of_logins(array(select distinct ended.user_id::text from ended));
    return null;
end;
$$;

create trigger siso_sessions_ended after delete on auth.sessions
referencing old table as ended
for each statement execute function private.note_ended_sessions();

-- At the end of Auth's transaction: an ordinary refresh has by then put a new token beside the revoked one.
create function private.note_revoked_token() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
    if private.is_revoked(new.session_id) then
        perform private.turn_topics_of_logins(array[new.user_id::text]);
    end if;
    return null;
end;
$$;

create constraint trigger siso_token_revoked after update of revoked on auth.refresh_tokens
deferrable initially deferred
for each row when (new.revoked and old.revoked is not true)
execute function private.note_revoked_token();

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
    perform set_config('siso.turn', 'now', true);
    delete from auth.sessions as session
    where session.id = any (wanted) and session.user_id = private.my_user_id();
    get diagnostics ended = row_count;
    perform set_config('siso.turn', '', true);
    if ended > 0 and private.me() is not null then
        perform private.emit('session.revoked', 'partner', private.me(), private.me(), null, jsonb_build_object('sessions', ended));
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
