import type { Engine } from '../../../preload/index.ts';
import { delay } from './delay.ts';
import type { House } from './house.ts';
import type { Scene } from './state.ts';

const retryMs = 300;
/** The pause is on show for at least so long, that it can be read, and at most so long, whatever becomes of core. */
const shortestPauseMs = 800;
const longestPauseMs = 4_000;

/** Engine states in which nobody is a guest. */
const putsAnEnd: ReadonlySet<Engine['at']> = new Set(['closed', 'locked', 'setup']);
/** Scenes in which nothing is known of anybody. */
const isOver: ReadonlySet<Scene['at']> = new Set(['dark', 'attract', 'goodbye', 'pause']);

/** Opens the kiosk when core is there, and gives the guest a moment's pause when it is gone: what it knew of them went with it. */
export function followCore({ store, booth, go, leave }: House): void {
  let lines = 0;
  let lostAt = Number.NEGATIVE_INFINITY;

  booth.onEvent('engine:changed', (engine) => {
    store.setState({ engine });
    const { scene } = store.getState();
    // The crew has put an end to it: what the guest sees is of no use any more.
    if (putsAnEnd.has(engine.at) && !isOver.has(scene.at)) pause();
  });
  booth.onEvent('kiosk:changed', ({ engine, ...kiosk }) => {
    const { kiosk: before, scene, visit } = store.getState();
    store.setState({ engine, kiosk });
    if (before === undefined || before.event.id === kiosk.event.id) {
      if (scene.at === 'attract') speakFirst();
      return;
    }
    // Nothing of one event is shown under another.
    if (scene.at === 'attract' || scene.at === 'dark') leave('attract');
    else if (visit === undefined && scene.at !== 'browse') leave('attract');
    else pause();
  });

  booth.onLine((line) => {
    lines += 1;
    if (line === 'open') void open(lines);
    else lose();
  });

  async function open(line: number): Promise<void> {
    for (;;) {
      const reply = await booth.ask('kiosk:open', {});
      if (line !== lines) return;
      if (reply.ok) {
        const { engine, ...kiosk } = reply.value;
        store.setState({ engine, kiosk });
        await delay(Math.max(0, lostAt + shortestPauseMs - performance.now()));
        begin();
        return;
      }
      await delay(retryMs);
      if (line !== lines) return;
    }
  }

  function lose(): void {
    store.setState({ engine: { at: 'starting' } });
    const { scene } = store.getState();
    if (scene.at === 'dark' || scene.at === 'attract') return;
    pause();
  }

  /** A moment's pause, and then the attract screen by itself. */
  function pause(): void {
    lostAt = performance.now();
    leave('pause');
    const { run } = store.getState();
    setTimeout(() => {
      if (store.getState().run === run) begin();
    }, longestPauseMs);
  }

  function begin(): void {
    const { scene } = store.getState();
    if (scene.at !== 'dark' && scene.at !== 'pause') return;
    speakFirst();
    go({ at: 'attract' });
  }

  /** The event's first language, until a guest chooses another. */
  function speakFirst(): void {
    store.setState({ language: store.getState().kiosk?.languages[0] ?? 'fr', isHighContrast: false });
  }
}
