import type { Person } from '../mizan/index.ts';
import { useStored } from './use-stored.ts';

/** Who sits at this desk. The demo has no sign-in, so anybody may be anybody. */
export function useDesk(): { agentId: number; sitDown: (agent: Person['id']) => void } {
  const [agentId, sitDown] = useStored<number>('desk', 1);
  return { agentId, sitDown };
}
