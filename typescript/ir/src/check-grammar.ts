import type { ContractFinding } from './finding.ts';
import { type Child, type NodeRule, nodeRules, typeRules, type ValueRule } from './grammar.ts';
import type { KdlNode, KdlValue } from './kdl-node.ts';
import { pathOfTrail } from './node-path.ts';
import { suggest } from './suggest.ts';

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
    this.#trail.push(node);
    if (node.flaws !== undefined) {
      for (const flaw of node.flaws) this.#say(node, 'flaw', `${describe(node)}: ${flaw}.`);
    }
    this.#args(node, rule);
    this.#props(node, rule);
    this.#children(node, rule);
    this.#trail.pop();
  }

  #say(node: KdlNode, code: string, message: string): void {
    const trail = this.#trail.at(-1) === node ? this.#trail : [...this.#trail, node];
    const place = { line: node.line, column: node.column };
    this.#findings.push({ path: pathOfTrail(trail), code, message, place });
  }

  #args(node: KdlNode, rule: NodeRule): void {
    const count = node.args.length;
    const { least, most, wanted } = argumentsOf(rule, node);
    if (count < least) {
      this.#say(node, 'missing-argument', `${describe(node)} takes ${wanted}${found(count)}.`);
    } else if (count > most) {
      this.#say(node, 'extra-argument', `${describe(node)} takes ${wanted}${found(count)}.`);
    }
    for (let at = 0; at < count; at++) {
      const value = node.args[at] as KdlValue;
      const free = rule.args === 'value' || (rule.args === 'key and value' && at > 0);
      const wrong = free ? oddity(value) : misfit(value, 'text');
      if (wrong !== undefined)
        this.#say(node, 'wrong-value', `${describe(node)}: argument ${at + 1} ${wrong}.`);
    }
  }

  #props(node: KdlNode, rule: NodeRule): void {
    for (const [name, value] of node.props) {
      const wanted = propertyOf(rule, name);
      if (wanted === undefined) {
        const known = [...Object.keys(rule.props ?? {}), ...Object.keys(rule.options ?? {})];
        const message = `${describe(node)} has no property ${quote(name)}; it has ${list(known)}.`;
        this.#say(node, 'unknown-property', message + suggest(name, known));
        continue;
      }
      const wrong = misfit(value, wanted);
      if (wrong === undefined) continue;
      const code = wanted === 'protocol' ? 'unsupported-protocol' : 'wrong-value';
      this.#say(node, code, `${describe(node)}: ${name} ${wrong}.`);
    }
    for (const name in rule.props) {
      if (!node.props.has(name)) {
        this.#say(node, 'missing-property', `${describe(node)} lacks the property ${name}.`);
      }
    }
  }

  #children(node: KdlNode, rule: NodeRule): void {
    const seen = new Set<string>();
    const keys = new Set<unknown>();
    for (const child of node.children) {
      const known = childOf(rule, child.name);
      if (known === undefined) {
        const names = namesOfChildren(rule);
        const message = `${describe(node)} has no child ${quote(child.name)}; it has ${list(names)}.`;
        this.#say(child, 'unknown-node', message + suggest(child.name, names));
        continue;
      }
      if (known.count !== 'many' && seen.has(known.slot)) {
        this.#say(child, 'repeated-node', `${describe(node)} takes one ${known.slot} only.`);
      }
      seen.add(known.slot);
      if (child.name === 'entry') {
        const key = child.args[0]?.value;
        if (keys.has(key)) this.#say(child, 'repeated-node', `${describe(child)} stands there already.`);
        keys.add(key);
      }
      this.node(child, known.rule);
    }
    for (const name in rule.children) {
      if (rule.children[name]?.count === 'one' && !seen.has(name)) {
        this.#say(node, 'missing-node', `${describe(node)} lacks the child ${quote(name)}.`);
      }
    }
    if (rule.types !== undefined && !seen.has('type')) {
      this.#say(node, 'missing-node', `${describe(node)} lacks its type.`);
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

function propertyOf(rule: NodeRule, name: string): ValueRule | undefined {
  if (rule.props !== undefined && Object.hasOwn(rule.props, name)) return rule.props[name];
  return rule.options !== undefined && Object.hasOwn(rule.options, name) ? rule.options[name] : undefined;
}

/** The rule of a child, how often it may stand there, and what else takes the same place. */
function childOf(
  rule: NodeRule,
  name: string,
): { rule: NodeRule; count: Child['count']; slot: string } | undefined {
  if (rule.children !== undefined && Object.hasOwn(rule.children, name)) {
    const child = rule.children[name] as Child;
    return { rule: nodeRules[child.rule] as NodeRule, count: child.count, slot: name };
  }
  if (rule.args === 'value' || rule.args === 'key and value') {
    return name === 'list' || name === 'map'
      ? { rule: nodeRules[name] as NodeRule, count: 'maybe', slot: 'value' }
      : undefined;
  }
  const count = rule.types === 'some' ? 'many' : 'one';
  if (rule.types === 'declared') {
    if (name === 'struct') return { rule: nodeRules.struct as NodeRule, count, slot: 'type' };
    return name === 'enum' || name === 'union'
      ? { rule: typeRules[name] as NodeRule, count, slot: 'type' }
      : undefined;
  }
  return rule.types !== undefined && Object.hasOwn(typeRules, name)
    ? { rule: typeRules[name] as NodeRule, count, slot: 'type' }
    : undefined;
}

function namesOfChildren(rule: NodeRule): string[] {
  const names = Object.keys(rule.children ?? {});
  if (rule.args === 'value' || rule.args === 'key and value') names.push('list', 'map');
  if (rule.types === 'declared') names.push('struct', 'enum', 'union');
  else if (rule.types !== undefined) names.push(...Object.keys(typeRules));
  return names;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

/** What is wrong with a value, as the end of a sentence; nothing when it fits. */
function misfit(value: KdlValue, rule: ValueRule): string | undefined {
  const odd = oddity(value);
  if (odd !== undefined) return odd;
  const plain = value.value;
  const number = value.tag === undefined && typeof plain === 'number';
  const isText = value.tag === undefined && typeof plain === 'string';
  const is = `is ${showValue(value)}`;
  if (typeof rule === 'object') {
    if (isText && rule.includes(plain as string)) return undefined;
    return `${is}; it must be one of ${rule.map(quote).join(', ')}`;
  }
  switch (rule) {
    case 'text':
      return isText ? undefined : `${is}; it must be a text`;
    case 'text or null':
      return isText || plain === null ? undefined : `${is}; it must be a text or #null`;
    case 'count':
      return number && plain >= 0 ? undefined : `${is}; it must be an integer from 0`;
    case 'count or null':
      return (number && plain >= 0) || plain === null
        ? undefined
        : `${is}; it must be an integer from 0 or #null`;
    case 'integer':
      return number ? undefined : `${is}; it must be an integer`;
    case 'number':
      return number || value.tag === 'float' ? undefined : `${is}; it must be a number`;
    case 'boolean':
      return typeof plain === 'boolean' ? undefined : `${is}; it must be #true or #false`;
    case 'protocol':
      return plain === 1
        ? undefined
        : `${is}; this version of Mizan reads protocol 1. Update it, or export again`;
  }
}

/** What no value of a contract may be (IR-NUMBER): annotated otherwise, rounded, or in another notation. */
function oddity(value: KdlValue): string | undefined {
  if (value.tag === 'float') {
    if (typeof value.value === 'string') {
      const number = Number(value.value);
      if (Number.isFinite(number) && String(number) === value.value && !Number.isSafeInteger(number))
        return undefined;
    }
    return `is ${showValue(value)}; (float) stands before the text of a number that is no integer, as in (float)"0.5"`;
  }
  if (value.tag !== undefined) return `is ${showValue(value)}; only (float) may stand before a value`;
  if (typeof value.value !== 'number') return undefined;
  if (value.odd !== undefined) {
    return `is ${value.odd}; integers are written plainly, other numbers as (float)"0.5"`;
  }
  return Number.isSafeInteger(value.value)
    ? undefined
    : `is ${value.value}; an integer must lie within plus or minus 9007199254740991`;
}

function showValue({ odd, tag, value }: KdlValue): string {
  const text =
    typeof value === 'string' ? quote(value) : (odd ?? (typeof value === 'number' ? value : `#${value}`));
  return tag === undefined ? String(text) : `(${tag})${text}`;
}

function describe(node: KdlNode): string {
  const name = node.args[0]?.value;
  return typeof name === 'string' ? `${node.name} ${quote(name)}` : `${node.name}`;
}

function found(count: number): string {
  return count === 0 ? ', and there is none' : `, and there ${count === 1 ? 'is one' : `are ${count}`}`;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text);
}
