import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { errorText } from '@/lib/errors';
import { showToast } from '@/lib/toast';
import { uuidv7 } from '@/lib/uuid';
import { text } from '../messages';
import type { LeadCard, LeadStatus } from '../model';
import { addActivity } from '../ops';
import { leadKeys } from '../queries';
import { useMove } from '../use-move';
import type { CardActions } from './lead-card';
import { DeleteSheet, LostSheet } from './reason-sheets';
import { LeadFormSheet } from './lead-form-sheet';
import { MoveSheet } from './move-sheet';
import { NoteSheet } from './note-form';
import { WinSheet } from './win-sheet';

type SheetName = 'move' | 'won' | 'lost' | 'note' | 'edit' | 'delete';

interface LeadSheets {
  actions: CardActions;
  open: (name: SheetName, lead: LeadCard) => void;
  /** Render it once on the page. */
  sheets: ReactNode;
}

/** All that can be done with a lead, and the one sheet that is open for it. */
export function useLeadSheets(onDeleted: () => void = () => undefined): LeadSheets {
  const client = useQueryClient();
  const [shown, setShown] = useState<{ name: SheetName; lead: LeadCard }>();
  const { mutate: move } = useMove();
  const { mutate: logCall } = useMutation({
    mutationFn: (lead: LeadCard) => addActivity(uuidv7(), lead.id, 'call', text.callNote),
    onSuccess: (_, lead) => {
      showToast(text.callLogged);
      return client.invalidateQueries({ queryKey: leadKeys.activities(lead.id) });
    },
    onError: (error) => showToast(errorText(error), { tone: 'bad' }),
  });

  const actions = useMemo<CardActions>(() => {
    const step = (lead: LeadCard, to: LeadStatus) => {
      if (to === 'closed_won') setShown({ name: 'won', lead });
      else if (to === 'closed_lost') setShown({ name: 'lost', lead });
      else move({ lead, to });
    };
    return {
      onStep: step,
      onMove: (lead) => setShown({ name: 'move', lead }),
      onNote: (lead) => setShown({ name: 'note', lead }),
      onCall: (lead) => showToast(text.logCall, { action: { label: text.log, run: () => logCall(lead) } }),
    };
  }, [move, logCall]);

  const close = () => setShown(undefined);
  let sheets: ReactNode = null;
  if (shown !== undefined) {
    const { name, lead } = shown;
    if (name === 'move') {
      sheets = (
        <MoveSheet
          lead={lead}
          onClose={close}
          onChoose={(to) => {
            close();
            actions.onStep(lead, to);
          }}
        />
      );
    } else if (name === 'lost') {
      sheets = (
        <LostSheet
          lead={lead}
          onClose={close}
          onLost={(lostReason) => {
            close();
            move({ lead, to: 'closed_lost', lostReason });
          }}
        />
      );
    } else if (name === 'won') sheets = <WinSheet lead={lead} onClose={close} />;
    else if (name === 'note') sheets = <NoteSheet lead={lead} onClose={close} />;
    else if (name === 'edit') sheets = <LeadFormSheet lead={lead} onClose={close} />;
    else sheets = <DeleteSheet lead={lead} onClose={close} onDeleted={onDeleted} />;
  }
  return { actions, open: (name, lead) => setShown({ name, lead }), sheets };
}
