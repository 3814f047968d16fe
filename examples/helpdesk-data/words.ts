import type { SeedPerson } from './people.ts';
import type { Random } from './random.ts';

/** What the words in braces stand for, in one ticket. */
export type Words = Record<string, string>;

const bikes = ['Lark One', 'Lark Mini', 'Lark Long', 'Lark Trio'];
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const colours = ['moss green', 'brick red', 'slate blue', 'oat white', 'mustard'];
const parts = ['left pedal', 'bell', 'mudguard stay', 'rear light', 'saddle clamp', 'chain guard'];

/** Chooses the facts of one conversation, so that they stay the same from the first line to the last. */
export function pickWords(random: Random, requester: SeedPerson): Words {
  const digits = (count: number) => Array.from({ length: count }, () => random.below(10)).join('');
  return {
    first: requester.name.split(' ')[0] ?? requester.name,
    city: requester.title,
    bike: random.pick(bikes),
    day: random.pick(days),
    colour: random.pick(colours),
    part: random.pick(parts),
    order: `LC-${20_000 + random.below(9_000)}`,
    serial: `LK${random.pick(['A', 'B', 'D', 'F'])}-${digits(6)}`,
    tracking: `JD0${digits(9)}`,
    batch: `RC-${22 + random.below(4)}-${digits(2)}`,
    fault: `E${random.pick(['03', '11', '17', '24'])}`,
    version: `4.${random.below(9)}.${random.below(4)}`,
    percent: String(55 + 5 * random.below(8)),
    distance: String(100 * (3 + random.below(60))),
    range: String(22 + random.below(16)),
    amount: ['3,490.00', '4,290.00', '4,850.00', '5,390.00'][random.below(4)] ?? '4,290.00',
    count: String(4 + random.below(14)),
  };
}

/** Puts the words in. An unknown one is a mistake in a scenario. */
export function writeText(template: string, words: Words): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const word = words[name];
    if (word === undefined) throw new Error(`No word for {${name}} in: ${template}`);
    return word;
  });
}
