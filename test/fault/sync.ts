import path from 'node:path';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '../fixtures/random.ts';
import { startS3, type LineMood, type NetworkFault, type ProxiedRequest } from '../fixtures/s3/index.ts';
import type { Fault } from './ground.ts';
import { syncAccount } from './sync/account.ts';
import { isOfPart, lineTo } from './sync/line.ts';
import { createSyncBooth } from './sync/syncBooth.ts';
import { wrongClock } from './wrongClock.ts';

/** How often each happens in full: 500 in all. */
const counts = {
  'cut at a random byte': 110,
  'done, and the answer lost': 80,
  '429, 500, 503': 110,
  'booth killed': 45,
  'hours without a line': 30,
  'no name': 25,
  'TLS that proves nothing': 25,
  'clock wrong by hours': 25,
  'credentials revoked': 25,
  'nobody listens': 25,
};
type Kind = keyof typeof counts;

const largePhotos = 20;
const hourMs = 3_600_000;
const patienceMs = 90_000;
const finalPatienceMs = 120_000;
const changesBefore = 40;
const mostWaiting = 60;
const fewWaiting = 10;
const prefix = 'booth-1/';

export const sync: Fault = {
  name: 'sync',
  about: 'a bucket over a line that cuts, lies and is gone for hours, by a booth that is killed: equal in the end',
  run: async ({ dir, seed, say, defer }, scale) => {
    const random = seeded(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
    const [libraryDir, pagesDir, cloudDir] = ['library', 'pages', 'cloud'].map((name) => path.join(dir, name));
    await mkdir(pagesDir);
    await writePages(pagesDir, seed);
    // The time that passes for the booth passes for its cloud.
    const cloudClock = wrongClock();
    defer(() => {
      cloudClock.giveBack();
      return Promise.resolve();
    });
    const s3 = await startS3(cloudDir);
    defer(() => s3.close());
    const line = await lineTo(s3, dir);
    defer(() => line.close());
    const booth = createSyncBooth(
      { config: configOf(libraryDir, line.endpoint, s3.bucket), pagesDir },
      {
        FINDME_CLOUD_KEY_ID: s3.credentials.accessKeyId,
        FINDME_CLOUD_KEY: s3.credentials.secretAccessKey,
        NODE_EXTRA_CA_CERTS: line.certificateFile,
      },
    );
    defer(() => booth.stop());
    await booth.start();

    let works = 0;
    const work = () => booth.tell({ do: 'work', seed: seed * 100_000 + (works += 1) });

    for (let left = changesBefore; left > 0; left -= 1) work();

    type Standing = Awaited<ReturnType<typeof booth.standing>>;
    /** Until it has happened; the crew sees to it that nothing rests for long, and there is always something to do. */
    async function until(what: string, hasHappened: (standing: Standing) => boolean): Promise<void> {
      const startMs = performance.now();
      for (;;) {
        booth.tell({ do: 'retry' });
        const standing = await booth.standing();
        if (hasHappened(standing)) return;
        if (standing.rows === 0) work();
        if (performance.now() - startMs > patienceMs) throw new Error(`${what}: ${JSON.stringify(standing)}`);
        await sleep(30);
      }
    }

    async function arm(faults: readonly NetworkFault[], takes: (request: ProxiedRequest) => boolean): Promise<void> {
      line.arm(faults.map((fault) => ({ fault, takes })));
      await until('a request', () => line.armed() === 0);
    }

    /** While the line is as it is not to be, somebody tries it. */
    async function withLine(mood: LineMood, meanwhile = () => Promise.resolve()): Promise<void> {
      const { connections } = await booth.standing();
      await line.setMood(mood);
      await until('a connection', (now) => now.connections > connections);
      await meanwhile();
      await line.setMood('well');
    }

    let [aheadMs, passedMs] = [0, 0];
    const setClock = (ms: number) => {
      aheadMs = ms;
      booth.tell({ do: 'set-clock', aheadMs });
    };
    const pass = (ms: number) => {
      passedMs += ms;
      cloudClock.setAhead(passedMs);
      booth.tell({ do: 'pass', ms });
    };

    /** Requests that something happens to. */
    let isMeant: (request: ProxiedRequest) => boolean = isOfObject;
    const faults: Record<Kind, () => Promise<void>> = {
      'cut at a random byte': () => arm([{ cutAfterBytes: Math.floor(10 ** (random() * 6.5)) }], isMeant),
      'done, and the answer lost': () => arm([{ diesAfterDoing: true }], (one) => isMeant(one) && doesSomething(one)),
      '429, 500, 503': () => arm([pick(busy)], random() < 0.8 ? isMeant : () => true),
      'booth killed': async () => {
        booth.tell({ do: 'retry' });
        await sleep(random() * 600);
        line.isKilled();
        await booth.kill();
        if (random() < 0.2) await writePages(pagesDir, Math.floor(random() * 1_000));
        await booth.start();
      },
      'hours without a line': () =>
        withLine(random() < 0.3 ? 'silent' : 'shut', async () => {
          for (let i = 0; i < 4; i += 1) work();
          pass(Math.ceil(random() * 12) * hourMs);
          await booth.standing();
        }),
      'no name': async () => {
        const { connections } = await booth.standing();
        booth.tell({ do: 'names', isDown: true });
        // Connections that there are need no names.
        await line.setMood('well');
        await until('a name', (now) => now.connections > connections);
        booth.tell({ do: 'names', isDown: false });
      },
      'TLS that proves nothing': () => withLine(pick(['plain', 'stranger'])),
      'clock wrong by hours': async () => {
        const before = line.skewed();
        let asked = 0;
        await until('a request from another time', () => {
          if (line.skewed() > before) return true;
          // Where an answer comes after the clock was set, the next request is right at once.
          if (asked++ % 10 === 0) setClock(aheadMs !== 0 && random() < 0.4 ? 0 : wrongBy(random));
          return false;
        });
      },
      'credentials revoked': async () => {
        s3.revoke();
        // By a clock that is wrong as well, the one is taken for the other.
        await until('a refusal', (now) => now.state === 'refused' || now.fault === 'cloud.wrong-clock');
        s3.restore();
        await until('no refusal', (now) => now.state !== 'refused');
      },
      'nobody listens': () => withLine('away'),
    };

    const deck = shuffled(
      Object.entries(counts).flatMap(([kind, count]) => Array<Kind>(Math.ceil(count * scale)).fill(kind as Kind)),
      random,
    );
    const largeEvery = Math.ceil(deck.length / Math.ceil(largePhotos * scale));
    for (const [i, kind] of deck.entries()) {
      if ((await booth.standing()).rows < mostWaiting) {
        for (let left = 1 + Math.floor(random() * 4); left > 0; left -= 1) work();
      }
      isMeant = pick([isOfObject, isOfObject, isOfPhoto]);
      // Now and then photos have their turn, which come after everything else.
      if (random() < 0.25) await until('few', ({ rows }) => rows < fewWaiting);
      if (i % largeEvery === 0) {
        const parts = line.parts();
        booth.tell({ do: 'show-large', seed: seed + i });
        await until('a part', () => line.parts() > parts);
        isMeant = isOfPart;
      }
      await faults[kind]();
      if (i % 50 === 49) say(`${String(i + 1)} faults, ${JSON.stringify(await booth.standing())}`);
    }

    // Whoever is killed while it looks whether it may write leaves what it has written for that until it looks again.
    setClock(0);
    await arm([{ status: 503, code: 'SlowDown' }], isOfObject);
    const startMs = performance.now();
    for (;;) {
      booth.tell({ do: 'retry' });
      const { rows, ...standing } = await booth.standing();
      if (rows === 0) break;
      if (performance.now() - startMs > finalPatienceMs) {
        say(`it does not end: ${String(rows)} to do, ${JSON.stringify(standing)}`);
        break;
      }
      await sleep(200);
    }
    await booth.stop();

    for (const kind of Object.keys(counts)) say(`${kind}: ${String(deck.filter((one) => one === kind).length)}`);
    say(`${String(deck.length)} faults, ${String(works)} changes, ${String(s3.asked.length)} requests`);
    const uploads = (await s3.uploads()).length;
    const account = await syncAccount({ libraryDir, pagesDir, prefix, s3, named: booth.named() });
    const { objects, missing, wrong, extra, erasedButPresent } = account;
    const outbox = account.outbox + Math.max(0, uploads - line.unheard());
    const troubles = { missing, wrong, extra, 'erased-but-present': erasedButPresent };
    return {
      ok: outbox === 0 && Object.values(troubles).every((keys) => keys.length === 0),
      figures: {
        objects,
        ...Object.fromEntries(Object.entries(troubles).map(([name, keys]) => [name, keys.length])),
        outbox,
        ...Object.fromEntries(
          Object.entries(troubles).flatMap(([name, keys]) => keys.slice(0, 1).map((key) => [`first ${name}`, key])),
        ),
      },
    };
  },
};

const configOf = (libraryDir: string, endpoint: string, bucket: string): Record<string, unknown> => ({
  libraryDir,
  language: 'en',
  cloud: { endpoint, bucket, prefix, usesPathStyle: true, atOnce: 3, galleryUrl: 'https://photos.example.org/' },
});

const wrongBy = (random: () => number): number => (random() < 0.5 ? -1 : 1) * (1 + random() * 30) * hourMs;

/** What an overloaded store says, and how long it wants to be left alone. */
const busy: readonly NetworkFault[] = [
  { status: 503, code: 'SlowDown' },
  { status: 503, code: 'SlowDown', headers: { 'retry-after': '30' } },
  { status: 503 },
  { status: 429, headers: { 'retry-after': '120' } },
  { status: 429, code: 'TooManyRequests' },
  { status: 500, code: 'InternalError' },
  { status: 500 },
];

const isOfObject = ({ url }: ProxiedRequest): boolean => url.includes(`/${prefix}`) && !url.includes('.check');
const isOfPhoto = ({ url }: ProxiedRequest): boolean => /\/(photos|screens|thumbnails)\/[0-9a-f]{64}/.test(url);
const doesSomething = ({ method }: ProxiedRequest): boolean => method !== 'GET' && method !== 'HEAD';

/** As an update of the program has them: one file stays the same, and one has another name. */
async function writePages(dir: string, version: number): Promise<void> {
  for (const name of await readdir(dir)) await rm(path.join(dir, name), { recursive: true });
  await mkdir(path.join(dir, 'assets'));
  await writeFile(path.join(dir, 'index.html'), `<script src="assets/app-${String(version)}.js"></script>`);
  await writeFile(path.join(dir, 'assets', `app-${String(version)}.js`), `console.log(${String(version)})`);
  await writeFile(path.join(dir, 'assets', 'font.woff2'), 'the same');
}

/** Fisher and Yates. */
function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const left = [...list];
  return list.map(() => left.splice(Math.floor(random() * left.length), 1)[0]);
}
