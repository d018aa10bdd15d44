import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { phonePaths, refusalSchema } from '../../../preload/index.ts';
import type { Siege } from './siege.ts';

const times = 5;
// Of a picture that the crew has chosen, and that is a folder since.
const picture = `${'e'.repeat(64)}.png`;
/** What the server says of each, to the crew alone. */
const said = 'a phone’s request failed';

/** What nobody has thought of: something that is there and cannot be read. */
export async function bugs({ check, count, wire }: Siege, token: string, libraryDir: string): Promise<void> {
  await mkdir(path.join(libraryDir, 'branding', picture), { recursive: true });
  const phone = wire('127.0.0.38');
  for (let i = 0; i < times; i++) {
    const headers = { authorization: `Bearer ${token}`, referer: phonePaths.galleryPage(token) };
    const answer = await phone.ask({ path: `/branding/${picture}?token=${token}`, headers });
    count('bugs');
    check('a bug is the server’s own fault', answer.status === 500, answer.status);
    const refusal = refusalSchema.safeParse(jsonIn(answer.body));
    check('a bug has a code that stays', refusal.data?.code === 'engine.failed', answer.body.slice(0, 200));
    const isKept = answer.headers.get('cache-control') !== 'no-store' || answer.headers.has('etag');
    check('a bug is kept by no phone', !isKept, Object.fromEntries(answer.headers));
    const tells = /EISDIR|\bat .*:\d+|node_modules|\/branding|Error:/.exec(answer.body)?.[0];
    check('a bug is not told of to guests', tells === undefined && !answer.body.includes(libraryDir), tells);
  }
  const guest = await phone.ask({ path: phonePaths.gallery(token) });
  check('after a bug others are served', guest.status === 200, guest.status);
}

/** Whether a line of the log is of one of these. */
export const isOfBugs = (line: string): boolean => line.includes(said) && line.includes('EISDIR');

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
