import { createFileRoute, redirect, useNavigate } from '@tanstack/react-router';
import { signOut } from '@/app/sign-out';
import { CodeForm } from '@/features/auth/components/code-form';
import { safeNext } from '@/features/auth/model';
import { readNext } from '@/lib/search';
import { currentUser } from '@/lib/session';

export const Route = createFileRoute('/sign-in/code')({
  validateSearch: readNext,
  beforeLoad: async () => {
    // oxlint-disable-next-line typescript/only-throw-error -- the way of the router
    if ((await currentUser()) === null) throw redirect({ to: '/sign-in', search: {} });
  },
  component: CodeRoute,
});

function CodeRoute() {
  const { next } = Route.useSearch();
  const navigate = useNavigate();
  return <CodeForm onDone={() => void navigate({ href: safeNext(next) })} onSignOut={() => void signOut()} />;
}
