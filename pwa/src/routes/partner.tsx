import { useQuery } from '@tanstack/react-query';
import { createFileRoute, Outlet, redirect, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { requireAccount } from '@/app/guards';
import { startLive } from '@/app/live';
import { Shell } from '@/app/shell';
import { signOut } from '@/app/sign-out';
import { StepUpProvider } from '@/features/mfa/components/step-up-provider';
import { accountQuery } from '@/lib/account';

export const Route = createFileRoute('/partner')({
  beforeLoad: async ({ context, location }) => {
    const { partner } = await requireAccount(context.queryClient, location.href);
    // oxlint-disable-next-line typescript/only-throw-error -- the way of the router
    if (partner === null) throw redirect({ to: '/apply' });
    return { partner };
  },
  component: PartnerLayout,
});

function PartnerLayout() {
  const context = Route.useRouteContext();
  const { data: account } = useQuery(accountQuery);
  const partner = account?.partner ?? context.partner;
  useEffect(() => {
    void startLive(partner.id);
  }, [partner.id]);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const counted = partner.status !== 'suspended' && partner.status !== 'terminated';
  useEffect(() => {
    if (!counted) return;
    // After everything that somebody waits for; without it nothing is missing.
    import('@/features/usage/start')
      .then(({ startUsage, visit }) => {
        visit(path);
        return startUsage(context.queryClient);
      })
      .catch(() => undefined);
  }, [counted, path, context.queryClient]);
  return (
    <StepUpProvider>
      <Shell partner={partner} onSignOut={() => void signOut()}>
        <Outlet />
      </Shell>
    </StepUpProvider>
  );
}
