import type { Application } from '@/lib/account';
import { rpc } from '@/lib/data';
import type { ApplicationInput } from './model';

export function submitApplication(input: ApplicationInput): Promise<Application> {
  return rpc('submit_application', input);
}
