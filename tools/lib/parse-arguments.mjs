import { parseArgs } from 'node:util';

/**
 * Reads the arguments of `npm test`; throws with a message that shows the usage.
 *
 * @param {readonly string[]} argv
 */
export function parseTestArguments(argv) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      only: { type: 'string', multiple: true },
      except: { type: 'string', multiple: true },
      update: { type: 'boolean', default: false },
      bail: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  /** @param {string[] | undefined} words */
  const split = (words) => (words ?? []).flatMap((word) => word.split(',')).filter(Boolean);
  return { ...values, only: split(values.only), except: split(values.except) };
}

/** The usage text of `npm test`. */
export const usage = `npm test -- [options]

  --only a,b     run these steps or groups only (with what they need)
  --except a,b   run all but these
  --update       write generated files and lists instead of comparing them
  --bail         stop at the first step that fails
  --list         print the steps

  npm run check  runs the group "checks": everything that needs no test run
`;
