import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A value of a generated constant. */
export type Value = string | number | boolean | readonly string[] | { readonly [key: string]: Value };

/** One constant of the generated module; `typeName` asks for a type of its texts as well. */
export interface Constant {
  name: string;
  doc: string;
  value: readonly string[] | { readonly [key: string]: Value };
  typeName?: string;
}

type Row = Record<string, Value>;
interface Table {
  description: string;
  rows: Row[];
  adapters?: Row[];
  groups?: Row[];
  beyond?: Row[];
}

/** Reads the tables under `folder` and says which constants every language gets from them. */
export function readConstants(folder: string): Constant[] {
  const table = (name: string): Table => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  const errors = table('error-codes');
  const headers = table('headers');
  const limits = table('limits');
  const findings = table('finding-codes');
  const kinds = table('type-kinds');
  const auth = table('auth-kinds');
  const statuses = table('host-statuses');
  const capabilities = table('capabilities');
  const contractFindings = table('contract-findings');
  const params = kinds.rows.filter((row) => row.param === true);
  return [
    {
      name: 'ERROR_STATUS',
      doc: `${errors.description} The value is the HTTP status, 0 for side client.`,
      value: pick(errors.rows, 'name', 'status'),
      typeName: 'ErrorCode',
    },
    { name: 'HEADERS', doc: headers.description, value: pick(headers.rows, 'name', 'header') },
    { name: 'LIMITS', doc: limits.description, value: pick(limits.rows, 'name', 'value') },
    {
      name: 'FINDING_CODES',
      doc: findings.description,
      value: names(findings.rows),
      typeName: 'FindingCode',
    },
    {
      name: 'CONTRACT_FINDING_CODES',
      doc: contractFindings.description,
      value: names(contractFindings.rows),
      typeName: 'ContractFindingCode',
    },
    { name: 'CONSTRAINTS', doc: kinds.description, value: pick(kinds.rows, 'name', 'constraints') },
    { name: 'PARAM_KINDS', doc: 'Kinds that a context parameter may have.', value: names(params) },
    { name: 'AUTH_KINDS', doc: auth.description, value: names(auth.rows) },
    { name: 'HOST_STATUSES', doc: statuses.description, value: pick(statuses.rows, 'status', 'code') },
    { name: 'ADAPTERS', doc: 'Names of the adapters.', value: names(capabilities.adapters ?? []) },
    {
      name: 'CAPABILITIES',
      doc: `${capabilities.description} The value lists those adapters.`,
      value: pick(capabilities.rows, 'name', 'without'),
      typeName: 'Capability',
    },
    {
      name: 'BEYOND',
      doc: 'What the suite proves for every adapter beyond the capabilities.',
      value: names(capabilities.beyond ?? []),
    },
  ];
}

/** What comparing contracts needs, which only the tools do. */
export function readChangeConstants(folder: string): Constant[] {
  const changes: Table = JSON.parse(readFileSync(join(folder, 'contract-changes.json'), 'utf8'));
  return [
    {
      name: 'CONTRACT_CHANGES',
      doc: changes.description,
      value: Object.fromEntries(
        changes.rows.map(({ description: _, mismatch: __, name, ...row }) => [String(name), row]),
      ),
      typeName: 'ContractChange',
    },
    {
      name: 'CHANGES_WITHOUT_MISMATCH',
      doc: 'Breaking changes that are no reason to tell an old client that its contract is out of date.',
      value: names(changes.rows.filter((row) => row.mismatch === false)),
    },
  ];
}

function names(rows: Row[]): string[] {
  return rows.map((row) => String(row.name));
}

function pick(rows: Row[], key: string, value: string): Record<string, Value> {
  return Object.fromEntries(rows.map((row) => [String(row[key]), row[value] as Value]));
}
