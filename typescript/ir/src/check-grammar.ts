import type { ContractFinding, ContractFindingCode } from '@mizan/core/contract-check';
import { suggest } from '@mizan/core/contract-check';
import { type Lookup, lookupOf, type NodeRule, nodeRules, type ValueRule } from './grammar.ts';
import { type KdlNode, type KdlValue, OddValue } from './kdl-node.ts';
import { pathOfTrail } from './node-path.ts';

/** All that keeps a document from being a contract (IR-GRAMMAR), in document order. */
export function checkGrammar(nodes: readonly KdlNode[]): ContractFinding[] {
  const findings: ContractFinding[] = [];
  const root = nodes[0];
  if (nodes.length !== 1 || root?.name !== 'mizan') {
    const wrong = nodes.find((node) => node.name !== 'mizan') ?? nodes[1];
    findings.push({
      path: '',
      code: 'unknown-node',
      message:
        wrong === undefined
          ? 'The document is empty; a contract is one node "mizan".'
          : `A contract is one node "mizan" with everything inside; here stands ${wrong.name === 'mizan' ? 'another one' : quote(wrong.name)}.`,
      ...(wrong && { place: { line: wrong.line, column: wrong.column } }),
    });
    return findings;
  }
  new Walk(findings).node(root, nodeRules.mizan as NodeRule);
  return findings;
}

class Walk {
  readonly #findings: ContractFinding[];
  readonly #trail: KdlNode[] = [];

  constructor(findings: ContractFinding[]) {
    this.#findings = findings;
  }

  node(node: KdlNode, rule: NodeRule): void {
    const lookup = lookupOf(rule);
    this.#trail.push(node);
    if (node.flaws !== undefined) {
      for (const flaw of node.flaws) this.#say(node, 'flaw', `${describe(node)}: ${flaw}.`);
    }
    this.#args(node, rule);
    this.#props(node, lookup);
    this.#children(node, lookup);
    this.#trail.pop();
  }

  #say(node: KdlNode, code: ContractFindingCode, message: string): void {
    const trail = this.#trail.at(-1) === node ? this.#trail : [...this.#trail, node];
    const place = { line: node.line, column: node.column };
    this.#findings.push({ path: pathOfTrail(trail), code, message, place });
  }

  #args(node: KdlNode, rule: NodeRule): void {
    const count = node.args.length;
    if (rule.args === undefined && count === 0) return;
    if (rule.args === 'one' && count === 1 && typeof node.args[0] === 'string') return;
    const { least, most, wanted } = argumentsOf(rule, node);
    if (count < least) {
      this.#say(node, 'missing-argument', `${describe(node)} takes ${wanted}${found(count)}.`);
    } else if (count > most) {
      this.#say(node, 'extra-argument', `${describe(node)} takes ${wanted}${found(count)}.`);
    }
    if (rule.args === undefined) return;
    for (let at = 0; at < count; at++) {
      const value = node.args[at] as KdlValue;
      const free = rule.args === 'value' || (rule.args === 'key and value' && at > 0);
      const wrong = free ? oddity(value) : misfit(value, 'text');
      if (wrong !== undefined)
        this.#say(node, 'wrong-value', `${describe(node)}: argument ${at + 1} ${wrong}.`);
    }
  }

  #props(node: KdlNode, { props, required }: Lookup): void {
    let present = 0;
    for (const [name, value] of node.props) {
      const wanted = props.get(name);
      if (wanted === undefined) {
        const known = [...props.keys()];
        const message = `${describe(node)} has no property ${quote(name)}; it has ${list(known)}.`;
        this.#say(node, 'unknown-property', message + suggest(name, known));
        continue;
      }
      present++;
      const wrong = misfit(value, wanted);
      if (wrong === undefined) continue;
      const code = wanted === 'protocol' ? 'unsupported-protocol' : 'wrong-value';
      this.#say(node, code, `${describe(node)}: ${name} ${wrong}.`);
    }
    if (present === props.size) return;
    for (const name of required) {
      if (!node.props.has(name)) {
        this.#say(node, 'missing-property', `${describe(node)} lacks the property ${name}.`);
      }
    }
  }

  #children(node: KdlNode, { children, slots }: Lookup): void {
    if (node.children.length === 0 && slots.length === 0) return;
    const seen = new Set<string>();
    const keys = node.name === 'map' ? new Set<unknown>() : undefined;
    for (const child of node.children) {
      const known = children.get(child.name);
      if (known === undefined) {
        const names = [...children.keys()];
        const message = `${describe(node)} has no child ${quote(child.name)}; it has ${list(names)}.`;
        this.#say(child, 'unknown-node', message + suggest(child.name, names));
        // It was probably meant to be the type.
        seen.add('type');
        continue;
      }
      if (known.count !== 'many' && seen.has(known.slot)) {
        this.#say(child, 'repeated-node', `${describe(node)} takes one ${known.slot} only.`);
      }
      seen.add(known.slot);
      if (keys !== undefined && child.name === 'entry') {
        if (keys.has(child.args[0])) {
          this.#say(child, 'repeated-node', `${describe(child)} stands there already.`);
        }
        keys.add(child.args[0]);
      }
      this.node(child, known.rule);
    }
    for (const slot of slots) {
      if (seen.has(slot)) continue;
      const what = slot === 'type' ? 'its type' : `the child ${quote(slot)}`;
      this.#say(node, 'missing-node', `${describe(node)} lacks ${what}.`);
    }
  }
}

