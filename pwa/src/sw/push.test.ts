import { describe, expect, it } from 'vitest';
import { readPush } from './push';

const message = (notification: unknown) => JSON.stringify({ web_push: 8030, notification });

describe('readPush', () => {
  it('reads a declarative message', () => {
    expect(
      readPush(
        message({
          title: 'Paid',
          body: '$550.00',
          navigate: `${location.origin}/partner/earnings?x=1`,
          tag: 'n-1',
          app_badge: '3',
        }),
      ),
    ).toEqual({
      title: 'Paid',
      body: '$550.00',
      navigate: '/partner/earnings?x=1',
      tag: 'n-1',
      badge: 3,
    });
  });

  it.each(['', 'no json', '[]', 'null', '{"notification":{"title":"x"}}', '{"web_push":8030}'])(
    'shows something for %j',
    (text) => {
      expect(readPush(text).title).toBe('SISO Partners');
    },
  );

  it('never leads out of the app', () => {
    for (const navigate of ['https://evil.example/', '//evil.example', 'javascript:alert(1)', 5]) {
      expect(readPush(message({ title: 'x', navigate })).navigate).toBe('/partner/notifications');
    }
  });

  it('ignores badges that are no count', () => {
    for (const app_badge of [-1, 1.5, 'many', null])
      expect(readPush(message({ title: 'x', app_badge })).badge).toBeNull();
  });
});
