-- What Elite partners ask for and vote on, and how it is answered.

-- Answers a custom deal or a partnership request. An accepted custom deal may name the rate that was agreed: it becomes a negotiated
-- rate in the same transaction (A-58), under all rules of grant_rate_override.
create function private.decide_request(wanted uuid, decision public.request_status, words text, rate integer) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    staff uuid := private.require_staff('admin');
    deal public.custom_deals;
    asked public.partnership_requests;
    owner uuid;
    was public.request_status;
    answer text;
begin
    select * into deal from public.custom_deals as known where known.id = wanted for update;
    select * into asked from public.partnership_requests as known where known.id = wanted for update;
    owner := coalesce(deal.partner_id, asked.partner_id);
    was := coalesce(deal.status, asked.status);
    if owner is null then
        perform private.no_such('request', 'request_id');
    end if;
    if decision is null or decision not in ('in_review', 'accepted', 'declined') then
        perform private.fail('22023', 'Take it up, accept or decline it.', 'one_of', 'decision', null, 'in_review, accepted, declined');
    end if;
    perform private.require_others_affair(owner);
    if rate is not null and (deal.id is null or decision <> 'accepted') then
        perform private.fail('22023', 'Only an accepted custom deal has a rate.', 'unknown_field', 'rate');
    end if;
    if decision = 'in_review' then
        answer := private.text_field(words, 'answer', 0, 2000);
    else
        answer := private.reason_text(words, 'answer');
    end if;
    if was <> decision then
        if was not in ('open', 'in_review') then
            perform private.fail('PT409', 'This request is decided.', 'wrong_state', 'request_id', null, was::text);
        end if;
        if rate is not null then
            perform private.grant_rate_override(owner, deal.lead_id, rate, null, null, null, null, left(answer, 500), wanted);
        end if;
        update public.custom_deals as known set status = decision, decision = answer, decided_by = staff, decided_at = private.now()
        where known.id = deal.id;
        update public.partnership_requests as known
        set status = decision, answer = answer, answered_by = staff, answered_at = private.now()
        where known.id = asked.id;
        perform private.emit(
            'request.' || decision, case when deal.id is not null then 'custom_deal' else 'partnership_request' end, wanted, owner,
            jsonb_build_object('status', was), jsonb_build_object('status', decision, 'rate', rate, 'staff_id', staff)
        );
        perform private.notify(
            owner, 'account',
            case decision
                when 'accepted' then 'Your request is accepted' when 'declined' then 'Your request is declined'
                else 'Your request is being looked at'
            end,
            coalesce(left(answer, 500), 'You will hear from us.'), '/partner/support'
        );
    end if;
    return jsonb_build_object('id', wanted, 'status', decision);
end;
$$;

