-- Support: tickets with clocks that run in business hours (F-34), and questions with answers.

create type public.ticket_priority as enum ('low', 'medium', 'high', 'urgent');
create type public.ticket_status as enum ('open', 'in_progress', 'waiting', 'resolved', 'closed');

-- When SISO's support works: hours per weekday in one time zone, and days off.
create table public.business_calendar (
    weekday smallint primary key check (weekday between 1 and 7), -- ISO: Monday is 1
    opens time not null,
    closes time not null,
    timezone text not null default 'America/New_York',
    check (opens < closes)
);

create table public.business_holidays (
    day date primary key,
    name text not null
);

insert into public.business_calendar (weekday, opens, closes)
select weekday, time '09:00', time '18:00' from generate_series(1, 5) as weekday;

-- Adds business time to an instant: 4 hours on Friday at 16:00 end on Monday at 11:00.
create function private.add_business_time(since timestamptz, span interval) returns timestamptz
language plpgsql stable security definer set search_path = '' as $$
declare
    left_over interval := span;
    hours public.business_calendar;
    zone text := (select min(timezone) from public.business_calendar);
    at_local timestamp := since at time zone zone;
    this_day date := (since at time zone zone)::date;
    begins timestamp;
    ends timestamp;
begin
    if zone is null then
        return since + span; -- no calendar: the clock runs always
    end if;
    for step in 0 .. 370 loop
        select * into hours from public.business_calendar where weekday = extract(isodow from this_day)::smallint;
        if hours.weekday is not null and not exists (select from public.business_holidays as holiday where holiday.day = this_day) then
            begins := greatest(this_day + hours.opens, at_local);
            ends := this_day + hours.closes;
            if begins < ends then
                if ends - begins >= left_over then
                    return (begins + left_over) at time zone zone;
                end if;
                left_over := left_over - (ends - begins);
            end if;
        end if;
        this_day := this_day + 1;
    end loop;
    return since + span;
end;
$$;

-- What each tier is promised: first answer and solution, in business time; support queue ("founder line" is a queue, A-43).
create table public.support_levels (
    tier public.partner_tier primary key references public.tier_definitions,
    first_answer interval not null,
    solution interval not null,
    queue text not null default 'support'
);

insert into public.support_levels (tier, first_answer, solution, queue) values
('starter', '9 hours', '45 hours', 'support'),
('active', '4 hours', '27 hours', 'priority'),
('performer', '2 hours', '18 hours', 'account-manager'),
('elite', '1 hour', '9 hours', 'founder');

create table public.support_tickets (
    id uuid primary key default gen_random_uuid(), -- made by the client
    partner_id uuid not null references public.partners,
    subject text not null check (length(btrim(subject)) between 3 and 200),
    priority public.ticket_priority not null default 'medium',
    status public.ticket_status not null default 'open',
    category text not null check (category in ('account', 'leads', 'money', 'training', 'technical', 'other')),
    description text not null check (length(btrim(description)) between 10 and 10000),
    queue text not null,
    assigned_to uuid references public.staff_members,
    answer_due_at timestamptz not null,
    solution_due_at timestamptz not null,
    first_answer_at timestamptz,
    resolved_at timestamptz,
    closed_at timestamptz,
    rating smallint check (rating between 1 and 5),
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now()
);

create index on public.support_tickets (partner_id, created_at desc);
create index on public.support_tickets (assigned_to);
create index support_tickets_open on public.support_tickets (queue, answer_due_at) where status in ('open', 'in_progress', 'waiting');

create trigger touch_updated_at before update on public.support_tickets
for each row execute function private.touch_updated_at();

create table public.ticket_messages (
    id uuid primary key default gen_random_uuid(),
    ticket_id uuid not null references public.support_tickets,
    partner_id uuid references public.partners, -- one of the two wrote it
    staff_id uuid references public.staff_members,
    message text not null check (length(btrim(message)) between 1 and 10000),
    internal boolean not null default false, -- staff only
    created_at timestamptz not null default private.now(),
    check (num_nonnulls(partner_id, staff_id) = 1),
    check (not internal or staff_id is not null)
);

create index on public.ticket_messages (ticket_id, created_at);
create index on public.ticket_messages (partner_id);
create index on public.ticket_messages (staff_id);

