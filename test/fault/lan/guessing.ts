import { randomBytes } from 'node:crypto';
import { phonePaths } from '../../../preload/index.ts';
import type { Siege } from './siege.ts';
import { jsonOf, type Answer, type Asking } from './wire.ts';

// Those that are taken for slips of the finger, and the one whose answer they wait for.
const mostFree = 10;
// So many may be looked at while the tenth is.
const mostAtOnce = 2;

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What somebody tries one after the other. */
interface Way {
  what: string;
  from: string;
  asking: () => Asking;
}

/** Codes and links that nobody has been given. */
function guessesOf({ random, secrets }: Siege) {
  const secret = (text: string) => {
    secrets.add(text);
    return text;
  };
  return {
    code: () => secret(Array.from({ length: 8 }, () => letters[Math.floor(random() * 32)]).join('')),
    link: () => secret(randomBytes(16).toString('base64url')),
  };
}

/** One code and one link after the other. */
export async function guessing(siege: Siege, token: string): Promise<void> {
  const { check, some, wire } = siege;
  const { code, link } = guessesOf(siege);
  const ways: readonly Way[] = [
    {
      ...{ what: 'event codes', from: '127.0.0.11' },
      asking: () => jsonOf(phonePaths.register, { eventCode: `guess ${code()}`, language: 'en' }),
    },
    { what: 'links', from: '127.0.0.12', asking: () => ({ path: phonePaths.gallery(link()) }) },
    {
      ...{ what: 'links of selfies', from: '127.0.0.13' },
      asking: () => ({ method: 'POST', path: phonePaths.uploadSelfie, headers: { authorization: `Bearer ${link()}` } }),
    },
    { what: 'kiosk codes', from: '127.0.0.14', asking: () => jsonOf(phonePaths.open, { code: code() }) },
  ];
  for (const way of ways) await tryOneByOne(siege, way, token);

  // All at once, before the first of them is found to be wrong.
  const crowd = wire('127.0.0.15');
  const atOnce = await Promise.all(
    Array.from({ length: 30 }, () => crowd.ask(jsonOf(phonePaths.open, { code: code() }))),
  );
  judge(siege, 'kiosk codes at once', atOnce, mostFree + mostAtOnce);

  // Who is at no fault is not counted.
  const honest = wire('127.0.0.16');
  for (let i = 0; i < some(50); i++) {
    const { status } = await honest.ask({ path: phonePaths.gallery(token) });
    check('good links are not counted', status === 200, status);
  }
}

/** From the address at which guests were served until now. */
export async function guessingAsGuest(siege: Siege, from: string, token: string): Promise<void> {
  const { link } = guessesOf(siege);
  await tryOneByOne(
    siege,
    { what: 'a guest’s links', from, asking: () => ({ path: phonePaths.gallery(link()) }) },
    token,
  );
}

async function tryOneByOne(siege: Siege, { what, from, asking }: Way, token: string): Promise<void> {
  const phone = siege.wire(from);
  const answers: Answer[] = [];
  for (let i = 0; i < siege.some(40) + mostFree; i++) answers.push(await phone.ask(asking()));
  judge(siege, what, answers, mostFree);
  const guest = await phone.ask({ path: phonePaths.gallery(token) });
  const afterS = Number(guest.headers.get('retry-after'));
  const waits = guest.status === 429 && afterS >= 1 && afterS <= 300;
  siege.check(`${what}: a guest there waits`, waits, [guest.status, afterS]);
}

function judge(siege: Siege, what: string, answers: readonly Answer[], most: number): void {
  const looked = answers.filter(({ status }) => status === 404 || status === 401).length;
  const held = answers.filter(({ status }) => status === 429 || status === 503);
  siege.count('guesses', answers.length);
  siege.count('guesses held back', held.length);
  siege.check(`${what}: no more are looked at`, looked <= most, looked);
  const isTold = held.every(({ headers }) => Number(headers.get('retry-after')) >= 1);
  siege.check(`${what}: held back, and told for how long`, held.length > 0 && isTold, held.length);
}
