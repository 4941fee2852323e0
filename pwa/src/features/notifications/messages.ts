import { plural } from '@/lib/plural';

export const text = {
  title: 'Notifications',
  recent: 'Recent',
  all: 'Show all',
  loading: 'Loading notifications',
  empty: 'Nothing new',
  emptyBody: 'Payments, payouts and tier changes are told here.',
  readAll: 'Mark all as read',
  unread: 'unread',
  bell: (unread: number) => (unread === 0 ? 'Notifications' : `Notifications, ${plural(unread, 'unread', 'unread')}`),
  more: 'Show more',
  push: {
    title: 'Push notifications',
    body: 'Hear at once when a client has paid or a payout has arrived, even when the app is closed.',
    enable: 'Turn on',
    disable: 'Turn off',
    on: 'On for this device',
    off: 'Off for this device',
    denied:
      'Your browser blocks notifications of this site. Allow them in the settings of the browser, then try again.',
    unsupported: 'This browser cannot receive push messages. On an iPhone, add the app to the home screen first.',
    unavailable: 'The app is not ready for push messages yet. Reload the page and try again.',
    enabled: 'Push notifications are on.',
    disabled: 'Push notifications are off.',
  },
} as const;
