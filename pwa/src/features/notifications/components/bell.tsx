import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bell as BellIcon } from 'lucide-react';
import { useEffect } from 'react';
import { text } from '../messages';
import { unreadQuery } from '../queries';

/** The way to the notifications with the number of unread ones, which is also put on the app's icon. */
export function Bell() {
  const { data: unread = 0 } = useQuery(unreadQuery);
  useEffect(() => {
    if (!('setAppBadge' in navigator)) return;
    (unread === 0 ? navigator.clearAppBadge() : navigator.setAppBadge(unread)).catch(() => undefined);
  }, [unread]);
  return (
    <Link
      to="/partner/notifications"
      aria-label={text.bell(unread)}
      className="relative grid size-11 place-items-center rounded-xl text-soft hover:bg-raised hover:text-text"
    >
      <BellIcon aria-hidden className="size-5.5" />
      {unread > 0 && (
        <span
          aria-hidden
          className="absolute top-1 right-0.5 grid h-5 min-w-5 place-items-center rounded-full bg-[#c9303b] px-1 text-xs font-bold text-white"
        >
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </Link>
  );
}
