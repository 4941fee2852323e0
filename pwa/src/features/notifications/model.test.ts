import { expect, it } from 'vitest';
import { decodeKey, internalPath, pushKeys } from './model';

it.each([
  ['/partner/earnings', '/partner/earnings'],
  ['https://example.com', null],
  ['//example.com', null],
  ['/\\example.com', null],
  [null, null],
])('action %s opens %s', (url, expected) => {
  expect(internalPath(url)).toBe(expected);
});

it('reads url-safe base64 without padding', () => {
  expect([...decodeKey('-_8B')]).toEqual([251, 255, 1]);
  expect([...decodeKey('AQ')]).toEqual([1]);
});

it('takes only complete subscriptions', () => {
  expect(
    pushKeys({ toJSON: () => ({ endpoint: 'https://push.example.com/1', keys: { p256dh: 'p', auth: 'a' } }) }),
  ).toEqual({
    endpoint: 'https://push.example.com/1',
    p256dh: 'p',
    auth: 'a',
  });
  expect(pushKeys({ toJSON: () => ({ endpoint: 'https://push.example.com/1', keys: {} }) })).toBeNull();
});
