import { type CodeCase, Failure } from '../../src/case.ts';

const mistakes = {
  clash: 'echoBig',
  unknownContext: 'nowhereContext',
  contextParam: 'listed',
  mergeType: 'mergeWrong',
  wireless: 'wireless',
};

/** `merge_wrong` and `mergeWrong` are one name, as the language of the message writes it. */
const plain = (text: string): string => text.replaceAll('_', '').toLowerCase();
const names = (words: string, subject: string): boolean => plain(words).includes(plain(subject));
const place = /[\w./-]+\.(ts|py|rs):\d+/;

export const cases: CodeCase[] = [
  ...Object.entries(mistakes).map(
    ([name, subject]): CodeCase => ({
      id: `registration/refuses-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      clauses: ['NAME-5'],
      async run(stage) {
        const words = await stage.refusal({ mistakes: [name] });
        if (!names(words, subject)) throw new Failure(`the message must name ${subject}; it says: ${words}`);
        if (!place.test(words)) throw new Failure(`the message must name file and line; it says: ${words}`);
      },
    }),
  ),
  {
    id: 'registration/all-findings-at-once',
    clauses: ['NAME-5'],
    async run(stage) {
      const words = await stage.refusal({ mistakes: Object.keys(mistakes) });
      for (const subject of Object.values(mistakes))
        if (!names(words, subject))
          throw new Failure(`the message must name ${subject} as well; it says: ${words}`);
    },
  },
  {
    id: 'registration/every-function-is-found',
    clauses: ['NAME-5'],
    async run(stage) {
      const names = [
        'echoScalars',
        'constrained',
        'buy',
        'whoAmI',
        'moveCard',
        'witness',
        'tidyDesk',
        'mergeName',
      ];
      for (const fn of names) {
        const outcome = await stage.call(fn, { surely: 'unknown' });
        const code = (outcome.body as { error?: { code: string } }).error?.code;
        if (code === 'NOT_FOUND') throw new Failure(`${fn} was not found`);
      }
    },
  },
];
