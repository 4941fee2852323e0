import { createQueryClient } from '@/lib/query-client';

export const queryClient = createQueryClient(() => {
  void import('./sign-out').then(({ signOut }) => signOut());
});
