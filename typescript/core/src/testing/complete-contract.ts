import type { ContextDecl, Contract, ErrorDecl, Field, FunctionDecl, TypeDecl } from '../contract.ts';

type Partly<T extends { name: string }> = { name: string } & Partial<T>;

/** A contract of which only what matters is written; the rest is as in an empty declaration. */
export interface ContractSketch {
  contexts?: (Partly<Omit<ContextDecl, 'params'>> & { params?: FieldSketch[] })[];
  errors?: (Partly<Omit<ErrorDecl, 'fields'>> & { fields?: FieldSketch[] })[];
  functions?: (Partly<Omit<FunctionDecl, 'input'>> & { input?: FieldSketch[] })[];
  types?: (Omit<TypeDecl, 'type'> & {
    type: { kind: 'struct'; fields: FieldSketch[] } | Exclude<TypeDecl['type'], { kind: 'struct' }>;
  })[];
}

type FieldSketch = Partly<Field> & { type: Field['type'] };

/**
 * Fills in a sketch: fields are required, functions public and open to anybody and return nothing, a
 * context's members are the functions that name it, its class is that of its members, errors have status 409.
 */
export function completeContract(sketch: ContractSketch): Contract {
  const functions = (sketch.functions ?? []).map((fn) => ({
    output: { kind: 'null' as const },
    errors: [],
    auth: 'none' as const,
    private: false,
    stream: false,
    websocket: false,
    affects: [],
    merge: [],
    ...fn,
    input: (fn.input ?? []).map(completeField),
  }));
  const contexts = (sketch.contexts ?? []).map((context) => {
    const members = functions.filter((fn) => fn.context === context.name);
    return {
      members: members.map((fn) => fn.name),
      cacheClass: members.some((fn) => fn.auth !== 'none') ? ('user' as const) : ('public' as const),
      rev: 0,
      ...context,
      params: (context.params ?? []).map(completeField),
    };
  });
  const errors = (sketch.errors ?? []).map((error) => ({
    status: 409,
    ...error,
    fields: (error.fields ?? []).map(completeField),
  }));
  const types = (sketch.types ?? []).map(
    (decl): TypeDecl =>
      decl.type.kind === 'struct'
        ? { ...decl, type: { kind: 'struct', fields: decl.type.fields.map(completeField) } }
        : { ...decl, type: decl.type },
  );
  return { contexts, errors, functions, types };
}

function completeField(field: FieldSketch): Field {
  return { optional: false, ...field };
}
