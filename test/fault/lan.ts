import { writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { phonePaths } from '../../preload/index.ts';
import { seeded } from '../fixtures/random.ts';
import { skipped, type Fault } from './ground.ts';
import { bodies, floods } from './lan/bodies.ts';
import { bombs } from './lan/bombs.ts';
import { startLanBooth } from './lan/booth.ts';
import { guessing } from './lan/guessing.ts';
import { methods } from './lan/methods.ts';
import { paths } from './lan/paths.ts';
import { faultsOf, register, watch, type Siege } from './lan/siege.ts';
import { slow } from './lan/slow.ts';
import { createWire, type Answer } from './lan/wire.ts';

// A booth waits for longer; what is the same is what happens then.
const limits = { requestMs: 3_000, headersMs: 1_000, keepAliveMs: 1_000, silentMs: 2_000 };
const eventCode = 'the-code-on-the-wall';
const outside = 'nobody is to read this';
// Of nineteen in twenty, and of the worst, where other programs want the machine as well.
const mostMs = 1_000;
const worstMs = 3_000;
const settleMs = 5_000;
const mostListed = 20;

export const lan: Fault = {
  name: 'lan',
  about: 'guesses, bodies, pictures, paths and slowness of whoever is in the venue’s network',
  run: async ({ dir, seed, say, defer }, scale) => {
    // All of 127.0.0.0/8 is this machine, and each of its addresses somebody else.
    if (process.platform !== 'linux') return skipped('addresses of one’s own are needed');
    const libraryDir = path.join(dir, 'library');
    await mkdir(path.join(libraryDir, 'branding'), { recursive: true });
    for (const folder of [dir, libraryDir, path.join(libraryDir, 'branding')]) {
      await writeFile(path.join(folder, 'secret.txt'), outside);
    }
    const booth = startLanBooth({
      limits,
      config: {
        ...{ libraryDir, language: 'en', event: { code: eventCode } },
        vision: { poolSize: 1, guestWorkers: 0 },
        disk: { warnFraction: 0, stopFraction: 0, stopBytes: 0 },
        phones: { host: '127.0.0.1', port: 0, address: '127.0.0.1' },
      },
    });
    defer(() => booth.stop());

    const broken = new Map<string, unknown>();
    const figures: Partial<Record<string, number>> = {};
    const count: Siege['count'] = (what, by = 1) => (figures[what] = (figures[what] ?? 0) + by);
    const check: Siege['check'] = (what, holds, seen) => {
      count('checks');
      if (!holds) broken.set(what, seen);
    };
    const statuses: Partial<Record<string, number>> = {};
    const look = (answer: Answer) => {
      const { status } = answer;
      statuses[status] = (statuses[status] ?? 0) + 1;
      for (const fault of faultsOf(answer)) check(`no answer is ${fault}`, false, answer.body.slice(0, 80));
    };

    const attack = (name: string, going: Promise<void>) =>
      going.then(
        () => check(`${name}: to its end`, true),
        (error: unknown) => check(`${name}: to its end`, false, String(error)),
      );

    const { address = '' } = await booth.until('phones to be served', ({ address }) => address !== undefined);
    const siege: Siege = {
      ...{ booth, limits, eventCode, count, check, random: seeded(seed), secrets: new Set() },
      some: (most) => Math.ceil(most * Math.min(1, scale)),
      wire: (from) => createWire(from, Number(address.split(':')[1]), look),
    };
    const guest = siege.wire('127.0.0.2');
    const early = await guest.ask({ path: phonePaths.gallery('A'.repeat(22)) });
    check('a booth that starts says so', early.status === 503 || early.status === 401, early.status);
    await booth.until('guests to be served', ({ state }) => state === 'ready');
    const [watched, used, bombed] = [
      await register(siege, guest),
      await register(siege, guest),
      await register(siege, guest),
    ];

    const turns = monitorEventLoopDelay({ resolution: 10 });
    turns.enable();
    const watching = watch(guest, watched);
    await attack('floods', floods(siege, used));
    await Promise.all([
      attack('guessing', guessing(siege, used)),
      attack('bodies', bodies(siege, used)),
      attack('bombs', bombs(siege, bombed)),
      attack('paths', paths(siege, used, outside)),
      attack('methods', methods(siege, used)),
      attack('slow', slow(siege, used)),
    ]);
    const { asked, unserved, usualMs, slowestMs } = await watching.end();
    check('others are served meanwhile', unserved === 0, { unserved, asked });
    turns.disable();
    // On a busy machine it is the attackers themselves that see late what came at once.
    const ownMs = Math.round(turns.max / 1e6);
    const longestTurnMs = booth.standing()?.longestTurnMs ?? 0;
    const isServedSoon = usualMs < mostMs && slowestMs - ownMs < worstMs;
    check('others are served in no time', isServedSoon, { usualMs, slowestMs, ownMs, longestTurnMs });
    check('the booth lives', booth.isAlive());
    if (booth.isAlive()) await checkLeftovers(siege);

    const text = booth.log().join('\n');
    for (const secret of siege.secrets)
      check(
        'the log holds no secret',
        !text.includes(secret),
        booth.log().find((line) => line.includes(secret)),
      );
    check('the log holds no address of a gallery', !/galleries\/(?!:token)|\/g\/[\w-]/.test(text));
    // What is not of core is said by the workers' decoder, which may well end over a bomb.
    const bugs = booth.log().filter((line) => /^\{"level":(50|60)/.test(line));
    check('the log holds no bug', bugs.length === 0, bugs.slice(0, 5));

    const seen = {
      ...figures,
      usualMs,
      slowestMs,
      ownMs,
      longestTurnMs,
      'log lines': booth.log().length,
      broken: broken.size,
    };
    const what = [...broken].map(([name, found]) => (found === undefined ? name : `${name}: ${JSON.stringify(found)}`));
    say(JSON.stringify({ ...seen, statuses, 'does not hold': what }));
    const which = what.length === 0 ? {} : { 'which are': JSON.stringify(what.slice(0, mostListed)) };
    return { ok: broken.size === 0, figures: { ...seen, ...which } };
  },
};

/** Nothing is left open of all that was. */
async function checkLeftovers({ booth, check, wire }: Siege): Promise<void> {
  const phone = wire('127.0.0.3');
  const startMs = performance.now();
  let [streams, sockets] = [-1, -1];
  while (performance.now() - startMs < settleMs) {
    const metrics = await phone.ask({ path: '/metrics' });
    streams = Number(/^findme_streams_open (\d+)$/m.exec(metrics.body)?.[1] ?? -1);
    await sleep(200);
    sockets = booth.standing()?.sockets ?? -1;
    if (streams === 0 && sockets === 0) break;
  }
  check('no stream is left', streams === 0, streams);
  check('no socket is left', sockets === 0, sockets);
}
