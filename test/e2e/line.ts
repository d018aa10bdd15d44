import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { kioskRequests, type Bridge } from '../../preload/index.ts';
import type { Booth } from './driver.ts';

declare global {
  interface Window {
    findme: Bridge;
  }
}

/** The window's line to core, held as the window holds it: without the client that sends only what is right. */
export interface Line {
  /** @returns core's reply to this envelope's id; undefined if none comes within the time */
  ask(envelope: { id: number } & Record<string, unknown>, limitMs?: number): Promise<unknown>;
  /** Asks with a frame of so many bytes that are no picture: a Uint8Array, as JSON has none. */
  askWithFrame(ask: { id: number; method: string; visitId: string; size: number }): Promise<unknown>;
  /** Sends anything at all. */
  post(message: unknown): Promise<void>;
}

/** The page's own client does not get so far. */
export const firstId = 1_000_000;

/** Asks for a line of our own. The page hears of it too, and goes on over the new one. */
export async function openLine(page: Page): Promise<Line> {
  const port = await page.evaluateHandle(
    () =>
      new Promise<MessagePort>((resolve) => {
        window.addEventListener('message', ({ data, ports }: MessageEvent<{ type?: unknown }>) => {
          if (data.type === 'findme:port') resolve(ports[0]);
        });
        window.findme.connect();
      }),
  );
  const replyTo = (id: number, limitMs: number) =>
    port.evaluate(
      (line, [wanted, waitMs]) =>
        new Promise<unknown>((resolve) => {
          const over = new AbortController();
          setTimeout(() => resolve(undefined), waitMs);
          line.addEventListener(
            'message',
            ({ data }: MessageEvent<{ id?: unknown; value?: unknown }>) => {
              if (data.id !== wanted) return;
              over.abort();
              resolve(data.value);
            },
            { signal: over.signal },
          );
          line.start();
        }),
      [id, limitMs] as const,
    );
  const post = (message: unknown) => port.evaluate((line, sent) => line.postMessage(sent), message);

  return {
    // The page handles one request of ours after the other, so that the listener is there before the question.
    ask: async (envelope, limitMs = 5_000) => {
      const [reply] = await Promise.all([replyTo(envelope.id, limitMs), post(envelope)]);
      return reply;
    },
    askWithFrame: async ({ id, method, visitId, size }) => {
      const [reply] = await Promise.all([
        replyTo(id, 15_000),
        port.evaluate(
          (line, ask) =>
            line.postMessage({
              type: 'ask',
              id: ask.id,
              method: ask.method,
              payload: { visitId: ask.visitId, frame: new Uint8Array(ask.size).fill(7), subjects: [] },
            }),
          { id, method, visitId, size },
        ),
      ]);
      return reply;
    },
    post,
  };
}

/** Waits until core can search. At the attract screen: the page has its line by then, and the next to come is ours. */
export const untilEngineIsReady = (booth: Booth): Promise<void> => untilThereAre(0, booth, 'the engine does not start');

/** Waits until so many of the event's photos have been searched. At the attract screen. */
export async function untilSearched(photos: number, booth: Booth): Promise<void> {
  await untilThereAre(photos, booth, `${String(photos)} photos were not taken in and searched`);
  // A photo is in the database a moment before its faces are in the index.
  await sleep(indexedWithinMs);
}

const indexedWithinMs = 500;
// Of an engine that starts on a machine with much else to do.
const arrivalLimitMs = 90_000;

async function untilThereAre(photos: number, booth: Booth, otherwise: string): Promise<void> {
  await booth.waitForScreen('attract');
  const line = await openLine(booth.page);
  const endMs = performance.now() + arrivalLimitMs;
  for (let id = firstId; performance.now() < endMs; id++) {
    const reply = await line.ask({ type: 'ask', id, method: 'browse:hours', payload: {} });
    const hours = kioskRequests['browse:hours'].reply.safeParse(reply).data;
    if (hours?.ok === true && hours.value.reduce((sum, hour) => sum + hour.photos, 0) >= photos) return;
    await sleep(100);
  }
  throw new Error(otherwise);
}
