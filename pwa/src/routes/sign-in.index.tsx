import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { requireNobody } from '@/app/guards';
import { SignInForm } from '@/features/auth/components/sign-in-form';
import { safeNext } from '@/features/auth/model';
import { readNext } from '@/lib/search';

export const Route = createFileRoute('/sign-in/')({
  validateSearch: readNext,
  beforeLoad: requireNobody,
  component: SignInRoute,
});

function SignInRoute() {
  const { next } = Route.useSearch();
  const navigate = useNavigate();
  return <SignInForm onDone={() => void navigate({ href: safeNext(next) })} />;
}
