-- Two hundred team channels, of which a partner knows twenty.

insert into public.chat_channels (id, name, type, leader_id, last_seq)
select pg_temp.id_of('channel', n), 'team-' || n, 'team', pg_temp.id_of('partner', n), pg_temp.size_of('messages') / 200
from generate_series(1, 200) as n;
insert into public.channel_members (channel_id, partner_id)
select pg_temp.id_of('channel', (1 + (n + k * 7) % 200)), pg_temp.id_of('partner', n)
from generate_series(1, pg_temp.size_of('partners')) as n
cross join generate_series(1, 20) as k;
insert into public.read_cursors (channel_id, partner_id, last_read_seq)
select channel_id, partner_id, (pg_temp.size_of('messages') / 200) - hashtext(partner_id::text) % 50
from public.channel_members where channel_id in (select pg_temp.id_of('channel', n) from generate_series(1, 200) as n);
insert into public.chat_messages (id, channel_id, seq, partner_id, author_name, message, created_at)
select pg_temp.id_of('message', n), pg_temp.id_of('channel', (1 + n % 200)), 1 + (n - 1) / 200,
    pg_temp.id_of('partner', (1 + (hashint8(n)::bigint & 2147483647) % pg_temp.size_of('partners'))), 'Somebody',
    'message ' || n || ' about client ' || n % 5000, now() - (pg_temp.size_of('messages') - n) * interval '10 seconds'
from generate_series(1, pg_temp.size_of('messages')) as n;
insert into public.message_mentions (message_id, partner_id, channel_id, seq)
select message.id, pg_temp.id_of('partner', (1 + message.seq * 31 % pg_temp.size_of('partners'))), message.channel_id, message.seq
from public.chat_messages as message
where message.seq % 20 = 0;
