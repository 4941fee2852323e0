import { createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Skeletons } from '@/ui/skeletons';
import { text } from './messages';
import { queryClient } from './query-client';
import { RouteError } from './route-error';
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
  defaultErrorComponent: ({ reset, ...rest }) => (
    <RouteError
      {...rest}
      reset={() => {
        reset();
        void router.invalidate();
      }}
    />
  ),
  defaultNotFoundComponent: lazyRouteComponent(() => import('./not-found'), 'NotFound'),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