create function private.withdraw_request(wanted uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
    was public.request_status;
begin
    select found.status into was from (
        select id, status from public.custom_deals where partner_id = mine
        union all
        select id, status from public.partnership_requests where partner_id = mine
    ) as found where found.id = wanted;
    if was is null then
        perform private.no_such('request', 'request_id');
    end if;
    update public.custom_deals set status = 'withdrawn', decided_at = private.now()
    where id = wanted and partner_id = mine and status in ('open', 'in_review');
    if not found then
        update public.partnership_requests set status = 'withdrawn', answered_at = private.now()
        where id = wanted and partner_id = mine and status in ('open', 'in_review');
    end if;
    if found then
        perform private.emit(
            'request.withdrawn', 'request', wanted, mine, jsonb_build_object('status', was), jsonb_build_object('status', 'withdrawn')
        );
    elsif was <> 'withdrawn' then
        perform private.fail('PT409', 'This request is decided.', 'wrong_state', 'request_id', null, was::text);
    end if;
    return jsonb_build_object('id', wanted, 'status', 'withdrawn');
end;
$$;

-- A topic of the council. Once somebody has voted, its words stay; only its end may move, which also opens it again.
create function private.save_topic(wanted uuid, heading text, words text, ends timestamptz) returns public.council_topics
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    before public.council_topics;
    topic public.council_topics;
begin
    topic.id := private.id_field(wanted);
    topic.title := private.text_field(heading, 'title', 3, 200);
    topic.body := private.text_field(words, 'body', 3, 10000);
    topic.closes_at := private.time_field(ends, 'closes_at');
    select * into before from public.council_topics where id = topic.id for update;
    if (before.title, before.body, before.closes_at) is not distinct from (topic.title, topic.body, topic.closes_at) then
        return before;
    end if;
    if topic.closes_at <= private.now() then
        perform private.fail('22023', 'The vote ends in the future.', 'future', 'closes_at', 'To end it now call close_topic.');
    end if;
    if before.result is not null then
        perform private.fail('PT409', 'This topic has its result.', 'over', 'id');
    end if;
    if (before.title, before.body) is distinct from (topic.title, topic.body)
        and exists (select from public.council_votes where topic_id = topic.id)
    then
        perform private.fail('PT409', 'Somebody has voted on these words.', 'fixed', 'body', 'Open another topic.');
    end if;
    insert into public.council_topics (id, title, body, closes_at) values (topic.id, topic.title, topic.body, topic.closes_at)
    on conflict (id) do update set title = excluded.title, body = excluded.body, closes_at = excluded.closes_at
    returning * into topic;
    perform private.emit(
        'council.topic_saved', 'council_topic', wanted, null, jsonb_build_object('closes_at', before.closes_at),
        jsonb_build_object('closes_at', topic.closes_at, 'staff_id', staff)
    );
    return topic;
end;
$$;

create function private.close_topic(wanted uuid, words text) returns public.council_topics
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    topic public.council_topics;
    told text := private.reason_text(words, 'result');
begin
    select * into topic from public.council_topics where id = wanted for update;
    if not found then
        perform private.no_such('topic', 'topic_id');
    end if;
    if topic.result is distinct from told then
        update public.council_topics set closes_at = least(closes_at, private.now()), result = told where id = wanted
        returning * into topic;
        perform private.emit('council.topic_closed', 'council_topic', wanted, null, null, jsonb_build_object('staff_id', staff));
        perform private.notify(vote.partner_id, 'account', 'The council''s result', left(topic.title, 200), '/partner/tier-progression')
        from public.council_votes as vote where vote.topic_id = wanted;
    end if;
    return topic;
end;
$$;

-- How a vote went: for the council once it is over, for admins at any time. Who voted how is nobody's to see.
create function private.council_result(wanted uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    topic public.council_topics;
    is_admin boolean := private.my_roles() && array['admin', 'owner']::public.staff_role[];
begin
    if not is_admin and (not private.has_access() or private.my_tier() < 'elite') then
        perform private.fail('42501', 'The council is for Elite tier.', 'tier', null, null, 'elite');
    end if;
    select * into topic from public.council_topics where id = wanted;
    if not found then
        perform private.no_such('topic', 'topic_id');
    end if;
    if topic.closes_at > private.now() and not is_admin then
        perform private.fail('PT409', 'This vote is still open.', 'not_over', 'topic_id');
    end if;
    return (
        select jsonb_build_object(
            'topic_id', wanted, 'closes_at', topic.closes_at, 'result', topic.result, 'in_favour', count(*) filter (where vote = 1),
            'against', count(*) filter (where vote = -1), 'abstained', count(*) filter (where vote = 0)
        )
        from public.council_votes where topic_id = wanted
    );
end;
$$;

create function public.decide_request(
    request_id uuid, decision public.request_status, answer text default null, rate integer default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select private.decide_request(request_id, decision, answer, rate);
$$;
create function public.withdraw_request(request_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select private.withdraw_request(request_id);
$$;
create function public.save_topic(id uuid, title text, body text, closes_at timestamptz) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.save_topic(id, title, body, closes_at) as saved;
$$;
create function public.close_topic(topic_id uuid, result text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.close_topic(topic_id, result) as saved;
$$;
create function public.council_result(topic_id uuid) returns jsonb
language sql stable set search_path = '' as $$
    select private.council_result(topic_id);
$$;
