import { createFileRoute, redirect } from '@tanstack/react-router';

export const Route = createFileRoute('/partner/')({
  beforeLoad: () => {
    // oxlint-disable-next-line typescript/only-throw-error -- the way of the router
    throw redirect({ to: '/partner/dashboard' });
  },
});
