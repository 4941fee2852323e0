import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from '@/app/query-client';
import { router } from '@/app/router';
import { registerServiceWorker } from '@/app/update';
import { getAuth } from '@/lib/supabase';
import { startTheme } from '@/lib/theme';
import './styles.css';

startTheme();
// The guard needs it at once: let it load while React starts. A failure shows where it is needed.
getAuth().catch(() => undefined);
registerServiceWorker();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
