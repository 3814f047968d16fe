import { people, type SeedPerson } from './people.ts';
import { createRandom, type Random } from './random.ts';
import type { Scenario, SeedPriority } from './scenario.ts';
import { officeScenarios } from './scenarios-office.ts';
import { workshopScenarios } from './scenarios-workshop.ts';
import { pickWords, writeText } from './words.ts';

export type SeedStatus = 'open' | 'waiting' | 'closed';

/** The whole start of the Helpdesk's database. Times are RFC 3339 in UTC; ids count from 1. */
export interface Seed {
  people: SeedPerson[];
  tickets: SeedTicket[];
  comments: { id: number; ticketId: number; authorId: number; body: string; createdAt: string }[];
  events: SeedEvent[];
}

interface SeedTicket {
  id: number;
  subject: string;
  body: string;
  status: SeedStatus;
  priority: SeedPriority;
  requesterId: number;
  assigneeId: number | null;
  openedAt: string;
  updatedAt: string;
  closedAt: string | null;
}

interface SeedEvent {
  id: number;
  ticketId: number;
  kind: 'opened' | 'status' | 'assignee';
  actorId: number;
  from: string | null;
  to: string | null;
  createdAt: string;
}

const minute = 60_000;
const day = 24 * 60 * minute;
const agentCount = people.filter((person) => person.role === 'agent').length;

/** Makes the same tickets for the same `now`, which is when the newest of them has just come in. */
export function createSeed(now: Date, count = 320): Seed {
  const random = createRandom(20_261_101);
  const seed: Seed = { people, tickets: [], comments: [], events: [] };
  const scenarios = shuffled(random, [...workshopScenarios, ...officeScenarios]);
  let previous: Scenario | undefined;
  for (let id = 1; id <= count; id++) {
    const next = (id + (random.chance(0.35) ? random.below(scenarios.length) : 0)) % scenarios.length;
    let scenario = scenarios[next] as Scenario;
    // Two of a kind in a row would look copied.
    if (scenario === previous) scenario = scenarios[(next + 1) % scenarios.length] as Scenario;
    previous = scenario;
    addTicket(seed, random, scenario, id, openedAt(random, now, id, count), now);
  }
  return seed;
}

/** Tickets come in over four months, in order, more of them lately, and at daytime. */
function openedAt(random: Random, now: Date, id: number, count: number): Date {
  const age = ((count - id) / count) ** 1.7 * 120 * day + (count - id) * 9 * minute + 4 * minute;
  const time = new Date(now.getTime() - age);
  if (age > 2 * day) time.setUTCHours(6 + (time.getUTCHours() * 11) / 24, random.below(60), random.below(60));
  return time;
}

function addTicket(seed: Seed, random: Random, scenario: Scenario, id: number, opened: Date, now: Date) {
  const requester = random.pick(people.slice(agentCount));
  const words = pickWords(random, requester);
  const text = (template: string) => writeText(template, words);
  const agent = random.chance(0.85) ? random.pick(scenario.agents) : 1 + random.below(agentCount);
  let time = opened.getTime();
  const iso = () => new Date(time).toISOString();
  const ticket: SeedTicket = {
    id,
    subject: text(random.pick(scenario.subjects)),
    body: text(scenario.opening),
    status: 'open',
    priority: random.chance(0.8) ? scenario.priority : random.pick(['low', 'normal', 'high'] as const),
    requesterId: requester.id,
    assigneeId: null,
    openedAt: iso(),
    updatedAt: iso(),
    closedAt: null,
  };
  const note = (kind: SeedEvent['kind'], actorId: number, from: string | null, to: string | null) =>
    seed.events.push({ id: seed.events.length + 1, ticketId: id, kind, actorId, from, to, createdAt: iso() });
  const setStatus = (status: SeedStatus, actorId: number) => {
    if (ticket.status === status) return;
    note('status', actorId, ticket.status, status);
    ticket.status = status;
    ticket.closedAt = status === 'closed' ? iso() : null;
  };
  /** Moves on in time; false when that would be the future. */
  const later = (least: number, most: number) => {
    const next = time + least + random.below(most - least);
    if (next > now.getTime() - minute) return false;
    time = next;
    ticket.updatedAt = iso();
    return true;
  };

  note('opened', requester.id, null, null);
  seed.tickets.push(ticket);
  if (!later(4 * minute, 20 * 60 * minute)) return;
  ticket.assigneeId = agent;
  note('assignee', random.chance(0.5) ? 1 : agent, null, people[agent - 1]?.name ?? null);
  for (const [who, template] of scenario.replies) {
    if (!later(20 * minute, who === 'agent' ? 22 * 60 * minute : 5 * day)) return;
    const authorId = who === 'agent' ? agent : requester.id;
    const comment = { ticketId: id, authorId, body: text(template), createdAt: iso() };
    seed.comments.push({ id: seed.comments.length + 1, ...comment });
    setStatus(who === 'agent' ? 'waiting' : 'open', authorId);
  }
  // Some are never closed by anybody: that is what a help desk looks like.
  if (random.chance(0.93) && later(30 * minute, 2 * day)) setStatus('closed', agent);
}

function shuffled<T>(random: Random, list: T[]): T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}
