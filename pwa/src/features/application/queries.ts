import { queryOptions } from '@tanstack/react-query';
import { db, rows } from '@/lib/data';
import { named } from './model';

/** Countries that we can pay to, by name: nobody applies from another. */
export const countriesQuery = queryOptions({
  queryKey: ['payout-countries'],
  queryFn: async ({ signal }) => {
    const client = await db();
    return rows(client.from('payout_countries').select('country').eq('is_open', true).abortSignal(signal));
  },
  select: (known) => named(known.map(({ country }) => country)),
});
