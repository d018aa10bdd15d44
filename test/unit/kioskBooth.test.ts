import { afterEach, describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import { fail, ok, type Ask } from '../../preload/index.ts';
import { createBooth } from '../../renderer/kiosk/booth/index.ts';
import type { LineState as Line } from '../../renderer/line/index.ts';
import { kiosk } from './kioskEdges.ts';

const origin = 'findme://app';

/** A window, a bridge and, at the other end of the port, core. */
function setUp() {
  const page = Object.assign(new EventTarget(), { location: { origin } });
  const lines: Line[] = [];
  const engines: unknown[] = [];
  const booth = createBooth({ bridge: { connect: () => undefined }, page });
  booth.onLine((line) => lines.push(line));
  booth.onEvent('engine:changed', (engine) => engines.push(engine));
  booth.connect();

  const post = (data: unknown, { ports = [], source = page, from = origin }: Posted = {}) => {
    const event = new MessageEvent('message', { data, ports });
    Object.defineProperties(event, { source: { value: source }, origin: { value: from } });
    page.dispatchEvent(event);
  };
  const handPort = (posted: Posted = {}) => {
    const { port1, port2 } = new MessageChannel();
    post({ type: 'findme:port' }, { ports: [port1], ...posted });
    return port2;
  };
  return { booth, lines, engines, post, handPort };
}

interface Posted {
  ports?: MessagePort[];
  source?: EventTarget;
  from?: string;
}

const nextAsk = (core: MessagePort) =>
  new Promise<Ask>((resolve) => (core.onmessage = ({ data }) => resolve(data as Ask)));

const ports: MessagePort[] = [];
const kept = (port: MessagePort) => {
  ports.push(port);
  return port;
};
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
  vi.useRealTimers();
});

describe('the line to core', () => {
  it('brings a question there and the reply back', async () => {
    const { booth, handPort, lines } = setUp();
    const core = kept(handPort());
    expect(lines).toEqual(['open']);
    const asked = nextAsk(core);
    const reply = booth.ask('kiosk:open', {});
    const { id, ...ask } = await asked;
    expect(ask).toEqual({ type: 'ask', method: 'kiosk:open', payload: {} });
    core.postMessage({ type: 'reply', id, value: ok(kiosk) });
    expect(await reply).toEqual(ok(kiosk));
  });

  it('is taken from nobody but the window itself', () => {
    const { handPort, post, lines } = setUp();
    kept(handPort({ source: new EventTarget() }));
    kept(handPort({ from: 'findme://elsewhere' }));
    post(null);
    post({ type: 'findme:line' });
    expect(lines).toEqual([]);
  });

  it('that is not there, or is lost, answers that the engine is starting', async () => {
    const { booth, handPort, post, lines } = setUp();
    expect(await booth.ask('kiosk:open', {})).toEqual(fail('engine.starting'));
    kept(handPort());
    const reply = booth.ask('kiosk:open', {});
    post({ type: 'findme:lost' });
    expect(await reply).toEqual(fail('engine.starting'));
    expect(lines).toEqual(['open', 'lost']);
    post({ type: 'findme:lost' });
    expect(lines).toEqual(['open', 'lost']);
  });

  it('is lost when core closes it', async () => {
    const { booth, handPort, lines } = setUp();
    const core = handPort();
    const reply = booth.ask('kiosk:open', {});
    core.close();
    expect(await reply).toEqual(fail('engine.starting'));
    expect(lines).toEqual(['open', 'lost']);
  });

  it('is replaced by the next one: the old core is gone, and what it still says is not heard', async () => {
    const { booth, handPort, lines, engines } = setUp();
    const first = kept(handPort());
    const asked = nextAsk(first);
    const lost = booth.ask('kiosk:open', {});
    await asked;
    const second = kept(handPort());
    expect(await lost).toEqual(fail('engine.starting'));
    expect(lines).toEqual(['open', 'lost', 'open']);
    first.postMessage({ type: 'event', name: 'engine:changed', payload: { at: 'ready' } });
    second.postMessage({ type: 'event', name: 'engine:changed', payload: { at: 'starting' } });
    await vi.waitFor(() => expect(engines).toEqual([{ at: 'starting' }]));
  });

  it('gives up on a core that does not answer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { booth, handPort } = setUp();
    kept(handPort());
    const reply = booth.ask('selfie:search', { visitId: crypto.randomUUID(), shot: 1 });
    vi.advanceTimersByTime(10_000);
    expect(await reply).toEqual(fail('engine.search-failed'));
  });

  it('takes whatever comes over it without harm', async () => {
    const { booth, handPort, engines } = setUp();
    const core = kept(handPort());
    const anything = fc.oneof(
      fc.anything(),
      fc.record({ type: fc.constant('reply'), id: fc.nat(3), value: fc.anything() }),
      fc.record({ type: fc.constant('event'), name: fc.constant('engine:changed'), payload: fc.anything() }),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (message) => {
        try {
          core.postMessage(message);
        } catch {
          // What cannot be cloned cannot come.
        }
        return Promise.resolve();
      }),
    );
    const asked = nextAsk(core);
    const reply = booth.ask('visit:end', { visitId: crypto.randomUUID() });
    const { id } = await asked;
    core.postMessage({ type: 'reply', id, value: { ok: 'perhaps' } });
    expect(await reply).toEqual(fail('message.invalid'));
    expect(engines).toEqual([]);
  });
});
