import { createContext, use } from 'react';
import { toAppError } from './errors';

/**
 * Asks the person for a fresh code of the authenticator app. Resolves to true when the session has it, to false when the
 * person gave up or has no authenticator yet.
 */
export type StepUp = () => Promise<boolean>;

export const StepUpContext = createContext<StepUp>(() => Promise.resolve(false));

export class StepUpCancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'StepUpCancelled';
  }
}

/** Runs an action; when the server asks for a second factor, gets one and runs the action once more. */
export async function withStepUp<T>(stepUp: StepUp, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (toAppError(error).kind !== 'mfa') throw error;
    if (!(await stepUp())) throw new StepUpCancelled();
    return action();
  }
}

export function useStepUp(): StepUp {
  return use(StepUpContext);
}