create table public.faq_articles (
    id uuid primary key default gen_random_uuid(),
    slug text not null unique check (slug ~ '^[a-z0-9-]{3,80}$'),
    question text not null check (length(question) <= 300),
    answer text not null check (length(answer) <= 20000),
    category text not null,
    tier_requirement public.partner_tier references public.tier_definitions,
    published boolean not null default true,
    archived_at timestamptz,
    helpful_count integer not null default 0, -- caches of faq_votes
    unhelpful_count integer not null default 0,
    search tsvector generated always as (
        setweight(to_tsvector('english', question), 'A') || setweight(to_tsvector('english', answer), 'B')
    ) stored,
    updated_at timestamptz not null default private.now()
);

create index on public.faq_articles using gin (search);
create index on public.faq_articles (tier_requirement);

create table public.faq_votes (
    article_id uuid not null references public.faq_articles,
    partner_id uuid not null references public.partners,
    helpful boolean not null,
    created_at timestamptz not null default private.now(),
    primary key (article_id, partner_id)
);

create index on public.faq_votes (partner_id);

insert into public.faq_articles (slug, question, answer, category) values
('when-am-i-paid', 'When am I paid?',
    'A commission appears when the client has paid. It then clears for 7 to 30 days, depending on your tier at the '
    || 'win. After that it is in your balance, and you can ask for a payout at any time, or wait for the run on '
    || 'Fridays.', 'money'),
('which-rate', 'Which rate applies to my deal?',
    'The rate of your tier at the moment we received your win. It never changes afterwards, also not for later '
    || 'instalments of the same deal.', 'money'),
('why-on-hold', 'Why is a payout waiting?',
    'After a change of your bank account payouts wait for 72 hours. Payouts of 1,000.00 or more are approved by a '
    || 'person first. The line itself says which of the two it is.', 'money'),
('second-factor', 'Why do I need an authenticator app?',
    'Money leaves only with a second factor, so that a stolen password is not enough. Set it up under Settings, Security.', 'account'),
('log-a-lead', 'How do I log a lead?',
    'Open Leads, press the plus button, and enter at least the company. Your lead is protected for 90 days, and '
    || 'longer as long as you work on it.', 'leads');

create function private.open_ticket(
    wanted uuid, about text, kind text, urgency public.ticket_priority, details text
) returns public.support_tickets
language plpgsql volatile security definer set search_path = '' as $$
declare
    ticket public.support_tickets;
    level public.support_levels;
begin
    -- Suspended and former partners may ask, too (F-17).
    if private.me() is null then
        perform private.fail('42501', 'Only partners open tickets.', 'partner_only');
    end if;
    select * into ticket from public.support_tickets where id = wanted;
    if found then
        if ticket.partner_id <> private.me() then
            perform private.fail('23505', 'This id is taken.', 'id_taken', 'id');
        end if;
        return ticket;
    end if;
    if length(btrim(coalesce(about, ''))) not between 3 and 200 then
        perform private.fail('22023', 'A subject has 3 to 200 characters.', 'length', 'subject', null, '200');
    end if;
    if length(btrim(coalesce(details, ''))) not between 10 and 10000 then
        perform private.fail('22023', 'Describe it in 10 to 10,000 characters.', 'length', 'description', null, '10000');
    end if;
    if coalesce(kind, '') not in ('account', 'leads', 'money', 'training', 'technical', 'other') then
        perform private.fail('22023', 'Choose a category.', 'one_of', 'category', null, 'account, leads, money, training, technical, other');
    end if;
    select * into strict level from public.support_levels
    where tier = (select current_tier from public.partners where id = private.me());
    insert into public.support_tickets (id, partner_id, subject, category, priority, description, queue, answer_due_at, solution_due_at)
    values (
        coalesce(wanted, gen_random_uuid()), private.me(), btrim(about), kind, coalesce(urgency, 'medium'), btrim(details), level.queue,
        private.add_business_time(private.now(), level.first_answer), private.add_business_time(private.now(), level.solution)
    ) returning * into ticket;
    perform private.emit('ticket.opened', 'ticket', ticket.id, ticket.partner_id);
    return ticket;
end;
$$;

create function private.answer_ticket(wanted uuid, body text, next public.ticket_status, hidden boolean) returns public.ticket_messages
language plpgsql volatile security definer set search_path = '' as $$
declare
    ticket public.support_tickets;
    said public.ticket_messages;
    staff uuid;
