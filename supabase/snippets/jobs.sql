-- Jobs by topic: waiting (due or later), being worked on, given up; and how long the oldest one that is due has been waiting.
select
    job.topic, topic.worker,
    count(*) filter (where job.done_at is null and job.dead_at is null and job.locked_until is null) as waiting,
    count(*) filter (where job.done_at is null and job.dead_at is null and job.locked_until is not null) as taken,
    count(*) filter (where job.dead_at is not null) as dead,
    max(private.now() - job.run_at) filter (where job.done_at is null and job.dead_at is null and job.run_at <= private.now())
        as oldest_due
from ops.outbox as job
join ops.topics as topic on topic.topic = job.topic
where job.done_at is null
group by job.topic, topic.worker
order by dead desc, waiting desc;
