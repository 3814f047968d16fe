/** A value as written in the document: plainly, or with what must be told about it. */
export type KdlValue = string | number | boolean | null | OddValue;

/** A value with a type annotation, or a number that is not written as a plain integer. */
export class OddValue {
  readonly value: string | number | boolean | null;
  readonly tag: string | undefined;
  /** The number's text. */
  readonly text: string | undefined;

  constructor(value: string | number | boolean | null, tag: string | undefined, text?: string) {
    this.value = value;
    this.tag = tag;
    this.text = text;
  }
}

/** A node of a KDL document, free of the library that read it. */
export interface KdlNode {
  name: string;
  args: readonly KdlValue[];
  props: ReadonlyMap<string, KdlValue>;
  children: readonly KdlNode[];
  line: number;
  column: number;
  /** Properties that are given more than once, and annotations, which no node of a contract has. */
  flaws: string[] | undefined;
}

/** For the many nodes that have none. */
export const noValues: readonly KdlValue[] = [];
/** For the many nodes that have none. */
export const noProps: ReadonlyMap<string, KdlValue> = new Map();
/** For the many nodes that have none. */
export const noNodes: readonly KdlNode[] = [];
