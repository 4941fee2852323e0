-- Attribution claims (F-18): every partner, a suspended or former one too, can say in the app that a client, a deal or an amount
-- is attributed wrongly; gets an answer with a reason within five business days; and may appeal once.

create type public.claim_state as enum ('open', 'info', 'accepted', 'rejected'); -- info: we asked the partner something

create table public.attribution_claims (
    id uuid primary key default gen_random_uuid(), -- made by the client, so that sending twice opens one claim
    partner_id uuid not null references public.partners,
    about text not null check (about in ('lead', 'deal', 'commission', 'other')),
    lead_id uuid references public.leads,
    deal_id uuid references public.deals,
    commission_id uuid references public.commissions,
    subject text check (length(subject) <= 200), -- for 'other': the client or deal as the partner knows it
    reason text not null check (length(btrim(reason)) between 10 and 5000),
    state public.claim_state not null default 'open',
    due_at timestamptz not null, -- five business days
    escalated_at timestamptz,
    decision_reason text check (length(decision_reason) between 1 and 5000),
    decided_by uuid references public.staff_members,
    decided_at timestamptz,
    -- What an accepted claim leads to. Money is proposed, approved by a second person, and its first line named here.
    resolution text check (resolution in ('none', 'adjustment', 'reattribution')),
    resolution_amount bigint check (resolution_amount > 0), -- minor units
    resolution_currency char(3) references public.payout_minimums,
    resolved_commission_id uuid references public.commissions,
    appeal_of uuid unique references public.attribution_claims, -- one appeal at most
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now(),
    constraint one_subject check (
        (about = 'lead') = (lead_id is not null) and (about = 'deal') = (deal_id is not null)
        and (about = 'commission') = (commission_id is not null) and (about <> 'other' or subject is not null)
    ),
    constraint decided_with_reason check (
        (state in ('accepted', 'rejected')) = (decided_at is not null and decided_by is not null and decision_reason is not null)
    ),
    constraint accepted_with_resolution check ((state = 'accepted') = (resolution is not null)),
    constraint adjustment_has_amount check (
        coalesce(resolution = 'adjustment', false) = (resolution_amount is not null and resolution_currency is not null)
    )
);

create index on public.attribution_claims (partner_id, created_at desc);
create index on public.attribution_claims (lead_id);
create index on public.attribution_claims (deal_id);
create index on public.attribution_claims (commission_id);
create index on public.attribution_claims (decided_by);
create index on public.attribution_claims (resolution_currency);
create index on public.attribution_claims (resolved_commission_id);
create index claims_due on public.attribution_claims (due_at) where state in ('open', 'info');

create trigger touch_updated_at before update on public.attribution_claims
for each row execute function private.touch_updated_at();

-- The timeline: what either side adds, with or without a file. The row comes first and allows the upload.
create table public.claim_evidence (
    id uuid primary key default gen_random_uuid(),
    claim_id uuid not null references public.attribution_claims,
    added_by_partner uuid references public.partners,
    added_by_staff uuid references public.staff_members,
    note text check (length(note) between 1 and 5000),
    file_name text check (length(file_name) between 1 and 200 and file_name !~ '[/\\[:cntrl:]]'),
    mime_type text check (mime_type ~ '^[a-z]+/[a-z0-9.+-]{1,100}$'),
    size_bytes bigint check (size_bytes between 1 and 26214400),
    path text generated always as (case when file_name is not null then claim_id::text || '/' || id::text end) stored unique,
    created_at timestamptz not null default private.now(),
    constraint one_author check (num_nonnulls(added_by_partner, added_by_staff) = 1),
    constraint says_something check (num_nonnulls(note, file_name) > 0),
    constraint whole_file check (num_nonnulls(file_name, mime_type, size_bytes) in (0, 3))
);

create index on public.claim_evidence (claim_id, created_at);
create index on public.claim_evidence (added_by_partner);
create index on public.claim_evidence (added_by_staff);

create trigger append_only before update or delete or truncate on public.claim_evidence
for each statement execute function private.keep_as_written();

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values (
    'claim-files', 'claim-files', false, 26214400,
    array['image/png', 'image/jpeg', 'image/webp', 'application/pdf', 'text/plain', 'text/csv', 'message/rfc822']
) on conflict (id) do nothing;

