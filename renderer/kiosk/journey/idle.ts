import type { OrderProgress } from '../../../preload/index.ts';
import { isOver } from './comingPrints.ts';
import type { House } from './house.ts';
import { printPatienceMs } from './printPatience.ts';
import { sharePatienceMs } from './sharePatience.ts';
import type { KioskState } from './state.ts';

/** A guest who stands before the camera is not idle, but a picture on the wall behind it might stand there for ever. */
const longestPresenceMs = 180_000;

export interface Idle {
  /** A touch, a key. While the guest is being asked it takes an answer: `stay`. */
  touched: () => void;
  /** Someone stands before the camera. */
  seen: () => void;
  stay: () => void;
}

/** Notices that a guest has gone without a word, asks whether they are still there, and wipes their visit if nobody answers. */
export function watchIdle({ store, change, leave }: House): Idle {
  let touchedAt = performance.now();
  let timers: ReturnType<typeof setTimeout>[] = [];

  store.subscribe((now, before) => {
    const isAsBefore = now.scene.at === before.scene.at && isRunning(now) === isRunning(before);
    if (!isAsBefore || isPlain(now) !== isPlain(before) || isOut(now) !== isOut(before)) restart();
  });

  function restart(): void {
    stop();
    const state = store.getState();
    if (state.idleSecondsLeft !== undefined) store.setState({ idleSecondsLeft: undefined });
    if (state.kiosk === undefined) return;
    const { warnAfterMs, wipeAfterMs } = state.kiosk.idle;
    // Whoever chose another language and walked on is not to be the choice of all who come after.
    if (state.scene.at === 'attract' && !isPlain(state)) timers = [setTimeout(() => leave('attract'), warnAfterMs)];
    if (!isRunning(state)) return;
    // A question would lie over the very code that the guest may be scanning: there the seconds are shown from the first.
    if (state.scene.at === 'share') bid('share', sharePatienceMs(state.kiosk));
    else if (state.scene.at === 'printing') bid('printing', printPatienceMs(state.kiosk, orderOnShow(state)));
    else timers = [setTimeout(() => warn(wipeAfterMs), warnAfterMs)];
  }

  function warn(wipeAfterMs: number): void {
    countDown(
      wipeAfterMs,
      (idleSecondsLeft) => store.setState({ idleSecondsLeft }),
      () => leave('attract'),
    );
  }

  /** Has what they came for, and is bidden goodbye. */
  function bid(at: 'share' | 'printing', afterMs: number): void {
    countDown(
      afterMs,
      (secondsLeft) => change(at, { secondsLeft }),
      () => leave('goodbye'),
    );
  }

  function countDown(ms: number, show: (secondsLeft: number) => void, end: () => void): void {
    const secondsLeft = Math.ceil(ms / 1000);
    show(secondsLeft);
    timers = [
      setTimeout(end, ms),
      ...Array.from({ length: secondsLeft - 1 }, (_, passed) =>
        setTimeout(() => show(secondsLeft - passed - 1), (passed + 1) * 1000),
      ),
    ];
  }

  function stop(): void {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
  }

  function stay(): void {
    touchedAt = performance.now();
    restart();
  }

  return {
    touched: () => {
      if (store.getState().idleSecondsLeft === undefined) stay();
    },
    seen: () => {
      if (performance.now() - touchedAt <= longestPresenceMs) restart();
    },
    stay,
  };
}

/** As it is for whoever comes next. */
const isPlain = ({ kiosk, language, isHighContrast }: KioskState): boolean =>
  !isHighContrast && language === kiosk?.languages[0];

/** The order whose progress the guest is looking at. */
function orderOnShow({ scene, visit }: KioskState): OrderProgress | undefined {
  return scene.at === 'printing' ? visit?.prints.find(({ orderId }) => orderId === scene.orderId) : undefined;
}

/** What the guest waits for has come. */
function isOut(state: KioskState): boolean {
  const order = orderOnShow(state);
  return order !== undefined && isOver(order);
}

/** Where the guest has to do something, and not the kiosk. */
function isRunning({ scene }: KioskState): boolean {
  switch (scene.at) {
    case 'dark':
    case 'attract':
    case 'searching':
    case 'goodbye':
    case 'pause':
      return false;
    case 'camera':
      return scene.phase.at !== 'shooting';
    case 'erase':
    case 'printSheet':
    case 'printVoucher':
      return !scene.isBusy;
    case 'consent':
    case 'results':
    case 'nothing':
    case 'finish':
    case 'keptCode':
    case 'share':
    case 'printChoose':
    case 'printing':
    case 'printOver':
    case 'browse':
    case 'codeEntry':
      return true;
  }
}
