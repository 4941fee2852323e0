-- Partners: seven in ten are Starters.

insert into public.partners (id, name, email, status, current_tier, country, referral_code, created_at)
select pg_temp.id_of('partner', n), 'Partner ' || n, 'partner.' || n || '@example.com', 'active',
    case when n % 100 < 70 then 'starter' when n % 100 < 90 then 'active' when n % 100 < 98 then 'performer' else 'elite' end
        ::public.partner_tier,
    (array['US', 'DE', 'GB', 'FR', 'IN'])[1 + n % 5], 'BENCH' || n, now() - (n % 700) * interval '1 day'
from generate_series(1, pg_temp.size_of('partners')) as n;
insert into private.auth_identities (issuer, subject, partner_id)
select 'supabase', id::text, id from public.partners where referral_code like 'BENCH%';
insert into public.partner_directory (id, name, current_tier, country, listed, since)
select id, name, current_tier, country, true, created_at from public.partners where referral_code like 'BENCH%';
insert into public.partner_tier_history (partner_id, tier, valid_from, reason)
select id, current_tier, created_at, 'joined' from public.partners where referral_code like 'BENCH%';
