import { type CodeCase, Failure } from '../../src/case.ts';
import { startTestee, TesteeError } from '../../src/testee.ts';

const mistakes = {
  clash: 'echoBig',
  unknownContext: 'nowhereContext',
  contextParam: 'listed',
  mergeType: 'mergeWrong',
  wireless: 'wireless',
};

async function refusal(spec: Parameters<typeof startTestee>[0], names: string[]): Promise<string> {
  let testee: Awaited<ReturnType<typeof startTestee>>;
  try {
    testee = await startTestee(spec, { mistakes: names });
  } catch (cause) {
    if (cause instanceof TesteeError && cause.how === 'refused') return cause.message;
    throw cause;
  }
  await testee.stop();
  throw new Failure(`a server with the mistakes ${names.join(', ')} must refuse to start`);
}

const place = /[\w./-]+\.(ts|py|rs):\d+/;

export const cases: CodeCase[] = [
  ...Object.entries(mistakes).map(
    ([name, subject]): CodeCase => ({
      id: `registration/refuses-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      clauses: ['REG-1'],
      async run(stage) {
        const words = await refusal(stage.testee.spec, [name]);
        if (!words.includes(subject)) throw new Failure(`the message must name ${subject}; it says: ${words}`);
        if (!place.test(words)) throw new Failure(`the message must name file and line; it says: ${words}`);
      },
    }),
  ),
  {
    id: 'registration/all-findings-at-once',
    clauses: ['REG-1'],
    async run(stage) {
      const words = await refusal(stage.testee.spec, Object.keys(mistakes));
      for (const subject of Object.values(mistakes))
        if (!words.includes(subject)) throw new Failure(`the message must name ${subject} as well; it says: ${words}`);
    },
  },
  {
    id: 'registration/every-function-is-found',
    clauses: ['REG-1'],
    async run(stage) {
      const names = ['echoScalars', 'constrained', 'buy', 'whoAmI', 'moveCard', 'witness', 'tidyDesk', 'mergeName'];
      for (const fn of names) {
        const outcome = await stage.call(fn, { surely: 'unknown' });
        const code = (outcome.body as { error?: { code: string } }).error?.code;
        if (code === 'NOT_FOUND') throw new Failure(`${fn} was not found`);
      }
    },
  },
];
