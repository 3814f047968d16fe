import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { frameConnection, type Mizan, RegistrationError } from '@mizan/server';
import { createTestee } from './create.ts';
import type { Settings } from './settings.ts';

const lines = createInterface({ input: process.stdin });
const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

lines.once('line', (line) => {
  const settings = JSON.parse(line) as Settings;
  try {
    const mizan = createTestee(settings);
    if (settings.transport === 'ipc') serveFrames(mizan);
    else serveHttp(mizan);
  } catch (cause) {
    if (!(cause instanceof RegistrationError)) throw cause;
    say({ error: cause.message });
    process.exitCode = 1;
    lines.close();
    process.stdin.destroy();
  }
});

function serveHttp(mizan: Mizan): void {
  const server = createServer((req, res) => mizan.node(req, res));
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number };
    say({ transport: 'http', url: `http://127.0.0.1:${port}${mizan.base}` });
  });
  lines.once('close', () => {
    server.close();
    server.closeAllConnections();
  });
}

function serveFrames(mizan: Mizan): void {
  const connection = frameConnection(mizan.handle, {
    send: (frame) => void process.stdout.write(`${frame}\n`),
    authenticate: (token) => ({ 'x-test-identity': token }),
  });
  lines.on('line', (line) => void connection.receive(line));
  lines.once('close', () => connection.close());
  say({ transport: 'ipc' });
}