begin
    select * into ticket from public.support_tickets where id = wanted for update;
    if ticket.id is null or (ticket.partner_id is distinct from private.me() and private.my_staff_id() is null) then
        perform private.fail('PT404', 'There is no such ticket.', 'not_found', 'ticket_id');
    end if;
    if length(btrim(coalesce(body, ''))) not between 1 and 10000 then
        perform private.fail('22023', 'Write 1 to 10,000 characters.', 'length', 'message', null, '10000');
    end if;
    if ticket.status = 'closed' then
        perform private.fail('PT409', 'This ticket is closed: open a new one.', 'closed', 'ticket_id');
    end if;
    if ticket.partner_id = private.me() then
        insert into public.ticket_messages (ticket_id, partner_id, message) values (ticket.id, private.me(), btrim(body)) returning * into said;
        update public.support_tickets set status = 'open', resolved_at = null where id = ticket.id and status in ('waiting', 'resolved');
        perform private.emit('ticket.replied', 'ticket', ticket.id, ticket.partner_id);
        return said;
    end if;
    staff := private.require_staff('support', 'admin', 'finance');
    insert into public.ticket_messages (ticket_id, staff_id, message, internal)
    values (ticket.id, staff, btrim(body), coalesce(hidden, false)) returning * into said;
    if not said.internal then
        update public.support_tickets
        set
            first_answer_at = coalesce(first_answer_at, private.now()),
            assigned_to = coalesce(assigned_to, staff),
            status = coalesce(next, 'waiting'),
            resolved_at = case when next in ('resolved', 'closed') then coalesce(resolved_at, private.now()) end,
            closed_at = case when next = 'closed' then private.now() end
        where id = ticket.id;
        perform private.notify(ticket.partner_id, 'message', 'Support has answered', left(ticket.subject, 120), '/partner/support');
    end if;
    perform private.emit('ticket.answered', 'ticket', ticket.id, ticket.partner_id, null, jsonb_build_object('staff_id', staff));
    return said;
end;
$$;

create function private.vote_faq(wanted uuid, useful boolean) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.require_active_partner();
    if not exists (select from public.faq_articles where id = wanted) then
        perform private.fail('PT404', 'There is no such article.', 'not_found', 'article_id');
    end if;
    if useful is null then
        perform private.fail('22023', 'Say whether it helped.', 'required', 'helpful');
    end if;
    insert into public.faq_votes (article_id, partner_id, helpful) values (wanted, private.me(), useful)
    on conflict (article_id, partner_id) do update set helpful = excluded.helpful;
    update public.faq_articles
    set
        helpful_count = (select count(*) from public.faq_votes where article_id = wanted and helpful),
        unhelpful_count = (select count(*) from public.faq_votes where article_id = wanted and not helpful)
    where id = wanted;
end;
$$;

-- Overdue tickets, for staff: no row when every promise is kept.
create view private.check_overdue_tickets with (security_invoker = true) as
select id, queue, answer_due_at, solution_due_at
from public.support_tickets
where (first_answer_at is null and answer_due_at < private.now() and status in ('open', 'in_progress'))
    or (resolved_at is null and solution_due_at < private.now() and status in ('open', 'in_progress'));

create function public.open_ticket(
    subject text, category text, description text, priority public.ticket_priority default 'medium', id uuid default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(ticket) from private.open_ticket(id, subject, category, priority, description) as ticket;
$$;
create function public.answer_ticket(
    ticket_id uuid, message text, status public.ticket_status default null, internal boolean default false
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(said) from private.answer_ticket(ticket_id, message, status, internal) as said;
$$;
create function public.search_faq(query text) returns table (id uuid, slug text, question text, answer text, rank real)
language sql stable set search_path = '' as $$
    select article.id, article.slug, article.question, article.answer, ts_rank(article.search, wanted.words)
    from public.faq_articles as article
    cross join websearch_to_tsquery('english', query) as wanted (words)
    where article.search @@ wanted.words
    order by ts_rank(article.search, wanted.words) desc, article.helpful_count desc
    limit 20;
$$;
create function public.vote_faq(article_id uuid, helpful boolean) returns void
language sql volatile set search_path = '' as $$
    select private.vote_faq(article_id, helpful);
$$;
