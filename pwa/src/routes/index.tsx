import { createFileRoute, redirect } from '@tanstack/react-router';
import { requireAccount } from '@/app/guards';

export const Route = createFileRoute('/')({
  beforeLoad: async ({ context }) => {
    const account = await requireAccount(context.queryClient, '/');
    // oxlint-disable-next-line typescript/only-throw-error -- the way of the router
    throw redirect({ to: account.state === 'partner' ? '/partner/dashboard' : '/apply' });
  },
});