function argumentsOf(rule: NodeRule, node: KdlNode): { least: number; most: number; wanted: string } {
  const own = node.children.length === 0 ? 1 : 0;
  switch (rule.args) {
    case 'one':
      return { least: 1, most: 1, wanted: 'one text' };
    case 'some':
      return { least: 1, most: Number.POSITIVE_INFINITY, wanted: 'texts' };
    case 'value':
      return { least: own, most: own, wanted: 'one value, or a child "list" or "map" in its place' };
    case 'key and value':
      return {
        least: 1 + own,
        most: 1 + own,
        wanted: 'a key and a value, or a child "list" or "map" in the value\'s place',
      };
    default:
      return { least: 0, most: 0, wanted: 'no argument' };
  }
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

/** What is wrong with a value, as the end of a sentence; nothing when it fits. */
function misfit(value: KdlValue, rule: ValueRule): string | undefined {
  if (rule === 'text' && typeof value === 'string') return undefined;
  const odd = oddity(value);
  if (odd !== undefined) return odd;
  const wanted = fits(value, rule) ? undefined : wantedOf(rule);
  return wanted === undefined ? undefined : `is ${showValue(value)}; ${wanted}`;
}

function fits(value: KdlValue, rule: ValueRule): boolean {
  switch (rule) {
    case 'text':
      return typeof value === 'string';
    case 'text or null':
      return typeof value === 'string' || value === null;
    case 'count':
      return typeof value === 'number' && value >= 0;
    case 'count or null':
      return (typeof value === 'number' && value >= 0) || value === null;
    case 'integer':
      return typeof value === 'number';
    case 'number':
      return typeof value === 'number' || value instanceof OddValue;
    case 'boolean':
      return typeof value === 'boolean';
    case 'protocol':
      return value === 1;
    default:
      return typeof value === 'string' && rule.includes(value);
  }
}

function wantedOf(rule: ValueRule): string {
  switch (rule) {
    case 'text':
      return 'it must be a text';
    case 'text or null':
      return 'it must be a text or #null';
    case 'count':
      return 'it must be an integer from 0';
    case 'count or null':
      return 'it must be an integer from 0 or #null';
    case 'integer':
      return 'it must be an integer';
    case 'number':
      return 'it must be a number';
    case 'boolean':
      return 'it must be #true or #false';
    case 'protocol':
      return 'this version of Mizan reads protocol 1. Update it, or export the contract again';
    default:
      return `it must be one of ${rule.map(quote).join(', ')}`;
  }
}

/** What no value of a contract may be (IR-NUMBER): annotated otherwise, rounded, or in another notation. */
function oddity(value: KdlValue): string | undefined {
  if (!(value instanceof OddValue)) {
    return typeof value !== 'number' || Number.isSafeInteger(value)
      ? undefined
      : `is ${value}; an integer must lie within plus or minus 9007199254740991`;
  }
  if (value.tag === undefined) {
    return `is ${value.text}; integers are written plainly, other numbers as (float)"0.5"`;
  }
  if (value.tag !== 'float') return `is ${showValue(value)}; only (float) may stand before a value`;
  const number = typeof value.value === 'string' ? Number(value.value) : Number.NaN;
  return Number.isFinite(number) && String(number) === value.value && !Number.isSafeInteger(number)
    ? undefined
    : `is ${showValue(value)}; (float) stands before the text of a number that is no integer, as in (float)"0.5"`;
}

function showValue(value: KdlValue): string {
  if (value instanceof OddValue) {
    const inner = value.text ?? showValue(value.value);
    return value.tag === undefined ? inner : `(${value.tag})${inner}`;
  }
  if (typeof value === 'string') return quote(value);
  return typeof value === 'number' ? String(value) : `#${value}`;
}

function describe(node: KdlNode): string {
  const name = node.args[0];
  return typeof name === 'string' ? `${node.name} ${quote(name)}` : `${node.name}`;
}

function found(count: number): string {
  return count === 0 ? ', and there is none' : `, and there ${count === 1 ? 'is one' : `are ${count}`}`;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text);
}
