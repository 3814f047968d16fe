import { describe, expect, it } from 'vitest';
import { relativePath } from './place.ts';

describe('the path of a source', () => {
  it.each([
    ['/app/server/users.ts', '/app', 'server/users.ts'],
    ['/app/server/users.ts', '/app/', 'server/users.ts'],
    ['/repo/shared/users.ts', '/repo/app', '../shared/users.ts'],
    ['/repo/app-two/users.ts', '/repo/app', '../app-two/users.ts'],
    ['/repo/users.ts', '/repo/apps/desk', '../../users.ts'],
    ['/users.ts', '/', 'users.ts'],
    ['C:\\app\\server\\users.ts', 'C:\\app', 'server/users.ts'],
    ['C:\\shared\\users.ts', 'C:\\app', '../shared/users.ts'],
  ])('%s from %s is %s', (file, folder, path) => {
    expect(relativePath(file, folder)).toBe(path);
  });

  it.each([
    ['D:/shared/users.ts', 'C:/app'],
    ['https://example.com/users.ts', '/app'],
  ])('%s stays whole, for no path leads there from %s', (file, folder) => {
    expect(relativePath(file, folder)).toBe(file);
  });
});
