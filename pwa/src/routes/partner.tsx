import { useQuery } from '@tanstack/react-query';
import { createFileRoute, Outlet, redirect } from '@tanstack/react-router';
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
  return (
    <StepUpProvider>
      <Shell partner={partner} onSignOut={() => void signOut()}>
        <Outlet />
      </Shell>
    </StepUpProvider>
  );
}
