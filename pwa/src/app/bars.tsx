import { CloudOff, RefreshCw } from 'lucide-react';
import { useOnline } from '@/lib/online';
import { text } from './messages';
import { applyUpdate, useUpdateReady } from './update';

/** What the whole app has to say: no network, new version. */
export function Bars() {
  const online = useOnline();
  const updateReady = useUpdateReady();
  return (
    <div role="status">
      {!online && (
        <p className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-2 text-sm font-semibold text-warn">
          <CloudOff aria-hidden className="size-4 shrink-0" /> {text.offline}
        </p>
      )}
      {updateReady && (
        <p className="flex items-center justify-center gap-3 bg-info-soft px-4 py-1 text-sm font-semibold text-info">
          {text.updateReady}
          <button
            type="button"
            onClick={applyUpdate}
            className="inline-flex min-h-11 items-center gap-1.5 px-2 underline"
          >
            <RefreshCw aria-hidden className="size-4" /> {text.updateNow}
          </button>
        </p>
      )}
    </div>
  );
}
