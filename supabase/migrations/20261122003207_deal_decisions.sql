-- What staff and partners do with the case of a deal.

-- Other deals that name the same client, newest first: who won them, and by what they are the same.
create function private.same_client_deals(wanted uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'reference', other.reference, 'partner_id', other.partner_id, 'status', other.status, 'value', other.claimed_value,
        'currency', other.currency, 'won_at', other.won_at, 'same', private.match_kinds(mine, theirs)
    ) order by other.won_at desc), '[]')
    from public.deals as deal
    join public.leads as mine on mine.id = deal.lead_id
    join public.leads as theirs on theirs.id <> mine.id and (
        theirs.normalised_email = mine.normalised_email or theirs.normalised_phone = mine.normalised_phone
        or theirs.email_domain = mine.email_domain or theirs.normalised_company = mine.normalised_company
    )
    join public.deals as other on other.lead_id = theirs.id
    where deal.id = wanted;
$$;

-- The queue, the most urgent first; deals that the reader profits from are shown and marked, for somebody else to decide.
create function private.deal_queue(waiting boolean, most integer) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
    perform private.require_staff('support', 'finance', 'admin');
    return (
        select coalesce(jsonb_agg(to_jsonb(shown) order by shown.due_at nulls last, shown.opened_at), '[]')
        from (
            select
                pending.id as case_id, deal.reference, partner.id as partner_id, partner.name as partner, deal.tier_at_win as tier,
                lead.company_name as client, deal.claimed_value, deal.contracted_value, deal.currency, deal.won_at,
                coalesce(cash.received, 0) as received, coalesce(cash.payments, 0) as payments,
                deal.flags, pending.concerns, private.same_client_deals(deal.id) as same_client,
                pending.state, pending.question, pending.created_at as opened_at, pending.due_at,
                pending.due_at < private.now() as late,
                private.is_own_affair(deal.partner_id, deal.leader_id, deal.recruiter_id) as own_affair,
                (
                    select coalesce(jsonb_agg(jsonb_build_object(
                        'by', case when entry.added_by_partner is null then 'staff' else 'partner' end,
                        'note', entry.note, 'path', entry.path, 'at', entry.created_at
                    ) order by entry.created_at, entry.id), '[]')
                    from public.deal_evidence as entry where entry.deal_id = deal.id
                ) as evidence
            from public.deal_cases as pending
            join public.deals as deal on deal.id = pending.deal_id
            join public.partners as partner on partner.id = deal.partner_id
            join public.leads as lead on lead.id = deal.lead_id
            left join lateral (
                select sum(payment.amount) as received, count(*) as payments
                from public.client_payments as payment where payment.deal_id = deal.id
            ) as cash on true
            where pending.state = 'open' or (pending.state = 'info' and coalesce(waiting, false))
            order by pending.due_at nulls last, pending.created_at
            limit least(greatest(coalesce(most, 50), 1), 200)
        ) as shown
    );
end;
$$;

create function public.deal_queue(include_waiting boolean default false, max_rows integer default 50) returns jsonb
language sql stable set search_path = '' as $$
    select private.deal_queue(include_waiting, max_rows);
$$;

-- The deal, locked, for a decision of the caller, who does not profit from it.
create function private.deal_to_decide(wanted_reference text) returns public.deals
language plpgsql volatile security definer set search_path = '' as $$
declare
    deal public.deals;
begin
    select * into deal from public.deals where reference = wanted_reference for update;
    if not found then
        perform private.fail('PT404', 'There is no such deal.', 'not_found', 'reference');
    end if;
    perform private.require_others_affair(deal.partner_id, deal.leader_id, deal.recruiter_id);
    perform private.lock_deal_partners(deal);
    return deal;
end;
$$;

-- Sends the case back to the partner with a question; the clock stands until they answer.
create function private.ask_about_deal(wanted_reference text, asked text) returns public.deal_cases
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('support', 'finance', 'admin');
    deal public.deals := private.deal_to_decide(wanted_reference);
    said text := private.reason_text(asked, 'question');
    pending public.deal_cases;
begin
    update public.deal_cases set state = 'info', question = said, due_at = null
    where deal_id = deal.id and state <> 'decided'
    returning * into pending;
    if pending.id is null then
        perform private.fail('PT409', 'Only a claimed deal has a case.', 'wrong_state', 'reference');
    end if;
    insert into public.deal_evidence (deal_id, added_by_staff, note) values (deal.id, staff, said);
    perform private.emit(
        'deal.asked', 'deal', deal.id, deal.partner_id, jsonb_build_object('state', 'open'),
        jsonb_build_object('state', 'info', 'staff_id', staff, 'case_id', pending.id)
    );
    perform private.notify(
        deal.partner_id, 'account', 'A question about deal ' || deal.reference, left(said, 500), '/partner/earnings'
    );
    perform private.hint(deal.partner_id, 'deal.changed', deal.id);
    return pending;
end;
$$;

