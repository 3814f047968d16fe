import { pathTo } from '@mizan/core/contract-check';
import type { KdlNode } from './kdl-node.ts';

/** Where the last of a row of nodes, each inside the one before, stands in the model (IR-PATH). */
export function pathOfTrail(trail: readonly KdlNode[]): string {
  let path = '';
  for (let at = 1; at < trail.length; at++) path = step(path, trail[at] as KdlNode, trail[at - 1] as KdlNode);
  return path;
}

/** The node that stands at a path, or the nearest one around it. */
export function nodeAtPath(root: KdlNode, path: string): KdlNode {
  let node = root;
  let at = '';
  for (;;) {
    const next = node.children.find((child) => {
      const stepped = step(at, child, node);
      return stepped !== at && (path === stepped || path.startsWith(`${stepped}/`));
    });
    const through = next ?? node.children.find((child) => child.name === 'struct');
    if (through === undefined) return node;
    at = step(at, through, node);
    node = through;
  }
}

function step(path: string, child: KdlNode, parent: KdlNode): string {
  const name = String(child.args[0] ?? '');
  switch (child.name) {
    case 'context':
    case 'function':
    case 'type':
    case 'error':
    case 'param':
    case 'member':
      return pathTo(`${path}/${child.name}s`, name);
    case 'field':
      return pathTo(parent.name === 'input' ? path : `${path}/fields`, name);
    case 'affects':
    case 'merge':
      return pathTo(`${path}/${child.name}`, name);
    case 'scope':
      return pathTo(path, name);
    case 'struct':
      return path;
    case 'input':
    case 'output':
    case 'default':
    case 'doc':
    case 'deprecated':
      return `${path}/${child.name}`;
  }
  if (child.name === 'item' || child.name === 'entry') return path;
  if (parent.name === 'list') return `${path}/items`;
  if (parent.name === 'map') return `${path}/values`;
  if (parent.name === 'nullable') return `${path}/of`;
  return parent.name === 'union' ? `${path}/arms/${parent.children.indexOf(child)}` : path;
}
