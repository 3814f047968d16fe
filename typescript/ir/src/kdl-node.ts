/** A value as written in the document, with its type annotation. */
export interface KdlValue {
  value: string | number | boolean | null;
  tag: string | undefined;
  /** A number that is not written as a plain integer; its text. */
  odd: string | undefined;
}

/** A node of a KDL document, free of the library that read it. */
export interface KdlNode {
  name: string;
  args: KdlValue[];
  props: Map<string, KdlValue>;
  children: KdlNode[];
  line: number;
  column: number;
  /** Names of properties that are given more than once, and annotations that no contract has. */
  flaws: string[] | undefined;
}
