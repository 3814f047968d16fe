import type { Type, TypeDecl } from '../contract.ts';
import { describeType } from './describe-type.ts';
import type { Report } from './report.ts';

const itself = 'itself';

type Union = Extract<Type, { kind: 'union' }>;

/** How a reader tells the arms of a union apart: by the text of one field, or by their kinds of JSON value. */
export function checkUnion(report: Report, union: Union, path: string, title: string): void {
  const say = (message: string) => report.say(path, 'union', `${title}: ${message}.`);
  if (union.arms.length < 2) say('a union has at least two arms');
  if (union.tag === undefined) checkKinds(report, union, say);
  else checkTags(report, union, union.tag, say);
}

function checkTags(report: Report, union: Union, tag: string, say: (message: string) => void): void {
  const seen = new Map<string, string>();
  for (const arm of union.arms) {
    const decl = arm.kind === 'ref' ? report.types.get(arm.name)?.type : undefined;
    if (arm.kind === 'ref' && decl === undefined) continue;
    const name = describeType(arm);
    if (decl?.kind !== 'struct') {
      say(`${name} is no struct; the arms of a union with a tag are`);
      continue;
    }
    const field = decl.fields.find((one) => one.name === tag);
    const values = field && valuesOf(report, field.type);
    if (field === undefined) say(`${name} lacks the tag ${JSON.stringify(tag)}`);
    else if (values?.length !== 1 || field.optional || field.default !== undefined) {
      say(`${name}.${tag} must be required and an enum of one value, because it tells the arms apart`);
    } else {
      const value = values[0] as string;
      const other = seen.get(value);
      if (other !== undefined) say(`${other} and ${name} have the same ${tag}, ${JSON.stringify(value)}`);
      seen.set(value, name);
    }
  }
}

function valuesOf(report: Report, type: Type): string[] | undefined {
  const bare = type.kind === 'ref' ? report.types.get(type.name)?.type : type;
  return bare?.kind === 'enum' ? bare.values : undefined;
}

function checkKinds(report: Report, union: Union, say: (message: string) => void): void {
  const seen = new Map<string, string>();
  for (const arm of union.arms) {
    const name = describeType(arm);
    const kinds = jsonKinds(report, arm, new Set());
    if (kinds === undefined) continue;
    if (kinds.length === 0) {
      say(`${name} cannot be an arm; nullable stands around the union, and json stands alone`);
      continue;
    }
    if (kinds.includes(itself)) {
      say(`${name} is an arm of itself`);
      continue;
    }
    for (const kind of new Set(kinds)) {
      const other = seen.get(kind);
      if (other !== undefined) {
        say(
          `${other} and ${name} are both ${kind} in JSON, so nobody can tell them apart. Give structs a tag`,
        );
      }
      seen.set(kind, name);
    }
  }
}

/** Kinds of JSON value of a type; none when it cannot be an arm, undefined when that is another's finding. */
function jsonKinds(report: Report, type: Type | TypeDecl['type'], inside: Set<string>): string[] | undefined {
  switch (type.kind) {
    case 'int':
    case 'float':
      return ['a number'];
    case 'bool':
      return ['a boolean'];
    case 'list':
      return ['an array'];
    case 'map':
    case 'struct':
      return ['an object'];
    case 'json':
    case 'upload':
    case 'null':
    case 'nullable':
      return [];
    case 'union': {
      if (type.tag !== undefined) return ['an object'];
      const all = type.arms.map((arm) => jsonKinds(report, arm, inside));
      return all.some((kinds) => kinds === undefined) ? undefined : (all as string[][]).flat();
    }
    case 'ref': {
      const decl = report.types.get(type.name);
      if (decl === undefined) return undefined;
      if (inside.has(type.name)) return [itself];
      return jsonKinds(report, decl.type, new Set([...inside, type.name]));
    }
    default:
      return ['a string'];
  }
}
