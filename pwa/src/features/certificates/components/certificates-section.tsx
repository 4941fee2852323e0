import { useMutation, useQuery } from '@tanstack/react-query';
import { Award, Download } from 'lucide-react';
import { formatDay } from '@/lib/dates';
import { toAppError } from '@/lib/errors';
import { useOnline } from '@/lib/online';
import { paperLink, startDownload } from '@/lib/storage';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState, Problem } from '@/ui/states';
import { text } from '../messages';
import { distance, standingOf, TONES, type Certificate } from '../model';
import { certificatesQuery } from '../queries';

/** What the partner has passed: each certificate, until when it counts, and its paper. */
export default function CertificatesSection() {
  const certificates = useQuery(certificatesQuery);
  const online = useOnline();
  return (
    <section id="certificates" className="card grid gap-1 p-5" aria-labelledby="certificates-title">
      <h2 id="certificates-title" className="flex items-center gap-2 pb-1 font-bold">
        <Award aria-hidden className="size-5 text-accent-text" /> {text.title}
      </h2>
      {certificates.isPending && online && <Skeletons label={text.loading} heights={['h-24']} />}
      {certificates.isPending && !online && <p className="text-[15px] text-soft">{text.offlineAll}</p>}
      {certificates.isError && certificates.data === undefined && (
        <ErrorState error={certificates.error} onRetry={() => void certificates.refetch()} />
      )}
      {certificates.data?.length === 0 && <p className="text-[15px] text-soft">{text.empty}</p>}
      <ul className="divide-y divide-line/60">
        {certificates.data?.map((certificate) => (
          <Entry key={certificate.id} certificate={certificate} />
        ))}
      </ul>
    </section>
  );
}

function until(certificate: Certificate): string {
  const { expires_at: end, revoked_at: taken, revoked_reason: reason } = certificate;
  switch (standingOf(certificate)) {
    case 'revoked':
      return text.wasRevoked(formatDay(taken ?? end), reason ?? '');
    case 'expired':
      return text.hasExpired(distance(end), formatDay(end));
    case 'ending':
      return `${text.expires(distance(end), formatDay(end))} ${text.renew}`;
    default:
      return text.expires(distance(end), formatDay(end));
  }
}

function Entry({ certificate }: { certificate: Certificate }) {
  const { number, version, issued_at: given, file } = certificate;
  const title = certificate.track?.title ?? text.untitled(number);
  const standing = standingOf(certificate);
  return (
    <li className="grid gap-1.5 py-3">
      <div className="flex items-start justify-between gap-3">
        <h3 className="min-w-0 font-semibold">{title}</h3>
        <Badge tone={TONES[standing]}>{text[standing]}</Badge>
      </div>
      <p className="text-sm text-soft">
        {text.about(version, formatDay(given))}
        <span className="block whitespace-nowrap">{text.number(number)}</span>
      </p>
      <p className="text-sm">{until(certificate)}</p>
      {standing !== 'revoked' && <Paper file={file} title={title} name={`certificate-${number}.pdf`} />}
    </li>
  );
}

function Paper({ file, title, name }: { file: Certificate['file']; title: string; name: string }) {
  const online = useOnline();
  const download = useMutation({
    mutationFn: async (path: string) => startDownload(await paperLink('certificates', path, name)),
  });
  if (file === null) return <p className="text-sm text-soft">{text.preparing}</p>;
  return (
    <div className="grid justify-items-start gap-2 pt-1">
      <Button
        busy={download.isPending}
        disabled={!online}
        aria-label={text.downloadName(title)}
        onClick={() => download.mutate(file.path)}
      >
        <Download aria-hidden className="size-4" /> {text.download}
      </Button>
      {!online && <p className="text-sm text-soft">{text.offline}</p>}
      {download.isError && <Problem>{toAppError(download.error).message}</Problem>}
    </div>
  );
}
