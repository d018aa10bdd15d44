import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { phonePaths } from '../../../preload/index.ts';
import type { Siege } from './siege.ts';
import { requestOf } from './wire.ts';

const socketsPerAddress = 32;
const streamsPerAddress = 8;

/** Until the server has closed it. @returns false where it has not in time */
function closing(socket: Socket, patienceMs: number): Promise<boolean> {
  if (socket.destroyed) return Promise.resolve(true);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), patienceMs);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

/** Who takes sockets and streams and does nothing with them. */
export async function slow(siege: Siege, token: string): Promise<void> {
  const { check, count, isSecure, limits, random, some, wire } = siege;
  const held: Socket[] = [];
  const hold = (from: string, bytes?: Buffer | string, isBare?: 'bare') => {
    const socket = isBare === undefined ? wire(from).open() : wire(from).openBare();
    held.push(socket);
    if (bytes !== undefined) socket.write(bytes);
    count('slow sockets');
    return socket;
  };
  const checkedMs = limits.headersMs + 1_500;

  await Promise.all([headers(), silence(), halfClosed(), streams(), unread(), comingAndGoing()]);
  for (const socket of held) socket.destroy();

  /** Of each a byte now and then (Slowloris). */
  async function headers(): Promise<void> {
    const sockets = Array.from({ length: socketsPerAddress }, () =>
      hold('127.0.0.31', 'GET / HTTP/1.1\r\nhost: booth\r\n'),
    );
    await sleep(200);
    const another = hold('127.0.0.31', 'GET / HTTP/1.1\r\n');
    check('an address has no more than its sockets', await closing(another, 1_000));
    const dripping = setInterval(() => {
      for (const socket of sockets) if (socket.writable) socket.write('x: a\r\n');
    }, 100);
    const closed = await Promise.all(sockets.map((socket) => closing(socket, checkedMs)));
    clearInterval(dripping);
    check('headers that never end are hung up', closed.every(Boolean), closed.filter((is) => !is).length);
    const after = await wire('127.0.0.31').ask({ path: phonePaths.event });
    check('and the address is served again', after.status === 200, after.status);
  }

  async function silence(): Promise<void> {
    // Half of them have not even begun with TLS, where that is spoken.
    const sockets = Array.from({ length: some(20) }, (_, i) =>
      i % 2 === 0 ? hold('127.0.0.32') : hold('127.0.0.32', undefined, 'bare'),
    );
    for (const socket of sockets) socket.resume();
    const closed = await Promise.all(
      sockets.map((socket) => closing(socket, Math.max(checkedMs, limits.silentMs + 1_500))),
    );
    check('silence is hung up', closed.every(Boolean), closed.filter((is) => !is).length);
  }

  async function halfClosed(): Promise<void> {
    const sockets = Array.from({ length: some(20) }, (_, i) => {
      const socket = hold('127.0.0.33', i % 2 === 0 ? requestOf({ path: phonePaths.event }) : 'GET / HT');
      socket.end();
      return socket.resume();
    });
    const closed = await Promise.all(sockets.map((socket) => closing(socket, checkedMs)));
    check('half-open sockets are closed', closed.every(Boolean), closed.filter((is) => !is).length);
  }

  async function streams(): Promise<void> {
    const asking = requestOf({ path: phonePaths.galleryEvents(token), headers: { connection: 'keep-alive' } });
    for (let i = 0; i < streamsPerAddress; i++) hold('127.0.0.34', asking).pause();
    await sleep(200);
    const more = await wire('127.0.0.34').ask({ path: phonePaths.galleryEvents(token) });
    check('an address has no more than its streams', more.status === 503, more.status);
    const other = await wire('127.0.0.35').exchange(asking, { isEnough: (text) => text.includes('retry: ') });
    check('another has its own', other.status === 200, other.status);
    const page = await wire('127.0.0.34').ask({ path: phonePaths.event });
    check('and pages all the same', page.status === 200, page.status);
  }

  /** What was asked for is not read, by a phone that has been answered before. */
  async function unread(): Promise<void> {
    const socket = hold('127.0.0.36');
    const times = 100;
    const index = await wire('127.0.0.36').ask({ path: phonePaths.startPage });
    const [script] = /\/assets\/[\w.-]+\.js/.exec(index.body) ?? [phonePaths.startPage];
    const once = (path: string) => requestOf({ path, headers: { connection: 'keep-alive' } });
    socket.write(once('/health'));
    await new Promise((resolve) => socket.once('data', resolve));
    socket.pause();
    const { headers } = await wire('127.0.0.36').ask({ path: script });
    for (let i = 0; i < times; i++) socket.write(once(script));
    socket.write(once(phonePaths.galleryEvents(token)));
    await sleep(2 * limits.silentMs + 1_000);
    // Who does not read does not see that it has been hung up: what is left is less than was asked for.
    let readBytes = 0;
    socket.on('data', (part: Buffer) => (readBytes += part.length)).resume();
    const isClosed = await closing(socket, 1_000);
    const wantedBytes = times * Number(headers.get('content-length'));
    check('who does not read is hung up', isClosed && readBytes < wantedBytes, { isClosed, readBytes, wantedBytes });
  }

  /** Streams that are given up at any moment. */
  async function comingAndGoing(): Promise<void> {
    const asking = requestOf({ path: phonePaths.galleryEvents(token) });
    for (let i = 0; i < some(150); i++) {
      const socket = hold('127.0.0.37', asking);
      await sleep(random() * 12);
      if (random() < 0.5 || isSecure) socket.destroy();
      else socket.resetAndDestroy();
    }
  }
}
