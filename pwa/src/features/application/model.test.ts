import { expect, it } from 'vitest';
import { applicationSchema, named } from './model';

const good = {
  name: 'Client 17',
  phone: '+49 (30) 123-456',
  country: 'DE',
  motivation: 'I know many small shops here.',
  accept_terms: true,
};

it('accepts a complete application', () => {
  expect(applicationSchema.parse(good).phone).toBe('+4930123456');
  expect(applicationSchema.parse({ ...good, phone: '0049 30 123456' }).phone).toBe('+4930123456');
});

it.each([
  [{ phone: '030 123456' }, 'phone'],
  [{ phone: 'call me' }, 'phone'],
  [{ country: '' }, 'country'],
  [{ motivation: '   short   ' }, 'motivation'],
  [{ accept_terms: false }, 'accept_terms'],
  [{ name: '  ' }, 'name'],
])('refuses %j', (change, field) => {
  const result = applicationSchema.safeParse({ ...good, ...change });
  expect(result.error?.issues[0]?.path).toEqual([field]);
});

it('names countries, in the order of their names', () => {
  expect(named(['US', 'AT', 'DE'])).toEqual([
    { code: 'AT', name: 'Austria' },
    { code: 'DE', name: 'Germany' },
    { code: 'US', name: 'United States' },
  ]);
});
