import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { summarise } from '../model';
import { ChannelList } from './channel-list';

it('shows every stage with its count and tells which one is open', () => {
  const onChoose = vi.fn<(status: string) => void>();
  const lanes = summarise([
    { status: 'new', estimated_value: 1, currency: 'USD' },
    { status: 'new', estimated_value: null, currency: 'USD' },
  ]);
  render(<ChannelList current="new" lanes={lanes} onChoose={onChoose} />);
  expect(screen.getAllByRole('button')).toHaveLength(6);
  expect(screen.getByRole('button', { current: 'page' }).textContent).toBe('#new-leads2');
  fireEvent.click(screen.getByRole('button', { name: /closed-lost/ }));
  expect(onChoose).toHaveBeenCalledExactlyOnceWith('closed_lost');
});
