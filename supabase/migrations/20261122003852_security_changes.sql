-- When the bank account, the e-mail address, the second factor or the password of a partner changes: payouts wait 72 hours (not
-- for a password), the partner's devices are told, and every address that is or was theirs gets a mail with a link that freezes
-- payouts and ends all sessions without signing in (A-21).
--
-- Invariants: the addresses of the last 30 days are told, so whoever takes an account over cannot turn the notices away; a link's
-- secret is stored as a digest only, works once, and says the same to everybody; staff alone end the hold.

insert into ops.topics (topic, worker, max_attempts) values ('security.mail', 'notifications', 40);

create table ops.security_notices (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null references public.partners,
    address text not null check (length(address) between 3 and 254),
    what text not null check (what in ('bank_account', 'email', 'second_factor', 'password')),
    created_at timestamptz not null default private.now(),
    sent_at timestamptz
);

create index on ops.security_notices (partner_id, created_at);

-- A mail that is sent twice has two links; either works.
create table private.not_me_links (
    token_hash bytea primary key,
    notice_id uuid not null references ops.security_notices,
    expires_at timestamptz not null,
    used_at timestamptz
);

create index on private.not_me_links (notice_id);

create function private.tell_of_change(owner uuid, what text, replaced text default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    notice ops.security_notices;
begin
    for notice in
        insert into ops.security_notices (partner_id, address, what)
        select owner, known.address, tell_of_change.what
        from (
            select lower(replaced) as address
            union
            select lower(partner.email::text) from public.partners as partner where partner.id = owner
            union
            select lower(login.email)
            from auth.users as login
            join private.auth_identities as identity on identity.issuer = 'supabase' and identity.subject = login.id::text
            -- Not the address that has just come: it may be the thief's.
            where identity.partner_id = owner and tell_of_change.what <> 'email'
            union
            select earlier.address from ops.security_notices as earlier
            where earlier.partner_id = owner and earlier.created_at > private.now() - interval '30 days'
        ) as known
        where known.address is not null
        returning *
    loop
        perform private.enqueue('security.mail', notice.id::text, jsonb_build_object('notice_id', notice.id));
    end loop;
    perform private.notify(
        owner, 'security',
        case what
            when 'bank_account' then 'Bank account changed'
            when 'email' then 'E-mail address changed'
            when 'second_factor' then 'Second factor changed'
            else 'Password changed'
        end,
        case when what <> 'password' then 'Payouts wait 72 hours after a change. ' else '' end
        || 'If this was not you, open the link in our mail now.', '/partner/earnings'
    );
    perform private.emit('security.changed', 'partner', owner, owner, null, jsonb_build_object('what', what));
end;
$$;

-- Before a payout account is connected no payout has to wait: connecting one needs the second factor itself.
create function private.security_changed(login uuid, what text, replaced text default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    owner uuid := (
        select identity.partner_id from private.auth_identities as identity
        where identity.issuer = 'supabase' and identity.subject = login::text
    );
begin
    if owner is null then
        return;
    end if;
    if what <> 'password' then
        update public.payout_accounts set security_changed_at = private.now()
        where partner_id = owner and stripe_account_id is not null;
        perform private.hint(owner, 'payout_account.changed', owner);
    end if;
    perform private.tell_of_change(owner, what, replaced);
end;
$$;

-- Auth has no hook for these changes, and its webhooks may be lost; triggers on its tables are in the transaction of the change.
-- Hosted projects let postgres make them.
create function private.note_login_change() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
    if tg_argv[0] = 'email' then
        perform private.security_changed(new.id, 'email', old.email);
    else
        perform private.security_changed(new.id, 'password');
    end if;
    return null;
end;
$$;

create function private.note_factor_change() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.security_changed(case when tg_op = 'DELETE' then old.user_id else new.user_id end, 'second_factor');
    return null;
end;
$$;

create trigger siso_email_changed after update of email on auth.users
for each row when (old.email is not null and lower(old.email) is distinct from lower(new.email))
execute function private.note_login_change('email');
create trigger siso_password_changed after update of encrypted_password on auth.users
for each row when (coalesce(old.encrypted_password, '') <> '' and old.encrypted_password is distinct from new.encrypted_password)
execute function private.note_login_change('password');
create trigger siso_factor_added after insert on auth.mfa_factors
for each row when (new.status = 'verified') execute function private.note_factor_change();
create trigger siso_factor_verified after update of status on auth.mfa_factors
for each row when (old.status is distinct from new.status) execute function private.note_factor_change();
create trigger siso_factor_removed after delete on auth.mfa_factors
for each row when (old.status = 'verified') execute function private.note_factor_change();

-- ---------------------------------------------------------------------------------------------------------------------
-- The mail, and what its link does.
-- ---------------------------------------------------------------------------------------------------------------------

-- What the worker mails, with a link made for this sending; null when it was sent or there is no such notice.
create function worker.begin_security_mail(notice uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    known ops.security_notices;
    secret text := encode(extensions.gen_random_bytes(32), 'hex');
begin
    select * into known from ops.security_notices where id = notice and sent_at is null for update;
    if not found then
        return null;
    end if;
    insert into private.not_me_links (token_hash, notice_id, expires_at)
    values (sha256(convert_to(secret, 'UTF8')), known.id, known.created_at + interval '30 days');
    return jsonb_build_object('address', known.address, 'what', known.what, 'at', known.created_at, 'secret', secret);
end;
$$;

create function worker.security_mail_sent(notice uuid) returns void
language sql volatile security definer set search_path = '' as $$
    update ops.security_notices set sent_at = private.now() where id = notice and sent_at is null;
$$;

-- Stopping money is always safe: no sign-in, no second factor. Who asks learns nothing: unknown, used and expired links do the
-- same as nothing, and so does a link after staff have ended the hold that it made.
create function private.report_not_me(secret text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    notice ops.security_notices;
    hold uuid;
    ended integer;
begin
    update private.not_me_links as link set used_at = private.now()
    from ops.security_notices as known
    where link.token_hash = sha256(convert_to(left(secret, 200), 'UTF8')) and link.used_at is null
        and link.expires_at > private.now() and known.id = link.notice_id
    returning known.* into notice;
    if not found then
        return;
    end if;
    perform private.hint(notice.partner_id, 'payout_account.changed', notice.partner_id);
    perform pg_advisory_xact_lock(hashtextextended('payout_hold:' || notice.partner_id::text, 0));
    select id into hold from public.payout_holds
    where partner_id = notice.partner_id and placed_by is null and ended_at is null;
    if not found then
        insert into public.payout_holds (partner_id, reason) values (notice.partner_id, 'The partner said: this was not me.')
        returning id into hold;
        perform private.emit(
            'payouts.frozen', 'payout_hold', hold, notice.partner_id, null, jsonb_build_object('by', 'partner', 'what', notice.what)
        );
        perform private.tell_staff(
            'payout.not_me', hold, notice.partner_id, array['support', 'finance', 'admin']::public.staff_role[],
            'A partner says that a change of their account was not theirs. Payouts are frozen and all sessions ended: speak to them'
            ' over an address or number from before the change.'
        );
    end if;
    perform set_config('siso.turn', 'now', true);
    delete from auth.sessions as session
    where session.user_id::text in (
        select identity.subject from private.auth_identities as identity
        where identity.issuer = 'supabase' and identity.partner_id = notice.partner_id
    );
    get diagnostics ended = row_count;
    perform set_config('siso.turn', '', true);
    perform private.emit(
        'session.revoked', 'partner', notice.partner_id, notice.partner_id, null,
        jsonb_build_object('sessions', ended, 'by', 'not_me')
    );
end;
$$;

create function public.report_not_me(token text) returns void
language sql volatile set search_path = '' as $$
    select private.report_not_me(token);
$$;