create function private.open_claim(
    wanted uuid, kind text, thing uuid, known_as text, why text, appealed uuid default null
) returns public.attribution_claims
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.me();
    claim public.attribution_claims;
begin
    if mine is null then
        perform private.fail('42501', 'Only partners have claims.', 'partner_only');
    end if;
    if wanted is null then
        perform private.fail('22023', 'A claim needs an id.', 'required', 'id');
    end if;
    select * into claim from public.attribution_claims where id = wanted and partner_id = mine;
    if found then
        return claim; -- a phone may repeat itself
    end if;
    if coalesce(kind, '') not in ('lead', 'deal', 'commission', 'other') then
        perform private.fail(
            '22023', 'A claim is about a lead, a deal, a commission or something else.', 'one_of', 'about', null,
            'lead, deal, commission, other'
        );
    end if;
    if length(btrim(coalesce(why, ''))) not between 10 and 5000 then
        perform private.fail('22023', 'Say what is wrong (10 to 5,000 characters).', 'length', 'reason', null, '10 to 5000');
    end if;
    if kind = 'other' and (thing is not null or length(btrim(coalesce(known_as, ''))) not between 1 and 200) then
        perform private.fail('22023', 'Name the client or the deal (up to 200 characters).', 'length', 'subject', null, '200');
    end if;
    if kind <> 'other' and not (
        (kind = 'lead' and exists (select from public.leads where id = thing and partner_id = mine))
        or (kind = 'deal' and exists (select from public.deals where id = thing and partner_id = mine))
        or (kind = 'commission' and exists (select from public.commissions where id = thing and partner_id = mine))
    ) then
        perform private.fail('PT404', 'This is none of yours.', 'not_found', 'subject_id', 'Choose "other" and name it.');
    end if;
    if kind = 'commission' and appealed is null and exists (
        select from public.commissions where id = thing and created_at < private.now() - interval '60 days'
    ) then
        perform private.fail('PT409', 'A line can be disputed for 60 days.', 'too_late', 'subject_id', null, '60 days');
    end if;
    if (select count(*) from public.attribution_claims where partner_id = mine and state in ('open', 'info')) >= 20 then
        perform private.fail('PT409', 'Twenty claims are open already.', 'max_items', null, null, '20');
    end if;
    insert into public.attribution_claims (id, partner_id, about, lead_id, deal_id, commission_id, subject, reason, appeal_of, due_at)
    values (
        wanted, mine, kind, case when kind = 'lead' then thing end, case when kind = 'deal' then thing end,
        case when kind = 'commission' then thing end, nullif(btrim(known_as), ''), btrim(why), appealed,
        private.in_business_days(5)
    )
    returning * into claim;
    perform private.emit(
        case when appealed is null then 'claim.opened' else 'claim.appealed' end, 'claim', claim.id, mine, null,
        jsonb_build_object('about', kind, 'due_at', claim.due_at, 'appeal_of', appealed)
    );
    return claim;
end;
$$;

create function public.open_claim(id uuid, about text, reason text, subject_id uuid default null, subject text default null) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(claim) from private.open_claim(id, about, subject_id, subject, reason) as claim;
$$;

create function private.appeal_claim(wanted uuid, first uuid, why text) returns public.attribution_claims
language plpgsql volatile security definer set search_path = '' as $$
declare
    decided public.attribution_claims;
    appeal public.attribution_claims;
begin
    select * into decided from public.attribution_claims where id = first and partner_id = private.me() for update;
    if not found then
        perform private.fail('PT404', 'There is no such claim.', 'not_found', 'claim_id');
    end if;
    select * into appeal from public.attribution_claims where appeal_of = first;
    if appeal.id = wanted then
        return appeal;
    end if;
    if appeal.id is not null or decided.appeal_of is not null then
        perform private.fail('PT409', 'A claim can be appealed once.', 'one_appeal', 'claim_id');
    end if;
    if decided.state <> 'rejected' then
        perform private.fail('PT409', 'Only a rejected claim can be appealed.', 'wrong_state', 'claim_id');
    end if;
    return private.open_claim(
        wanted, decided.about, coalesce(decided.lead_id, decided.deal_id, decided.commission_id), decided.subject, why, first
    );
end;
$$;

