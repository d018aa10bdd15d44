import { writeFile, mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { generate } from 'selfsigned';
import { phonePaths } from '../../preload/index.ts';
import { seeded } from '../fixtures/random.ts';
import { skipped, type Fault } from './ground.ts';
import { bodies, floods } from './lan/bodies.ts';
import { bombs } from './lan/bombs.ts';
import { startLanBooth } from './lan/booth.ts';
import { bugs, isOfBugs } from './lan/bugs.ts';
import { guessing, guessingAsGuest } from './lan/guessing.ts';
import { methods } from './lan/methods.ts';
import { paths } from './lan/paths.ts';
import { faultsOf, register, watch, type Siege } from './lan/siege.ts';
import { slow } from './lan/slow.ts';
import { createWire, type Answer } from './lan/wire.ts';

// A booth waits for longer; what is the same is what happens then.
const limits = { requestMs: 3_000, handshakeMs: 2_000, headersMs: 1_000, keepAliveMs: 1_000, silentMs: 2_000 };
const eventCode = 'the-code-on-the-wall';
const outside = 'nobody is to read this';
// Of nineteen in twenty, and of the worst, where other programs want the machine as well.
const mostMs = 1_000;
const worstMs = 3_000;
const settleMs = 5_000;
const mostListed = 20;

/** A way to the booth. */
interface Way {
  name: 'HTTP' | 'HTTPS' | 'IPv6';
  phones: Record<string, unknown>;
  /** From where somebody asks who is at another address over HTTP. */
  addressOf: (from: string) => string;
}

// Who tries to have more than their share, and who is not to suffer from it, are each to be somebody else. IPv6's loopback network is one address: of
// these the server sees IPv4 addresses within IPv6 (RFC 4291, 2.5.5.2), and of all others ::1.
const isSomebodyElse = (from: string): boolean => /^127\.0\.0\.[13]\d$/.test(from);
const hasIpv6 = (): boolean =>
  Object.values(os.networkInterfaces()).some((infos) => infos?.some(({ address }) => address === '::1') ?? false);

async function waysTo(dir: string): Promise<Way[]> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'findme.local' }], { keySize: 2048 });
  const https = { certFile: path.join(dir, 'cert.pem'), keyFile: path.join(dir, 'key.pem') };
  await Promise.all([writeFile(https.certFile, cert), writeFile(https.keyFile, key)]);
  const local = { port: 0, host: '127.0.0.1', address: '127.0.0.1' };
  const itself = (from: string) => from;
  const ipv6: Way = {
    ...{ name: 'IPv6', phones: { ...local, host: '::' } },
    addressOf: (from) => (isSomebodyElse(from) ? from : '::1'),
  };
  return [
    { name: 'HTTP', phones: local, addressOf: itself },
    { name: 'HTTPS', phones: { ...local, https }, addressOf: itself },
    ...(hasIpv6() ? [ipv6] : []),
  ];
}

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
    const ways = await waysTo(dir);
    const [first, ...others] = ways;
    const booth = startLanBooth({
      limits,
      config: {
        ...{ libraryDir, language: 'en', event: { code: eventCode } },
        vision: { poolSize: 1, guestWorkers: 0 },
        disk: { warnFraction: 0, stopFraction: 0, stopBytes: 0 },
        phones: first.phones,
      },
      moreServers: others.map(({ phones }) => phones),
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

    const { ports } = await booth.until('phones to be served', () => true);
    const secrets = new Set<string>();
    const sieges = ways.map(({ name, addressOf }, i): Siege => {
      const port = { port: ports[i], isSecure: name === 'HTTPS' };
      return {
        ...{ booth, limits, eventCode, count, secrets, isSecure: port.isSecure, random: seeded(seed + i) },
        check: (what, holds, seen) => check(`${name}: ${what}`, holds, seen),
        some: (most) => Math.ceil(most * Math.min(1, scale)),
        wire: (from) => createWire(addressOf(from), port, look),
      };
    });
    for (const siege of sieges) {
      const early = await siege.wire('127.0.0.2').ask({ path: phonePaths.gallery('A'.repeat(22)) });
      siege.check('a booth that starts says so', early.status === 503 || early.status === 401, early.status);
    }
    await booth.until('guests to be served', ({ state }) => state === 'ready');

    const turns = monitorEventLoopDelay({ resolution: 10 });
    turns.enable();
    // What becomes of a guess, a picture, a path or a crowd of sockets is the same by whichever way it has come: in the short form, by one is enough.
    const watchings: Awaited<ReturnType<typeof besiege>>[] = [];
    if (scale < 1) {
      await attack(sieges[0], 'floods', flooding(sieges[0]));
      watchings.push(...(await Promise.all(sieges.map((siege) => besiege(siege, siege === sieges[0])))));
    } else {
      // One after the other: how long others wait, and how much memory it takes, is seen of the whole booth.
      for (const siege of sieges) {
        await attack(siege, 'floods', flooding(siege));
        watchings.push(await besiege(siege, true));
      }
    }
    turns.disable();
    // On a busy machine it is the attackers themselves that see late what came at once.
    const ownMs = Math.round(turns.max / 1e6);
    const longestTurnMs = booth.standing()?.longestTurnMs ?? 0;
    const usualMs = Math.max(...watchings.map((watching) => watching.usualMs));
    const slowestMs = Math.max(...watchings.map((watching) => watching.slowestMs));
    const isServedSoon = usualMs < mostMs && slowestMs - ownMs < worstMs;
    check('others are served in no time', isServedSoon, { usualMs, slowestMs, ownMs, longestTurnMs });
    check('the booth lives', booth.isAlive());
    if (booth.isAlive()) await checkLeftovers(sieges);

    function attack({ check }: Siege, name: string, going: Promise<void>): Promise<void> {
      return going.then(
        () => check(`${name}: to its end`, true),
        (error: unknown) => check(`${name}: to its end`, false, String(error)),
      );
    }

    async function flooding(siege: Siege): Promise<void> {
      const guest = siege.wire('127.0.0.2');
      const watching = watch(guest, await register(siege, guest));
      await floods(siege, await register(siege, guest));
      const seen = await watching.end();
      siege.check('others are served meanwhile', seen.unserved.length === 0, seen);
    }

    async function besiege(siege: Siege, isWhole: boolean) {
      const guest = siege.wire('127.0.0.2');
      const watched = await register(siege, guest);
      const used = await register(siege, guest);
      const bombed = await register(siege, guest);
      const watching = watch(guest, watched);
      const attacks: Record<string, Promise<void>> = {
        bodies: bodies(siege, used),
        methods: methods(siege, used),
        bugs: bugs(siege, used, libraryDir),
        ...(isWhole && {
          guessing: guessing(siege, used),
          bombs: bombs(siege, bombed),
          paths: paths(siege, used, outside),
          slow: slow(siege, used),
        }),
      };
      await Promise.all(Object.entries(attacks).map(([name, going]) => attack(siege, name, going)));
      const seen = await watching.end();
      siege.check('others are served meanwhile', seen.unserved.length === 0, seen);
      await attack(siege, 'guessing as a guest', guessingAsGuest(siege, '127.0.0.4', used));
      return seen;
    }

    const text = booth.log().join('\n');
    for (const secret of secrets)
      check(
        'the log holds no secret',
        !text.includes(secret),
        booth.log().find((line) => line.includes(secret)),
      );
    check('the log holds no address of a gallery', !/galleries\/(?!:token)|\/g\/[\w-]/.test(text));
    // What is not of core is said by the workers' decoder, which may well end over a bomb.
    const told = booth.log().filter(isOfBugs).length;
    check('the log tells of each bug', told > 0 && told === figures['bugs'], told);
    const bad = booth.log().filter((line) => /^\{"level":(50|60)/.test(line) && !isOfBugs(line));
    check('the log holds no bug', bad.length === 0, bad.slice(0, 5));

    const seen = {
      ways: ways.map(({ name }) => name).join(' '),
      ...(hasIpv6() ? {} : { 'IPv6 skipped': 'this machine has no ::1' }),
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
async function checkLeftovers(sieges: readonly Siege[]): Promise<void> {
  const [{ booth, check }] = sieges;
  const startMs = performance.now();
  const streamsOf = async ({ wire }: Siege): Promise<number> => {
    const { body } = await wire('127.0.0.3').ask({ path: '/metrics' });
    return Number(/^findme_streams_open (\d+)$/m.exec(body)?.[1] ?? NaN);
  };
  let [streams, sockets] = [NaN, NaN];
  while (performance.now() - startMs < settleMs) {
    streams = (await Promise.all(sieges.map(streamsOf))).reduce((sum, open) => sum + open, 0);
    await sleep(200);
    sockets = booth.standing()?.sockets ?? NaN;
    if (streams === 0 && sockets === 0) break;
  }
  check('no stream is left', streams === 0, streams);
  check('no socket is left', sockets === 0, sockets);
}
