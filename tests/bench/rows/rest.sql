-- Notices, and the points of the boards.

insert into public.notifications (id, partner_id, type, title, message, read, read_at, created_at)
select pg_temp.id_of('notice', n), pg_temp.id_of('partner', (1 + n % pg_temp.size_of('partners'))), 'commission', 'Commission on its way', 'A client has paid.',
    n % 10 > 0, case when n % 10 > 0 then now() end, now() - (n % 700) * interval '1 hour'
from generate_series(1, pg_temp.size_of('partners') * 10) as n;
insert into public.leaderboard_scores (period, starts_on, partner_id, tier, country, points, deals, reached_at)
select wanted.period, private.period_start(wanted.period, now()), partner.id, partner.current_tier, partner.country,
    (hashtext(partner.id::text || wanted.period::text) & 1023) * 100, hashtext(partner.id::text || wanted.period::text) & 1023,
    now() - (hashtext(partner.id::text) & 1023) * interval '1 minute'
from public.partners as partner
cross join unnest(enum_range(null::public.score_period)) as wanted (period)
where partner.referral_code like 'BENCH%';
