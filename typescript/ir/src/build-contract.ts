import type {
  Affects,
  AuthKind,
  ContextDecl,
  Contract,
  ErrorDecl,
  Field,
  FunctionDecl,
  Json,
  Merge,
  ScopeParam,
  Type,
  TypeDecl,
} from '@mizan/core';
import { typeRules } from './grammar.ts';
import { type KdlNode, type KdlValue, OddValue } from './kdl-node.ts';

/** The contract that a document states. The document has passed `checkGrammar`, so nothing is asked again. */
export function buildContract(root: KdlNode): Contract {
  const contract: Contract = { contexts: [], errors: [], functions: [], types: [] };
  for (const node of root.children) {
    if (node.name === 'context') contract.contexts.push(toContext(node));
    else if (node.name === 'error') contract.errors.push(toError(node));
    else if (node.name === 'function') contract.functions.push(toFunction(node));
    else contract.types.push(toTypeDecl(node));
  }
  return contract;
}

function toContext(node: KdlNode): ContextDecl {
  const cache = prop(node, 'cache') as number | null;
  const context: ContextDecl = {
    name: text(node),
    params: [],
    members: [],
    cacheClass: prop(node, 'class') as ContextDecl['cacheClass'],
    rev: prop(node, 'rev') as number,
  };
  if (cache !== null) context.cache = cache;
  for (const child of node.children) {
    if (child.name === 'member') context.members.push(text(child));
    else if (child.name === 'param') context.params.push(toField(child));
    else addDoc(context, child);
  }
  return context;
}

function toError(node: KdlNode): ErrorDecl {
  const error: ErrorDecl = { name: text(node), status: prop(node, 'status') as number, fields: [] };
  for (const child of node.children) {
    if (child.name === 'field') error.fields.push(toField(child));
    else addDoc(error, child);
  }
  return error;
}

function toFunction(node: KdlNode): FunctionDecl {
  const context = prop(node, 'context') as string | null;
  const fn: FunctionDecl = {
    name: text(node),
    input: [],
    output: { kind: 'null' },
    errors: [],
    auth: prop(node, 'auth') as AuthKind,
    private: prop(node, 'private') as boolean,
    stream: prop(node, 'stream') as boolean,
    websocket: prop(node, 'websocket') as boolean,
    affects: [],
    merge: [],
  };
  if (context !== null) fn.context = context;
  for (const child of node.children) {
    if (child.name === 'affects') fn.affects.push(toAffects(child));
    else if (child.name === 'error') fn.errors.push(text(child));
    else if (child.name === 'input') fn.input = child.children.map(toField);
    else if (child.name === 'merge') fn.merge.push(toMerge(child));
    else if (child.name === 'output') fn.output = toType(child.children[0] as KdlNode);
    else addDoc(fn, child);
  }
  return fn;
}

function toTypeDecl(node: KdlNode): TypeDecl {
  const decl: TypeDecl = { name: text(node), type: { kind: 'struct', fields: [] } };
  for (const child of node.children) {
    if (child.name === 'struct') decl.type = { kind: 'struct', fields: child.children.map(toField) };
    else if (child.name === 'enum' || child.name === 'union') decl.type = toType(child) as TypeDecl['type'];
    else addDoc(decl, child);
  }
  return decl;
}

function toField(node: KdlNode): Field {
  const field: Field = {
    name: text(node),
    type: { kind: 'null' },
    optional: prop(node, 'optional') as boolean,
  };
  for (const child of node.children) {
    if (child.name === 'default') field.default = toJson(child, 0);
    else if (child.name === 'doc' || child.name === 'deprecated') addDoc(field, child);
    else field.type = toType(child);
  }
  return field;
}

function toAffects(node: KdlNode): Affects {
  const member = prop(node, 'member') as string | null;
  const affects: Affects = { context: text(node), params: node.children.map(toScope) };
  if (member !== null) affects.member = member;
  return affects;
}

function toMerge(node: KdlNode): Merge {
  return { function: text(node), params: node.children.map(toScope) };
}

function toScope(node: KdlNode): ScopeParam {
  return {
    param: text(node),
    from: prop(node, 'from') as ScopeParam['from'],
    field: prop(node, 'field') as string,
  };
}

/** A type: its properties have the names of the model, so they are copied as they are. KDL has no node `null`. */
function toType(node: KdlNode): Type {
  const only = () => toType(node.children[0] as KdlNode);
  switch (node.name) {
    case 'nothing':
      return { kind: 'null' };
    case 'ref':
      return { kind: 'ref', name: text(node) };
    case 'enum':
      return { kind: 'enum', values: texts(node) };
    case 'nullable':
      return { kind: 'nullable', of: only() };
    case 'union': {
      const tag = prop(node, 'tag') as string | null;
      const arms = node.children.map(toType);
      return tag === null ? { kind: 'union', arms } : { kind: 'union', arms, tag };
    }
  }
  const type: Record<string, unknown> = { kind: node.name };
  if (node.name === 'list') type.items = only();
  else if (node.name === 'map') type.values = only();
  else if (node.name === 'upload' && node.children[0] !== undefined) type.accept = texts(node.children[0]);
  if (node.props.size > 0) {
    for (const name in typeRules[node.name]?.options) {
      const value = node.props.get(name);
      if (value !== undefined) type[name] = plain(value);
    }
  }
  return type as Type;
}

/** The value of `default`, `item` or `entry`: an argument at `at`, or a child that lists or maps others. */
function toJson(node: KdlNode, at: number): Json {
  const child = node.children[0];
  if (child === undefined) return plain(node.args[at] as KdlValue);
  if (child.name === 'list') return child.children.map((item) => toJson(item, 0));
  const map: Record<string, Json> = {};
  for (const entry of child.children) {
    // A key such as "__proto__" is a key like any other.
    Object.defineProperty(map, text(entry), {
      value: toJson(entry, 1),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return map;
}

function addDoc(to: { doc?: string; deprecated?: string }, node: KdlNode): void {
  if (node.name === 'deprecated') to.deprecated = text(node);
  else if (node.name === 'doc' && text(node) !== '') to.doc = text(node);
}

function text(node: KdlNode): string {
  return node.args[0] as string;
}

function texts(node: KdlNode): string[] {
  return [...node.args] as string[];
}

function prop(node: KdlNode, name: string): KdlValue {
  return node.props.get(name) as KdlValue;
}

function plain(value: KdlValue): string | number | boolean | null {
  return value instanceof OddValue ? Number(value.value) : value;
}
