import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, redirect, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { requireAccount } from '@/app/guards';
import { signOut } from '@/app/sign-out';
import { ApplicationPage } from '@/features/application/components/application-page';
import { accountQuery } from '@/lib/account';

export const Route = createFileRoute('/apply')({
  beforeLoad: async ({ context }) => {
    const account = await requireAccount(context.queryClient, '/apply');
    // oxlint-disable-next-line typescript/only-throw-error -- the way of the router
    if (account.state === 'partner') throw redirect({ to: '/partner/dashboard' });
    return { account };
  },
  component: ApplyRoute,
});

/** A decision shows up by itself: an applicant has no live channel yet. */
const LOOK_AGAIN = 15_000;

function ApplyRoute() {
  const context = Route.useRouteContext();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: account = context.account } = useQuery({
    ...accountQuery,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.state === 'applicant' ? LOOK_AGAIN : false),
  });
  useEffect(() => {
    if (account.state === 'partner') void navigate({ to: '/partner/dashboard', replace: true });
  }, [account.state, navigate]);
  return (
    <ApplicationPage
      account={account}
      onSent={() => client.invalidateQueries({ queryKey: accountQuery.queryKey })}
      onSignOut={() => void signOut()}
    />
  );
}
