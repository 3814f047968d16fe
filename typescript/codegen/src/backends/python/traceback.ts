import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/** One line of a traceback. */
export interface Frame {
  /** As Python says it. */
  file: string;
  line: number;
  /** The source of the line; empty when Python does not show it. */
  code: string;
}

/** What Python says when nobody caught an error. */
export interface Traceback {
  /** `ModuleNotFoundError`, `mizan.core.errors.RegistrationError`. */
  name: string;
  /** The error's own text, which may have several lines. */
  message: string;
  /** The outermost first; also those of the errors that this one came from. */
  frames: Frame[];
}

/** The last traceback of a text; `undefined` when there is none. */
export function parseTraceback(text: string): Traceback | undefined {
  let frames: Frame[] = [];
  let earlier: Frame[] = [];
  let error: string[] | undefined;
  for (const line of text.split('\n')) {
    const frame = /^ {2}File "(.+)", line (\d+)/.exec(line);
    if (frame && error === undefined) {
      frames.push({ file: frame[1] as string, line: Number(frame[2]), code: '' });
    } else if (line === 'Traceback (most recent call last):') {
      if (error) earlier = [...earlier, ...frames];
      frames = [];
      error = undefined;
    } else if (error) error.push(line);
    else if (/^\s/.test(line) || line === '') noteCode(frames, line);
    else if (frames.length > 0) error = [line];
  }
  if (!error) return undefined;
  const [, name = '', message = ''] = /^([\w.]+)(?:: ?([\s\S]*))?$/.exec(error.join('\n').trimEnd()) ?? [];
  if (name === '') return undefined;
  return { name, message, frames: [...earlier, ...frames] };
}

function noteCode(frames: Frame[], line: string): void {
  const last = frames.at(-1);
  if (last && last.code === '' && /^ {4}\S/.test(line)) last.code = line.trim();
}

/**
 * Those frames that are in the project's own files, the innermost first, with their paths relative to it. The file
 * that starts the project is left out: everything passes through it.
 */
export function ownFrames({ frames }: Traceback, root: string, cwd: string): Frame[] {
  const roots = [...new Set([root, cwd, real(root), real(cwd)])];
  const own = frames.flatMap((frame) => {
    if (frame.file.startsWith('<')) return [];
    const file = resolve(cwd, frame.file);
    if (/[\\/](site-packages|dist-packages|lib[\\/]python3[^\\/]*)[\\/]/i.test(file)) return [];
    const inside = roots.map((folder) => relative(folder, file)).find((path) => !isOutside(path));
    return inside === undefined ? [] : [{ ...frame, file: inside.split(sep).join('/') }];
  });
  const told = own.filter(({ file }) => !/(^|\/)manage\.py$/.test(file));
  return (told.length > 0 ? told : own).reverse();
}

function isOutside(path: string): boolean {
  return path === '' || path.startsWith('..') || isAbsolute(path);
}

function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
