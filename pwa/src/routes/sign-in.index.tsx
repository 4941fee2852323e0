import { createFileRoute, useNavigate } from '@tanstack/react-router';
import * as z from 'zod/mini';
import { requireNobody } from '@/app/guards';
import { SignInForm } from '@/features/auth/components/sign-in-form';
import { safeNext } from '@/features/auth/model';

export const Route = createFileRoute('/sign-in/')({
  validateSearch: z.object({ next: z.optional(z.catch(z.string(), '/')) }),
  beforeLoad: requireNobody,
  component: SignInRoute,
});

function SignInRoute() {
  const { next } = Route.useSearch();
  const navigate = useNavigate();
  return <SignInForm onDone={() => void navigate({ href: safeNext(next) })} />;
}
