import { backendOptions, backends } from '../backends/table.ts';
import { Mend } from '../mend.ts';
import { targets } from '../targets/table.ts';
import type { Config } from './config.ts';

const keys = ['backend', 'generate', 'contracts', 'server'];
const targetKeys = ['path', 'extension'];

/** A message, or a key that nobody knows. */
type Finding = string | { key: string; prefix: string; known: readonly string[] };

/** Checks a configuration that comes from a file or from flags; throws one `Mend` with every finding. */
export async function checkConfig(value: unknown, where: string): Promise<Config> {
  const findings: Finding[] = [];
  if (!isRecord(value)) {
    throw new Mend('the default export is not an object', {
      where,
      mend: "export default defineConfig({ backend: { typescript: 'server/mizan.ts' }, generate: { react: 'web/src/mizan' } })",
    });
  }
  unknownKeys(value, keys, '', findings);
  checkBackend(value.backend, findings);
  checkTargets(value.generate, findings);
  for (const key of ['contracts', 'server']) {
    if (value[key] !== undefined && !isText(value[key]))
      findings.push(`${key} is a text, not ${show(value[key])}`);
  }
  if (findings.length === 0) return value as unknown as Config;
  throw new Mend(findings.length === 1 ? 'one setting to mend' : `${findings.length} settings to mend`, {
    where,
    detail: (await Promise.all(findings.map(describe))).join('\n'),
  });
}

async function describe(finding: Finding): Promise<string> {
  if (typeof finding === 'string') return finding;
  const { key, known, prefix } = finding;
  const { suggest } = await import('@mizan/ir');
  const near = suggest(key, known);
  return `there is no ${prefix}${key}${near === '' ? `; there is ${known.join(', ')}` : `.${near}`}`;
}

function checkBackend(backend: unknown, findings: Finding[]): void {
  const kinds = Object.keys(backends).join(', ');
  if (!isRecord(backend)) {
    findings.push(`backend says where the contract comes from; it has one of ${kinds}`);
    return;
  }
  const given = Object.keys(backend).filter((key) => key in backends);
  const options = given.flatMap((key) => backendOptions[key] ?? []);
  const known = [...Object.keys(backends), ...options];
  unknownKeys(backend, known, 'backend.', findings);
  if (given.length !== 1 && Object.keys(backend).every((key) => known.includes(key))) {
    findings.push(`backend has exactly one of ${kinds}, and this one has ${given.length}`);
  }
  for (const key of Object.keys(backend).filter((key) => known.includes(key))) {
    if (!isText(backend[key])) findings.push(`backend.${key} is a text, not ${show(backend[key])}`);
  }
}

function checkTargets(generate: unknown, findings: Finding[]): void {
  if (generate === undefined) return;
  if (!isRecord(generate)) {
    findings.push(`generate has a folder for each target: ${Object.keys(targets).join(', ')}`);
    return;
  }
  unknownKeys(generate, Object.keys(targets), 'generate.', findings);
  for (const [name, target] of Object.entries(generate)) {
    if (!(name in targets) || isText(target)) continue;
    if (!isRecord(target) || !isText(target.path)) {
      findings.push(`generate.${name} is a folder, or { path, extension }`);
      continue;
    }
    unknownKeys(target, targetKeys, `generate.${name}.`, findings);
    const { extension } = target;
    if (extension !== undefined && !['', '.js', '.ts'].includes(extension as string)) {
      findings.push(`generate.${name}.extension is '.js', '.ts' or '', not ${show(extension)}`);
    }
  }
}

function unknownKeys(value: object, known: readonly string[], prefix: string, findings: Finding[]): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    findings.push({ key, known, prefix });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
