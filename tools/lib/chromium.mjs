import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError } from './install.mjs';
import { runCommand } from './run-command.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const places = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The path of an installed Chromium or Chrome, or undefined; `MIZAN_CHROMIUM` names another one. */
export function findChromium() {
  const named = process.env.MIZAN_CHROMIUM;
  if (named) {
    if (!isExecutable(named)) throw new SetupError(`MIZAN_CHROMIUM is ${named}, which is no program.`);
    return named;
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...places];
  return candidates.find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Gives the path of Chromium and installs it first where that is possible without asking (Debian, as root).
 * Throws a `SetupError` that says what to do elsewhere.
 *
 * @param {(line: string) => void} [say]
 */
export async function ensureChromium(say = console.log) {
  const found = findChromium();
  if (found) return found;
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!canInstall) throw new SetupError(adviceToInstall());
  say('Installing Chromium for the browser tests (apt-get install chromium) …');
  const apt = (/** @type {string[]} */ ...args) =>
    runCommand('apt-get', ['-y', '-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      timeout: 600_000,
    });
  const update = await apt('update');
  const install = await apt('install', '--no-install-recommends', 'chromium', 'fonts-liberation');
  const installed = findChromium();
  if (install.code === 0 && installed) return installed;
  const tail = (update.output + install.output).trimEnd().split('\n').slice(-12).join('\n    ');
  throw new SetupError(`apt-get could not install Chromium:\n    ${tail}\n  ${adviceToInstall()}`);
}

function adviceToInstall() {
  const how =
    process.platform === 'darwin'
      ? 'Install Google Chrome or Chromium (`brew install --cask chromium`).'
      : 'Install it with your package manager, on Debian and Ubuntu: sudo apt-get install chromium';
  return (
    'The browser tests need Chromium or Chrome, and none was found.\n' +
    `  ${how}\n` +
    '  A browser in another place: MIZAN_CHROMIUM=/path/to/chrome npm test\n' +
    '  Everything else runs without it: npm test -- --except browser'
  );
}
