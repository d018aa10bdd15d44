import type { KioskSettings } from './state.ts';

/** To find the phone, join the network and scan. */
const leastMs = 90_000;

/** So long the gallery's code stays on show without a touch: whoever scans touches the phone, not the screen. Never shorter than any other scene. */
export const sharePatienceMs = ({ idle }: Pick<KioskSettings, 'idle'>): number =>
  Math.max(leastMs, idle.warnAfterMs + idle.wipeAfterMs);