create function public.appeal_claim(id uuid, claim_id uuid, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(claim) from private.appeal_claim(id, claim_id, reason) as claim;
$$;

-- Adds to the timeline of an open claim: the partner, or staff. A partner's answer to a question opens the claim again.
create function private.add_claim_evidence(
    wanted uuid, claim uuid, remark text, name text, kind text, size bigint
) returns public.claim_evidence
language plpgsql volatile security definer set search_path = '' as $$
declare
    target public.attribution_claims;
    made public.claim_evidence;
    staff uuid;
begin
    select * into target from public.attribution_claims where id = claim for update;
    if target.id is null or target.partner_id is distinct from private.me() then
        staff := private.require_staff('support', 'finance', 'admin');
        if target.id is null then
            perform private.fail('PT404', 'There is no such claim.', 'not_found', 'claim_id');
        end if;
    end if;
    if wanted is null then
        perform private.fail('22023', 'Evidence needs an id.', 'required', 'id');
    end if;
    select * into made from public.claim_evidence where id = wanted and claim_id = target.id;
    if found then
        return made;
    end if;
    if target.state not in ('open', 'info') then
        perform private.fail('PT409', 'This claim has been decided.', 'wrong_state', 'claim_id');
    end if;
    if (select count(*) from public.claim_evidence where claim_id = target.id) >= 50 then
        perform private.fail('PT409', 'At most 50 entries.', 'max_items', null, null, '50');
    end if;
    if coalesce(btrim(remark), '') = '' and name is null then
        perform private.fail('22023', 'Write a note or name a file.', 'required', 'note');
    end if;
    if length(btrim(remark)) > 5000 then
        perform private.fail('22023', 'At most 5,000 characters.', 'length', 'note', null, '5000');
    end if;
    if num_nonnulls(name, kind, size) not in (0, 3) then
        perform private.fail('22023', 'A file has a name, a type and a size.', 'whole_file', 'file_name');
    end if;
    if length(name) not between 1 and 200 or name ~ '[/\\[:cntrl:]]' then
        perform private.fail('22023', 'A file name has 1 to 200 characters and no slash.', 'length', 'file_name', null, '200');
    end if;
    if kind !~ '^[a-z]+/[a-z0-9.+-]{1,100}$' then
        perform private.fail('22023', 'This type of file is not known.', 'unknown', 'mime_type', 'For instance application/pdf.');
    end if;
    if size not between 1 and 26214400 then
        perform private.fail('22023', 'A file has up to 25 MB.', 'range', 'size_bytes', null, '26214400');
    end if;
    insert into public.claim_evidence (id, claim_id, added_by_partner, added_by_staff, note, file_name, mime_type, size_bytes)
    values (wanted, target.id, case when staff is null then target.partner_id end, staff, nullif(btrim(remark), ''), name, kind, size)
    returning * into made;
    if staff is null and target.state = 'info' then
        update public.attribution_claims
        set state = 'open', due_at = greatest(due_at, private.now() + interval '3 days')
        where id = target.id;
    end if;
    perform private.emit('claim.evidence_added', 'claim', target.id, target.partner_id, null, jsonb_build_object('evidence_id', made.id));
    perform private.hint(target.partner_id, 'claim.changed', target.id);
    return made;
end;
$$;

create function public.add_claim_evidence(
    id uuid, claim_id uuid, note text default null, file_name text default null, mime_type text default null,
    size_bytes bigint default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(evidence) from private.add_claim_evidence(id, claim_id, note, file_name, mime_type, size_bytes) as evidence;
$$;

-- Staff ask the partner something.
create function private.ask_about_claim(claim uuid, question text) returns public.attribution_claims
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('support', 'finance', 'admin');
    asked public.attribution_claims;
begin
    if length(btrim(coalesce(question, ''))) not between 1 and 5000 then
        perform private.fail('22023', 'Write the question.', 'length', 'question', null, '5000');
    end if;
    update public.attribution_claims set state = 'info' where id = claim and state in ('open', 'info') returning * into asked;
    if asked.id is null then
        perform private.fail('PT409', 'There is no such open claim.', 'wrong_state', 'claim_id');
    end if;
    insert into public.claim_evidence (claim_id, added_by_staff, note) values (claim, staff, btrim(question));
    perform private.emit('claim.info_requested', 'claim', claim, asked.partner_id, null, jsonb_build_object('staff_id', staff));
    perform private.notify(
        asked.partner_id, 'account', 'A question about your claim', left(btrim(question), 500), '/partner/claims/' || claim::text
    );
    perform private.hint(asked.partner_id, 'claim.changed', claim);
    return asked;
end;
$$;

create function public.ask_about_claim(claim_id uuid, question text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(claim) from private.ask_about_claim(claim_id, question) as claim;
$$;

create function private.decide_claim(
    wanted uuid, decision text, why text, outcome text, amount bigint, wanted_currency text, target uuid
) returns public.attribution_claims
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('support', 'finance', 'admin');
    claim public.attribution_claims;
begin
    select * into claim from public.attribution_claims where id = wanted for update;
    if claim.id is null then
        perform private.fail('PT404', 'There is no such claim.', 'not_found', 'claim_id');
    end if;
    perform private.require_others_affair(claim.partner_id);
    if coalesce(decision, '') not in ('accepted', 'rejected') then
        perform private.fail('22023', 'The decision is accepted or rejected.', 'one_of', 'decision', null, 'accepted, rejected');
    end if;
    if claim.state::text = decision then
        return claim;
    end if;
    if claim.state not in ('open', 'info') then
        perform private.fail('PT409', 'This claim has been decided.', 'wrong_state', 'claim_id');
    end if;
    if private.decided_before(claim) then
        perform private.fail('42501', 'An appeal is decided by somebody else.', 'four_eyes');
    end if;
    if length(btrim(coalesce(why, ''))) not between 1 and 5000 then
        perform private.fail('22023', 'Give the reason; the partner reads it.', 'required', 'reason', null, '5000');
    end if;
    if decision = 'rejected' and num_nonnulls(outcome, amount, target) > 0 then
        perform private.fail('22023', 'A rejected claim resolves nothing.', 'no_resolution', 'resolution');
    end if;
    if decision = 'accepted' then
        if coalesce(outcome, '') not in ('none', 'adjustment', 'reattribution') then
            perform private.fail(
                '22023', 'Say what follows.', 'one_of', 'resolution', null, 'none, adjustment, reattribution'
            );
        end if;
        if (outcome = 'adjustment') <> (amount is not null and amount > 0 and wanted_currency is not null) then
            perform private.fail('22023', 'An adjustment, and only that, has an amount and a currency.', 'amount', 'amount');
        end if;
        target := case when outcome = 'reattribution' then
            coalesce(target, claim.lead_id, (select lead_id from public.deals where id = claim.deal_id)) else target end;
        if (outcome = 'reattribution') <> (target is not null) then
            perform private.fail('22023', 'A reattribution, and only that, names a lead.', 'target', 'lead_id');
        end if;
        if outcome = 'adjustment' then
            perform private.require_staff('finance', 'admin');
            if not exists (select from public.payout_minimums where currency = wanted_currency) then
                perform private.fail('22023', 'This currency is not supported.', 'unknown_currency', 'currency');
            end if;
        end if;
    end if;
    update public.attribution_claims
    set
        state = decision::public.claim_state, decision_reason = btrim(why), decided_by = staff, decided_at = private.now(),
        resolution = outcome, resolution_amount = amount, resolution_currency = case when outcome = 'adjustment' then wanted_currency end
    where id = wanted
    returning * into claim;
    perform private.apply_claim(claim, target, staff);
    perform private.emit(
        'claim.' || decision, 'claim', claim.id, claim.partner_id, jsonb_build_object('state', 'open'),
        jsonb_build_object(
            'state', claim.state, 'staff_id', staff, 'resolution', outcome, 'amount', amount, 'currency', claim.resolution_currency,
            'lead_id', claim.lead_id, 'deal_id', claim.deal_id, 'commission_id', claim.commission_id
        )
    );
    perform private.notify(
        claim.partner_id, 'account', 'Your claim was ' || decision, left(claim.decision_reason, 500), '/partner/claims/' || claim.id::text
    );
    perform private.hint(claim.partner_id, 'claim.changed', claim.id);
    return claim;
end;
$$;

create function public.decide_claim(
    claim_id uuid, decision text, reason text, resolution text default null, amount bigint default null, currency text default null,
    lead_id uuid default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(claim) from private.decide_claim(claim_id, decision, reason, resolution, amount, currency, lead_id) as claim;
$$;
