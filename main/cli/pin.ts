import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { fail, ok, type Result } from '../../preload/index.ts';
import { createAccess, openStore } from '../core/index.ts';
import { inSession, type CommonOptions, type ExitCode, type Places } from './session.ts';

const pinShape = /^\d{4,12}$/;

/** `pin`: sets the staff's PIN, also where the old one is forgotten. Whoever can run this owns the machine. */
export const pin = (places: Places, options: CommonOptions): Promise<ExitCode> =>
  inSession(places, options, async ({ config, output }) => {
    const chosen = await askForPin();
    if (!chosen.ok) return chosen;
    const store = openStore(config.libraryDir);
    if (!store.ok) return store;
    try {
      const set = await createAccess({ store: store.value }).setPin(chosen.value);
      if (!set.ok) return set;
      store.value.booth.remove('pin-tries');
      store.value.audit.add({ actor: 'staff', action: 'staff.pin-changed', values: {} });
    } finally {
      store.value.close();
    }
    output.result({ set: true }, () => ['The PIN of the staff’s station is set.']);
    return ok(0);
  });

async function askForPin(): Promise<Result<string>> {
  const isTerminal = process.stdin.isTTY;
  const first = await readHidden(isTerminal ? 'PIN, 4 to 12 digits: ' : '');
  if (!pinShape.test(first)) return fail('pin.invalid');
  return !isTerminal || (await readHidden('Once more: ')) === first ? ok(first) : fail('pin.differs');
}

/** One line of what is typed or piped in; it does not appear on the screen. */
async function readHidden(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY });
  try {
    return (
      await Promise.race([lines.question(''), new Promise<string>((end) => lines.once('close', () => end('')))])
    ).trim();
  } finally {
    lines.close();
    if (prompt !== '') process.stderr.write('\n');
  }
}
