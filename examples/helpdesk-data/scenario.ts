/** How urgent a ticket is, as everywhere in the Helpdesk. */
export type SeedPriority = 'low' | 'normal' | 'high' | 'urgent';

/** One kind of conversation. Words in braces are filled in anew for each ticket. */
export interface Scenario {
  subjects: string[];
  opening: string;
  priority: SeedPriority;
  /** Ids of the agents who take such tickets. */
  agents: number[];
  replies: ['agent' | 'customer', string][];
}
