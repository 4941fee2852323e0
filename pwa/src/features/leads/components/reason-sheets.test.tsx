import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { Lead } from '../model';
import { LostSheet } from './reason-sheets';

const lead = { id: 'l', company_name: 'Client 17' } as Lead;

it('takes no loss without a reason, and another reason only in words', () => {
  const onLost = vi.fn<(reason: string) => void>();
  render(<LostSheet lead={lead} onClose={() => undefined} onLost={onLost} />);
  const send = screen.getByRole('button', { name: 'Mark as lost' });
  fireEvent.submit(send.closest('dialog')?.querySelector('form') as HTMLFormElement);
  expect(screen.getByRole('alert').textContent).toContain('choose a reason');
  fireEvent.click(screen.getByRole('radio', { name: 'Other reason' }));
  fireEvent.submit(screen.getByRole('radio', { name: 'Price' }).closest('form') as HTMLFormElement);
  expect(onLost).not.toHaveBeenCalled();
  fireEvent.change(screen.getByRole('textbox', { name: 'What was it?' }), { target: { value: ' Moved away ' } });
  fireEvent.submit(screen.getByRole('radio', { name: 'Price' }).closest('form') as HTMLFormElement);
  expect(onLost).toHaveBeenCalledExactlyOnceWith('Moved away');
});
