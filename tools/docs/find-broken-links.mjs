import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/**
 * Links of Markdown pages that lead to no file, or to no heading of it. Links to other sites are not followed.
 *
 * @param {string} root
 * @param {readonly string[]} pages relative to the root
 * @returns {string[]}
 */
export function findBrokenLinks(root, pages) {
  return pages.flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8');
    return linksOf(text).flatMap(({ target, line }) => {
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : normalize(join(dirname(page), path));
      if (!existsSync(join(root, file))) return [`${page}:${line}  links to ${target}, which does not exist`];
      if (!anchor || !file.endsWith('.md')) return [];
      const known = headingsOf(readFileSync(join(root, file), 'utf8'));
      return known.has(anchor)
        ? []
        : [`${page}:${line}  links to ${target}, and ${file} has no such heading`];
    });
  });
}

/** @param {string} text */
function linksOf(text) {
  return withoutCode(text)
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => ({ target: match[1] ?? '', line: index + 1 })),
    )
    .filter(({ target }) => !/^[a-z]+:/i.test(target));
}

/** Heading anchors as GitHub makes them. @param {string} text */
function headingsOf(text) {
  const headings = withoutFences(text).matchAll(/^#{1,6}\s+(.+)$/gm);
  return new Set([...headings].map((match) => anchorOf(match[1] ?? '')));
}

/** @param {string} heading */
function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

/** Blanks code out and keeps the lines, so that numbers still hold. @param {string} text */
function withoutCode(text) {
  return withoutFences(text).replace(/`[^`\n]+`/g, blank);
}

/** @param {string} text */
function withoutFences(text) {
  return text.replace(/^(\s*)(```|~~~)[\s\S]*?^\s*\2/gm, blank);
}

/** @param {string} code */
function blank(code) {
  return code.replace(/[^\n]/g, ' ');
}
