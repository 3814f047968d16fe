import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds the page once for all tests, into a folder of its own, from the committed client. */
export default async function buildPage(): Promise<() => void> {
  const outDir = mkdtempSync(join(tmpdir(), 'helpdesk-web-'));
  // vitest calls itself a test, for which React would bring its slow, talkative form.
  const mode = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  await build({
    root: fileURLToPath(new URL('../../../helpdesk-web', import.meta.url)),
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  });
  process.env.NODE_ENV = mode;
  process.env.HELPDESK_WEB = outDir;
  return () => rmSync(outDir, { recursive: true, force: true });
}
