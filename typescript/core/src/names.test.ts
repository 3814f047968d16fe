import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { camelFromSnake, isErrorName, isName, isTypeName, snakeFromCamel } from './names.ts';
import { readVectors } from './testing/vectors.ts';

const tests = { name: isName, typeName: isTypeName, errorName: isErrorName };

describe('spec/vectors/names', () => {
  it.each(readVectors<{ kind: keyof typeof tests; text: string; ok: boolean }>('names/valid'))(
    'valid: $kind $text',
    ({ kind, text, ok }) => expect(tests[kind](text)).toBe(ok),
  );

  it.each(readVectors<{ snake: string; camel: string }>('names/snake'))(
    '$snake is $camel on the wire',
    ({ snake, camel }) => expect(camelFromSnake(snake)).toBe(camel),
  );

  it.each(readVectors<{ snake: string; camel: string }>('names/camel'))(
    '$camel shows as $snake',
    ({ snake, camel }) => expect(snakeFromCamel(camel)).toBe(snake),
  );
});

describe('names', () => {
  it('come back from snake case unless a digit follows an underscore', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const snake = words.join('_');
        expect(snakeFromCamel(camelFromSnake(snake))).toBe(snake);
        expect(isName(camelFromSnake(snake)) || camelFromSnake(snake) === 'constructor').toBe(true);
      }),
    );
  });

  it('never hold an underscore, whatever they came from', () => {
    fc.assert(fc.property(fc.string(), (text) => !camelFromSnake(text).includes('_')));
  });
});
