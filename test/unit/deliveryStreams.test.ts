import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import Fastify from 'fastify';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openEventStream, type EventStream } from '../../main/core/delivery/eventStream.ts';
import { createShares } from '../../main/core/delivery/shares.ts';

/** A server of one stream, at `/`, that begins when the test says so. */
async function serve() {
  const begin: { stream?: EventStream; ended: number; go: () => void } = { ended: 0, go: () => undefined };
  const mayGo = new Promise<void>((resolve) => (begin.go = resolve));
  const asked: IncomingMessage[] = [];
  const app = Fastify();
  app.get('/', async (incoming, reply) => {
    asked.push(incoming.raw);
    await mayGo;
    begin.stream = openEventStream(reply.header('x-of-all', 'yes'), () => (begin.ended += 1));
    return reply;
  });
  // More than the sockets' own room for what is not read.
  app.get('/large', () => Buffer.alloc(32 * 1024 ** 2));
  await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  const { port } = app.server.address() as AddressInfo;
  return { begin, asked, port };
}

const soon = (check: () => void) => vi.waitFor(check, { timeout: 2_000, interval: 5 });

describe('a stream of events', () => {
  it('has what every answer has, tells what is sent, and ends', async () => {
    const { begin, port } = await serve();
    begin.go();
    const reply = await fetch(`http://127.0.0.1:${String(port)}/`);
    expect([reply.headers.get('content-type'), reply.headers.get('x-of-all')]).toEqual(['text/event-stream', 'yes']);
    begin.stream?.send('photos', { a: 'é\n' });
    begin.stream?.end();
    expect(await reply.text()).toBe('retry: 2000\n\nevent: photos\ndata: {"a":"é\\n"}\n\n');
    await soon(() => expect(begin.ended).toBe(1));
  });

  it('takes no more words after its end, and breaks nothing by them', async () => {
    const { begin, port } = await serve();
    begin.go();
    const reply = await fetch(`http://127.0.0.1:${String(port)}/`);
    const failures: unknown[] = [];
    const note = (error: unknown) => failures.push(error);
    process.on('uncaughtException', note);
    onTestFinished(() => void process.off('uncaughtException', note));
    begin.stream?.end();
    for (let i = 0; i < 3; i++) begin.stream?.send('gone', {});
    begin.stream?.end();
    await reply.text();
    await soon(() => expect(begin.ended).toBe(1));
    begin.stream?.send('gone', {});
    expect(failures).toEqual([]);
  });

  it('is over once when the phone goes', async () => {
    const { begin, port } = await serve();
    begin.go();
    const asking = request({ port, host: '127.0.0.1' }).end();
    asking.on('error', () => undefined);
    await once(asking, 'response');
    asking.destroy();
    await soon(() => expect(begin.ended).toBe(1));
  });

  it('is over where the phone went before it began', async () => {
    const { begin, asked, port } = await serve();
    const asking = request({ port, host: '127.0.0.1' }).end();
    asking.on('error', () => undefined);
    await soon(() => expect(asked).toHaveLength(1));
    asking.destroy();
    await soon(() => expect(asked[0].socket.destroyed).toBe(true));
    begin.go();
    await soon(() => expect(begin.ended).toBe(1));
  });

  it('is over where it waits behind another answer when the phone goes', async () => {
    const { begin, port } = await serve();
    begin.go();
    const socket = connect(port, '127.0.0.1').pause();
    const asking = (path: string) => `GET ${path} HTTP/1.1\r\nhost: booth\r\n\r\n`;
    socket.write(asking('/large').repeat(3) + asking('/'));
    await soon(() => expect(begin.stream).toBeDefined());
    expect(begin.ended).toBe(0);
    socket.destroy();
    await soon(() => expect(begin.ended).toBe(1));
  });
});

describe('the streams of all phones', () => {
  it('are never more than these, of one address and in all, and none is counted that has been given back', () => {
    const limits = fc.record({ perAddress: fc.integer({ min: 1, max: 4 }), inAll: fc.integer({ min: 1, max: 8 }) });
    const steps = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.nat(10)), { maxLength: 60 });
    fc.assert(
      fc.property(limits, steps, (most, does) => {
        const counts = createShares(most);
        const open: { address: string; giveBack: () => void }[] = [];
        for (const step of does) {
          if (typeof step === 'number') {
            for (const { giveBack } of open.splice(step, 1)) giveBack();
          } else {
            const own = open.filter(({ address }) => address === step).length;
            const giveBack = counts.take(step);
            expect(giveBack !== undefined).toBe(own < most.perAddress && open.length < most.inAll);
            if (giveBack !== undefined) open.push({ address: step, giveBack });
          }
          expect(counts.taken()).toBe(open.length);
        }
      }),
    );
  });
});
