import { db, rows, rpc } from '@/lib/data';
import type { DataExport, Profile } from './model';

export async function saveProfile(partnerId: string, { name, phone }: Profile): Promise<void> {
  const client = await db();
  await rows(
    client
      .from('partners')
      .update({ name, phone: phone === '' ? null : phone })
      .eq('id', partnerId),
  );
}

/** Asks for an archive of one's own data. The request id makes a second try harmless. */
export function requestExport(requestId: string): Promise<DataExport> {
  return rpc('request_export', { request_id: requestId });
}
