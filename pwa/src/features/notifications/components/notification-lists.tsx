import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { BellOff } from 'lucide-react';
import { errorText } from '@/lib/errors';
import { showToast } from '@/lib/toast';
import { Button } from '@/ui/button';
import { Skeletons } from '@/ui/skeletons';
import { EmptyState, ErrorState } from '@/ui/states';
import { text } from '../messages';
import { internalPath, type Notification } from '../model';
import { markRead } from '../ops';
import { notificationKeys, notificationsQuery } from '../queries';
import { NotificationRow } from './notification-row';

function useMarkRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[]) => markRead(ids),
    onSuccess: () => client.invalidateQueries({ queryKey: notificationKeys.all }),
    onError: (error) => showToast(errorText(error), { tone: 'bad' }),
  });
}

function useOpen() {
  const navigate = useNavigate();
  const { mutate } = useMarkRead();
  return (item: Notification) => {
    if (!item.read) mutate([item.id]);
    const path = internalPath(item.action_url);
    if (path !== null) void navigate({ href: path });
  };
}

/** The newest few, for the dashboard. */
export function RecentNotifications() {
  const list = useInfiniteQuery(notificationsQuery);
  const open = useOpen();
  const items = list.data?.pages[0]?.slice(0, 4) ?? [];
  return (
    <section className="card p-3" aria-labelledby="recent-title">
      <div className="flex items-center justify-between gap-3 pl-2">
        <h2 id="recent-title" className="font-bold">
          {text.recent}
        </h2>
        <Link
          to="/partner/notifications"
          className="inline-flex min-h-11 items-center px-2 text-sm font-semibold text-accent-text hover:underline"
        >
          {text.all}
        </Link>
      </div>
      {list.isPending && <Skeletons label={text.loading} heights={['h-14', 'h-14']} />}
      {list.isError && list.data === undefined && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && <p className="px-2 pb-3 text-[15px] text-soft">{text.emptyBody}</p>}
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <NotificationRow item={item} onOpen={open} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function NotificationsPage() {
  const list = useInfiniteQuery(notificationsQuery);
  const open = useOpen();
  const read = useMarkRead();
  const items = list.data?.pages.flat() ?? [];
  const unread = items.filter((item) => !item.read).map(({ id }) => id);
  return (
    <div className="mx-auto grid w-full max-w-2xl gap-3">
      <div className="flex min-h-11 items-center justify-between gap-3">
        <h1 className="text-xl font-bold">{text.title}</h1>
        {unread.length > 0 && (
          <Button variant="quiet" busy={read.isPending} onClick={() => read.mutate(unread)}>
            {text.readAll}
          </Button>
        )}
      </div>
      <section className="card p-3" aria-label={text.title}>
        {list.isPending && <Skeletons label={text.loading} heights={['h-14', 'h-14', 'h-14']} />}
        {list.isError && list.data === undefined && (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        )}
        {list.isSuccess && items.length === 0 && (
          <EmptyState icon={<BellOff />} title={text.empty}>
            {text.emptyBody}
          </EmptyState>
        )}
        <ul>
          {items.map((item) => (
            <li key={item.id}>
              <NotificationRow item={item} onOpen={open} />
            </li>
          ))}
        </ul>
        {list.hasNextPage && (
          <Button wide busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {text.more}
          </Button>
        )}
      </section>
    </div>
  );
}
