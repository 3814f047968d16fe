import { ERROR_STATUS, LIMITS } from '../generated/tables.ts';
import { isName, isTypeName } from '../names.ts';
import { pathTo } from './finding.ts';
import type { Report } from './report.ts';

/** Names of everything at the top of a contract: their grammar, and that no two of a kind are alike. */
export function checkNames(report: Report): void {
  const { contexts, errors, functions, types } = report.contract;
  checkNameList(report, contexts, '/contexts', 'context');
  checkNameList(report, errors, '/errors', 'error');
  checkNameList(report, functions, '/functions', 'function');
  checkNameList(report, types, '/types', 'type');
  for (const { name } of errors) {
    const path = pathTo('/errors', name);
    if (report.types.has(name)) {
      report.say(
        path,
        'duplicate',
        `Error ${name}: a type has this name too. Clients need both; rename one.`,
      );
    }
    if (Object.hasOwn(ERROR_STATUS, name)) {
      report.say(path, 'reserved', `Error ${name}: this is a code of the protocol itself. Rename it.`);
    }
  }
}

/** The words for things with names of their own, and which grammar these have. */
export type NameKind = 'context' | 'error' | 'function' | 'type' | 'field' | 'parameter';

/** Checks the names of one list: each by itself, then against the others. */
export function checkNameList(
  report: Report,
  items: readonly { name: string }[],
  base: string,
  kind: NameKind,
  of = '',
): void {
  const seen = new Map<string, string>();
  for (const { name } of items) {
    const path = pathTo(base, name);
    const title = `${kind[0]?.toUpperCase()}${kind.slice(1)} ${JSON.stringify(name)}${of}`;
    const fault = faultOf(name, kind);
    if (fault !== undefined) report.say(path, 'name', `${title}: ${fault}.`);
    const other = seen.get(name.toLowerCase());
    if (other === name) {
      report.say(path, 'duplicate', `${title} stands there twice. Rename one, or give it another wire name.`);
    } else if (other !== undefined) {
      report.say(
        path,
        'case-clash',
        `${title} differs from ${JSON.stringify(other)} by case only. Rename one, or give it another wire name.`,
      );
    }
    seen.set(name.toLowerCase(), name);
  }
}

function faultOf(name: string, kind: NameKind): string | undefined {
  const upper = kind === 'error' || kind === 'type';
  if (upper ? isTypeName(name) : isName(name)) return undefined;
  if (name.length > LIMITS.nameLength) return `a name has at most ${LIMITS.nameLength} characters`;
  if (name === 'constructor') return 'JavaScript keeps this name for itself; take another';
  return upper
    ? 'a name of a type or an error starts with a capital and has ASCII letters and digits only'
    : 'a wire name starts with a small letter and has ASCII letters and digits only';
}
