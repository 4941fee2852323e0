import { db, rows } from '@/lib/data';
import type { Profile } from './model';

export async function saveProfile(partnerId: string, { name, phone }: Profile): Promise<void> {
  const client = await db();
  await rows(
    client
      .from('partners')
      .update({ name, phone: phone === '' ? null : phone })
      .eq('id', partnerId),
  );
}
