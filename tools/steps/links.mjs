import { findBrokenLinks } from '../docs/find-broken-links.mjs';
import { listTrackedFiles } from '../lib/tracked-files.mjs';

/** Links between the project's pages lead somewhere. @param {{ root: string }} context */
export async function checkLinks({ root }) {
  const pages = (await listTrackedFiles(root)).filter((path) => path.endsWith('.md'));
  return { passed: pages.length, problems: findBrokenLinks(root, pages) };
}
