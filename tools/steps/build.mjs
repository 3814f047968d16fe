import { buildPackages } from '../lib/build-packages.mjs';

/** Every published package compiles. @param {{ root: string }} context */
export function checkBuild({ root }) {
  return buildPackages(root);
}
