-- Boards, challenges, badges. Scores hold deals and points, so partners may see each other's; money is nowhere here.

alter table public.leaderboard_scores enable row level security;
alter table public.leaderboard_scores force row level security;
grant select on public.leaderboard_scores to authenticated;
create policy "partners with access read the boards" on public.leaderboard_scores
for select to authenticated
using ((select private.has_access()));

alter table public.leaderboard_snapshots enable row level security;
alter table public.leaderboard_snapshots force row level security;
grant select on public.leaderboard_snapshots to authenticated;
create policy "partners with access read the ranks" on public.leaderboard_snapshots
for select to authenticated
using ((select private.has_access()));

alter table public.challenges enable row level security;
alter table public.challenges force row level security;
grant select (
    id, title, description, metric, goal, starts_at, ends_at, tier_requirement, prize_amount, prize_currency, created_at, cancelled_at
) on public.challenges to authenticated;
create policy "partners see the challenges of their tier" on public.challenges
for select to authenticated
using ((select private.has_access()) and (tier_requirement is null or tier_requirement <= (select private.my_tier())));

alter table public.challenge_entries enable row level security;
alter table public.challenge_entries force row level security;
grant select on public.challenge_entries to authenticated;
create policy "partners see their own entries" on public.challenge_entries
for select to authenticated
using (partner_id = (select private.me()) and (select private.has_access()));

alter table public.badges enable row level security;
alter table public.badges force row level security;
grant select on public.badges to authenticated;
create policy "partners with access and staff read badges" on public.badges
for select to authenticated
using ((select private.has_access()) or cardinality((select private.my_roles())) > 0);

alter table public.achievements enable row level security;
alter table public.achievements force row level security;
-- Why one was given by hand or taken back is for staff (badge_history), and in the partner's own export.
grant select (id, partner_id, badge_type, badge_name, earned_at) on public.achievements to authenticated;
create policy "partners with access see who has earned what" on public.achievements
for select to authenticated
using (revoked_at is null and (select private.has_access()));

alter table public.streaks enable row level security;
alter table public.streaks force row level security;
grant select on public.streaks to authenticated;
create policy "partners see their own streak" on public.streaks
for select to authenticated
using (partner_id = (select private.me()) and (select private.has_access()));

grant execute on function private.get_leaderboard(public.score_period, public.partner_tier, text, boolean, integer) to authenticated;
grant execute on function public.get_leaderboard(public.score_period, public.partner_tier, text, boolean, integer) to authenticated;
grant execute on function private.join_challenge(uuid) to authenticated;
grant execute on function public.join_challenge(uuid) to authenticated;
grant execute on function private.my_exact_rank(public.score_period) to authenticated;
grant execute on function public.my_exact_rank(public.score_period) to authenticated;
grant execute on function private.get_dashboard() to authenticated;
grant execute on function public.get_dashboard() to authenticated;
grant execute on function private.create_challenge(
    uuid, text, text, integer, timestamptz, timestamptz, bigint, text, bigint, public.partner_tier
) to authenticated;
grant execute on function public.create_challenge(
    uuid, text, integer, timestamptz, timestamptz, bigint, text, bigint, text, public.partner_tier
) to authenticated;
