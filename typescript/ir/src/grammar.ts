/** What a value must be. A list holds the words it may be. */
export type ValueRule =
  | 'text'
  | 'text or null'
  | 'count'
  | 'count or null'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'protocol'
  | readonly string[];

/** How a node is written (IR-GRAMMAR): its arguments, its properties and its children. */
export interface NodeRule {
  /** `one` text, `some` texts, one `value` or a list or map in its place, a `key` and then such a value. */
  args?: 'one' | 'some' | 'value' | 'key and value';
  /** Properties that must be there. */
  props?: Readonly<Record<string, ValueRule>>;
  /** Properties that may be there. */
  options?: Readonly<Record<string, ValueRule>>;
  children?: Readonly<Record<string, Child>>;
  /** Types among the children. */
  types?: 'one' | 'some' | 'declared';
}

/** A kind of child and how often it stands there. */
export interface Child {
  rule: string;
  count: Count;
}

export type Count = 'one' | 'maybe' | 'many';

const text: NodeRule = { args: 'one' };
const one = (rule: string): Child => ({ rule, count: 'one' });
const maybe = (rule: string): Child => ({ rule, count: 'maybe' });
const many = (rule: string): Child => ({ rule, count: 'many' });

const scalar: NodeRule = {};
const field: NodeRule = {
  args: 'one',
  props: { optional: 'boolean' },
  children: { default: maybe('value'), deprecated: maybe('text'), doc: maybe('text') },
  types: 'one',
};

/** The types, by the name of their node. */
export const typeRules: Readonly<Record<string, NodeRule>> = {
  string: { options: { maxLength: 'count', minLength: 'count', pattern: 'text' } },
  int: { options: { max: 'integer', min: 'integer', multipleOf: 'integer' } },
  bigint: { options: { max: 'text', min: 'text' } },
  decimal: { options: { max: 'text', min: 'text', multipleOf: 'text' } },
  float: { options: { max: 'number', min: 'number' } },
  bool: scalar,
  nothing: scalar,
  datetime: scalar,
  date: scalar,
  time: scalar,
  duration: scalar,
  uuid: scalar,
  bytes: scalar,
  json: scalar,
  upload: { options: { maxSize: 'count' }, children: { accept: maybe('texts') } },
  list: { options: { maxItems: 'count', minItems: 'count' }, types: 'one' },
  map: { options: { maxItems: 'count', minItems: 'count' }, types: 'one' },
  nullable: { types: 'one' },
  ref: text,
  enum: { args: 'some' },
  union: { props: { tag: 'text or null' }, types: 'some' },
};

/** All other nodes. The same word means different things in different places: an `error` of a function is a name only. */
export const nodeRules: Readonly<Record<string, NodeRule>> = {
  mizan: {
    props: { protocol: 'protocol' },
    children: {
      context: many('context'),
      error: many('error'),
      function: many('function'),
      type: many('type'),
    },
  },
  context: {
    args: 'one',
    props: { cache: 'count or null', class: ['public', 'user'], rev: 'count' },
    children: { doc: maybe('text'), member: many('text'), param: many('field') },
  },
  error: {
    args: 'one',
    props: { status: 'count' },
    children: { doc: maybe('text'), field: many('field') },
  },
  function: {
    args: 'one',
    props: {
      auth: ['custom', 'none', 'staff', 'superuser', 'user'],
      context: 'text or null',
      private: 'boolean',
      stream: 'boolean',
      websocket: 'boolean',
    },
    children: {
      affects: many('affects'),
      deprecated: maybe('text'),
      doc: maybe('text'),
      error: many('text'),
      input: maybe('struct'),
      merge: many('merge'),
      output: one('output'),
    },
  },
  type: {
    args: 'one',
    children: { deprecated: maybe('text'), doc: maybe('text') },
    types: 'declared',
  },
  affects: { args: 'one', props: { member: 'text or null' }, children: { scope: many('scope') } },
  merge: { args: 'one', children: { scope: many('scope') } },
  scope: { args: 'one', props: { from: ['args', 'result'], field: 'text' } },
  struct: { children: { field: many('field') } },
  output: { types: 'one' },
  field,
  text,
  texts: { args: 'some' },
  value: { args: 'value' },
  list: { children: { item: many('value') } },
  map: { children: { entry: many('entry') } },
  entry: { args: 'key and value' },
};

/** A rule with all that may stand in a node, looked up by name. */
export interface Lookup {
  rule: NodeRule;
  props: ReadonlyMap<string, ValueRule>;
  required: readonly string[];
  children: ReadonlyMap<string, { rule: NodeRule; count: Count; slot: string }>;
  /** Children that must be there; a `slot` is what several kinds of child compete for. */
  slots: readonly string[];
}

const lookups = new Map<NodeRule, Lookup>();

/** The rule's lookup, made once. */
export function lookupOf(rule: NodeRule): Lookup {
  let lookup = lookups.get(rule);
  if (lookup === undefined) {
    lookup = createLookup(rule);
    lookups.set(rule, lookup);
  }
  return lookup;
}

function createLookup(rule: NodeRule): Lookup {
  const children = new Map<string, { rule: NodeRule; count: Count; slot: string }>();
  const add = (rules: typeof nodeRules, names: readonly string[], count: Count, slot: string) => {
    for (const name of names) children.set(name, { rule: rules[name] as NodeRule, count, slot });
  };
  if (rule.args === 'value' || rule.args === 'key and value')
    add(nodeRules, ['list', 'map'], 'maybe', 'value');
  if (rule.types === 'declared') {
    add(nodeRules, ['struct'], 'one', 'type');
    add(typeRules, ['enum', 'union'], 'one', 'type');
  } else if (rule.types !== undefined) {
    add(typeRules, Object.keys(typeRules), rule.types === 'some' ? 'many' : 'one', 'type');
  }
  const own = Object.entries(rule.children ?? {});
  for (const [slot, child] of own) {
    children.set(slot, { rule: nodeRules[child.rule] as NodeRule, count: child.count, slot });
  }
  const slots = own.filter(([, child]) => child.count === 'one').map(([name]) => name);
  return {
    rule,
    props: new Map(Object.entries({ ...rule.props, ...rule.options })),
    required: Object.keys(rule.props ?? {}),
    children,
    slots: rule.types === undefined ? slots : [...slots, 'type'],
  };
}
