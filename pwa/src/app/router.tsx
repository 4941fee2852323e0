import { createRouter } from '@tanstack/react-router';
import { toAppError } from '@/lib/errors';
import { ErrorState, Skeletons } from '@/ui/states';
import { text } from './messages';
import { NotFound } from './not-found';
import { queryClient } from './query-client';
import { routeTree } from './route-tree.gen';

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingMs: 300,
  defaultPendingComponent: () => (
    <div className="mx-auto w-full max-w-2xl p-4">
      <Skeletons label={text.loading} heights={['h-36', 'h-24', 'h-48']} />
    </div>
  ),
  defaultErrorComponent: ({ error, reset }) => (
    <div className="mx-auto grid min-h-[60dvh] w-full max-w-md content-center p-4">
      <ErrorState
        error={toAppError(error)}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </div>
  ),
  defaultNotFoundComponent: NotFound,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
