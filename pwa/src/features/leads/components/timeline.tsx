import { useInfiniteQuery } from '@tanstack/react-query';
import { ArrowRightLeft, Mail, Phone, StickyNote, Users } from 'lucide-react';
import { formatRelative, formatTime } from '@/lib/dates';
import { Button } from '@/ui/button';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState } from '@/ui/states';
import { text } from '../messages';
import { stageChangeText } from '../model';
import { activitiesQuery } from '../queries';

const ICONS = { call: Phone, email: Mail, meeting: Users, note: StickyNote, status_change: ArrowRightLeft } as const;

export function Timeline({ leadId }: { leadId: string }) {
  const activities = useInfiniteQuery(activitiesQuery(leadId));
  if (activities.isPending) return <Skeletons label={text.loading} heights={['h-14', 'h-14']} />;
  if (activities.isError) return <ErrorState error={activities.error} onRetry={() => void activities.refetch()} />;
  const items = activities.data.pages.flat();
  if (items.length === 0) return <p className="py-4 text-[15px] text-soft">{text.timelineEmpty}</p>;
  return (
    <>
      <ol className="grid gap-4">
        {items.map((item) => {
          const Icon = ICONS[item.activity_type];
          return (
            <li key={item.id} className="flex gap-3">
              <span
                aria-hidden
                className="grid size-9 shrink-0 place-items-center rounded-full bg-raised text-accent-text"
              >
                <Icon className="size-4" />
              </span>
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
                  <span className="font-semibold">{text.activity[item.activity_type]}</span>
                  <time dateTime={item.created_at} title={formatTime(item.created_at)} className="text-soft">
                    {formatRelative(item.created_at)}
                  </time>
                </p>
                {item.notes !== null && (
                  <p className="text-[15px] whitespace-pre-line">
                    {item.activity_type === 'status_change' ? stageChangeText(item.notes) : item.notes}
                  </p>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      {activities.hasNextPage && (
        <Button busy={activities.isFetchingNextPage} onClick={() => void activities.fetchNextPage()}>
          {text.loadMore}
        </Button>
      )}
    </>
  );
}
