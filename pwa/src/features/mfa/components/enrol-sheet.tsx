import { useMutation } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { showToast } from '@/lib/toast';
import { Button } from '@/ui/button';
import { Sheet } from '@/ui/sheet';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState } from '@/ui/states';
import { text } from '../messages';
import { startEnrolment } from '../ops';
import { CodeForm } from './code-form';

export function EnrolSheet({ onClose }: { onClose: () => void }) {
  // A command, not a query: nothing may ask for another key while a person is typing the code of this one.
  const { data, error, mutate } = useMutation({ mutationFn: startEnrolment });
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    mutate();
  }, [mutate]);
  return (
    <Sheet title={text.enrolTitle} onClose={onClose}>
      {data === undefined && error === null && <Skeletons label={text.loading} heights={['h-48', 'h-12']} />}
      {error !== null && <ErrorState error={error} onRetry={() => mutate()} />}
      {data !== undefined && (
        <div className="grid gap-4">
          <p className="text-[15px]">{text.step1}</p>
          {data.qrCode !== '' && (
            <img src={data.qrCode} alt={text.qrAlt} className="size-48 justify-self-center rounded-xl bg-white p-2" />
          )}
          <div className="grid gap-1.5">
            <p id="secret-label" className="text-sm font-semibold">
              {text.secret}
            </p>
            <div className="flex items-center gap-2 rounded-xl bg-canvas py-1 pr-1 pl-4">
              <code aria-labelledby="secret-label" className="min-w-0 flex-1 text-sm break-all">
                {data.secret}
              </code>
              <Button
                aria-label={text.copy}
                onClick={() => {
                  void navigator.clipboard.writeText(data.secret).then(() => showToast(text.copied));
                }}
              >
                <Copy aria-hidden className="size-4" />
              </Button>
            </div>
            <a href={data.uri} className="link inline-block py-2.5 text-sm">
              {text.openApp}
            </a>
          </div>
          <p className="text-[15px]">{text.step2}</p>
          <CodeForm
            factorId={data.factorId}
            label={text.verify}
            onVerified={() => {
              onClose();
              showToast(text.enrolled, { tone: 'good' });
            }}
          />
        </div>
      )}
    </Sheet>
  );
}