create function public.ask_about_deal(reference text, question text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(pending) from private.ask_about_deal(reference, question) as pending;
$$;

-- Adds to the timeline of one's own deal while it is not decided; an answer to a question puts the case back into the queue.
create function private.add_deal_evidence(wanted uuid, wanted_deal uuid, remark text, file text) returns public.deal_evidence
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.me(); -- of any status: the deal is their money (F-17)
    deal public.deals;
    made public.deal_evidence;
begin
    if mine is null then
        perform private.fail('42501', 'Only partners have deals.', 'partner_only');
    end if;
    select * into deal from public.deals where id = wanted_deal and partner_id = mine for update;
    if not found then
        perform private.fail('PT404', 'There is no such deal.', 'not_found', 'deal_id');
    end if;
    if wanted is null then
        perform private.fail('22023', 'Evidence needs an id.', 'required', 'id');
    end if;
    select * into made from public.deal_evidence where id = wanted and deal_id = deal.id;
    if found then
        return made; -- a phone may repeat itself
    end if;
    if deal.status <> 'claimed' then
        perform private.fail('PT409', 'This deal has been decided.', 'wrong_state', 'deal_id', 'Open a claim if the decision is wrong.');
    end if;
    if length(btrim(coalesce(remark, ''))) > 5000 or (file is null and coalesce(btrim(remark), '') = '') then
        perform private.fail('22023', 'Write a note (up to 5,000 characters) or name a file.', 'length', 'note', null, '5000');
    end if;
    if file is not null and not exists (
        select from storage.objects where bucket_id = 'deal-evidence' and name = file and name like mine::text || '/%'
    ) then
        perform private.fail('22023', 'Upload the file to your own folder first.', 'path', 'path');
    end if;
    if (select count(*) from public.deal_evidence where deal_id = deal.id) >= 50 then
        perform private.fail('PT409', 'At most 50 entries.', 'max_items', null, null, '50');
    end if;
    insert into public.deal_evidence (id, deal_id, added_by_partner, note, path)
    values (wanted, deal.id, mine, nullif(btrim(remark), ''), file)
    returning * into made;
    update public.deal_cases set state = 'open', due_at = private.in_business_days(2) where deal_id = deal.id and state = 'info';
    perform private.emit('deal.evidence_added', 'deal', deal.id, mine, null, jsonb_build_object('evidence_id', made.id));
    perform private.hint(mine, 'deal.changed', deal.id);
    return made;
end;
$$;

create function public.add_deal_evidence(id uuid, deal_id uuid, note text default null, path text default null) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(evidence) from private.add_deal_evidence(id, deal_id, note, path) as evidence;
$$;

-- Says no to a claimed deal, with a reason that the partner reads. What the client's payments brought is reversed.
create function private.reject_deal(wanted_reference text, why text) returns public.deals
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('support', 'finance', 'admin');
    deal public.deals := private.deal_to_decide(wanted_reference);
    reason text := private.reason_text(why);
begin
    if deal.status = 'rejected' then
        return deal;
    end if;
    if deal.status <> 'claimed' then
        perform private.fail('PT409', 'Only a claimed deal can be rejected.', 'wrong_state', 'reference');
    end if;
    if exists (select from public.client_payments where deal_id = deal.id) then
        perform private.require_staff('finance', 'admin');
    end if;
    update public.deals set status = 'rejected', rejected_reason = reason where id = deal.id returning * into deal;
    perform private.rebook(deal.id);
    perform private.emit(
        'deal.rejected', 'deal', deal.id, deal.partner_id,
        jsonb_build_object('status', 'claimed'), jsonb_build_object('status', 'rejected', 'staff_id', staff)
    );
    perform private.notify(
        deal.partner_id, 'commission', 'Deal ' || deal.reference || ' was not confirmed', left(reason, 500), '/partner/earnings'
    );
    perform private.hint(deal.partner_id, 'earnings.changed', deal.id);
    return deal;
end;
$$;

create function public.reject_deal(reference text, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(deal) from private.reject_deal(reference, reason) as deal;
$$;

-- Opens a rejected deal again: the rejection was a mistake, or an appeal was granted. Nothing is paid by that alone.
create function private.reopen_deal(wanted_reference text, why text) returns public.deals
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin', 'finance');
    deal public.deals := private.deal_to_decide(wanted_reference);
    reason text := private.reason_text(why);
begin
    if deal.status <> 'rejected' then
        perform private.fail('PT409', 'Only a rejected deal can be opened again.', 'wrong_state', 'reference');
    end if;
    update public.deals set status = 'claimed', rejected_reason = null where id = deal.id returning * into deal;
    perform private.expect_commission(deal.id);
    -- What the client has paid counts again; it clears once the deal is verified.
    perform private.rebook(deal.id);
    perform private.emit(
        'deal.reopened', 'deal', deal.id, deal.partner_id, jsonb_build_object('status', 'rejected'),
        jsonb_build_object('status', 'claimed', 'staff_id', staff, 'reason', reason)
    );
    perform private.notify(
        deal.partner_id, 'account', 'Deal ' || deal.reference || ' is looked at again', left(reason, 500), '/partner/earnings'
    );
    perform private.hint(deal.partner_id, 'earnings.changed', deal.id);
    return deal;
end;
$$;

create function public.reopen_deal(reference text, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(deal) from private.reopen_deal(reference, reason) as deal;
$$;

-- A missed date is said once, to the desk and to the partner (F-09).
create function private.escalate_deal_cases() returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
    pending record;
    late integer := 0;
begin
    for pending in
        update public.deal_cases as known set escalated_at = private.now()
        from public.deals as deal
        where deal.id = known.deal_id and known.state = 'open' and known.due_at < private.now() and known.escalated_at is null
        returning known.id, known.partner_id, known.due_at, deal.id as deal_id, deal.reference
    loop
        late := late + 1;
        perform private.emit('deal.overdue', 'deal', pending.deal_id, pending.partner_id, null, jsonb_build_object('due_at', pending.due_at));
        perform private.tell_staff(
            'deal.overdue', pending.id, pending.partner_id, array['support', 'finance', 'admin']::public.staff_role[],
            'Deal ' || pending.reference || ' should have been decided.'
        );
        perform private.notify(
            pending.partner_id, 'account', 'We are late with deal ' || pending.reference,
            'We have not decided in time. It was passed on to be decided now.', '/partner/earnings'
        );
    end loop;
    return late;
end;
$$;

select cron.schedule('escalate-deal-cases', '17 * * * *', 'select private.escalate_deal_cases()');
