import type { QueryClient } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';
import { accountQuery, type Account } from '@/lib/account';
import { currentUser, secondFactorPending } from '@/lib/session';

/** The account of the signed-in person, with the cache of this device in place. Leads to the sign-in when nobody is. */
export async function requireAccount(client: QueryClient, next: string): Promise<Account> {
  const user = await currentUser();
  // oxlint-disable-next-line typescript/only-throw-error -- the way of the router
  if (user === null) throw redirect({ to: '/sign-in', search: next === '/' ? {} : { next } });
  // oxlint-disable-next-line typescript/only-throw-error -- the way of the router
  if (await secondFactorPending()) throw redirect({ to: '/sign-in/code', search: next === '/' ? {} : { next } });
  const { restoreCache } = await import('@/lib/persist');
  await restoreCache(client, user.id);
  return client.ensureQueryData({ ...accountQuery, revalidateIfStale: true });
}

/** Leads people who are signed in already past the pages for those who are not. */
export async function requireNobody(): Promise<void> {
  // oxlint-disable-next-line typescript/only-throw-error -- the way of the router
  if ((await currentUser()) !== null && !(await secondFactorPending())) throw redirect({ to: '/' });
}
