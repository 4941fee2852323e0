-- Challenges with a prize: what is promised, what is paid, what is left of the budget.
select
    challenge.title, challenge.goal, challenge.ends_at, challenge.prize_amount, challenge.prize_currency, challenge.budget,
    count(*) filter (where entry.status = 'provisional') as expected, count(*) filter (where entry.status = 'confirmed') as won,
    challenge.budget - challenge.prize_amount * count(*) filter (where entry.status in ('provisional', 'confirmed')) as budget_left
from public.challenges as challenge
left join public.challenge_entries as entry on entry.challenge_id = challenge.id
where challenge.prize_amount is not null
group by challenge.id
order by challenge.ends_at desc;
