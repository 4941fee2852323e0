import { QueryCache, QueryClient } from '@tanstack/react-query';
import { toAppError } from './errors';

/**
 * The one query cache. Reads only: what changes something goes through the ops of a feature. Queries run even when the
 * browser calls itself offline, because the answer (data or a clear "offline") is what the screen needs to show.
 */
export function createQueryClient(onSessionEnd: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (toAppError(error).kind === 'session') onSessionEnd();
      },
    }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: 30_000,
        gcTime: 24 * 60 * 60_000,
        refetchOnReconnect: true,
        refetchOnWindowFocus: true,
        retry: (failures, error) => failures < 2 && toAppError(error).kind === 'server',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
