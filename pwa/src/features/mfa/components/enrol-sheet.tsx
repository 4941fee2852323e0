import { useQuery } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import { showToast } from '@/lib/toast';
import { Button } from '@/ui/button';
import { Sheet } from '@/ui/sheet';
import { ErrorState, Skeletons } from '@/ui/states';
import { text } from '../messages';
import { startEnrolment } from '../ops';
import { CodeForm } from './code-form';

export function EnrolSheet({ onClose }: { onClose: () => void }) {
  // Each opening of the sheet is a new set-up; nothing of it is kept.
  const enrolment = useQuery({
    queryKey: ['mfa', 'enrolment'],
    queryFn: startEnrolment,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return (
    <Sheet title={text.enrolTitle} onClose={onClose}>
      {enrolment.isPending && <Skeletons label={text.loading} heights={['h-48', 'h-12']} />}
      {enrolment.isError && <ErrorState error={enrolment.error} onRetry={() => void enrolment.refetch()} />}
      {enrolment.data !== undefined && (
        <div className="grid gap-4">
          <p className="text-[15px]">{text.step1}</p>
          {enrolment.data.qrCode !== '' && (
            <img src={enrolment.data.qrCode} alt={text.qrAlt} className="size-48 justify-self-center rounded-xl bg-white p-2" />
          )}
          <div className="grid gap-1.5">
            <p id="secret-label" className="text-sm font-semibold">
              {text.secret}
            </p>
            <div className="flex items-center gap-2 rounded-xl bg-canvas py-1 pr-1 pl-4">
              <code aria-labelledby="secret-label" className="min-w-0 flex-1 text-sm break-all">
                {enrolment.data.secret}
              </code>
              <Button
                aria-label={text.copy}
                onClick={() => {
                  void navigator.clipboard.writeText(enrolment.data.secret).then(() => showToast(text.copied));
                }}
              >
                <Copy aria-hidden className="size-4" />
              </Button>
            </div>
            <a href={enrolment.data.uri} className="link inline-block py-2.5 text-sm">
              {text.openApp}
            </a>
          </div>
          <p className="text-[15px]">{text.step2}</p>
          <CodeForm
            factorId={enrolment.data.factorId}
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
