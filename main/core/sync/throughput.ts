/** How fast bytes have gone of late. Times are milliseconds of the monotonic clock. */
export interface Throughput {
  sent(bytes: number, nowMs: number): void;
  /** undefined where nothing has gone for a while. */
  bytesPerSecond(nowMs: number): number | undefined;
}

const windowMs = 60_000;
const slotMs = 1_000;

/** Over the last minute, or since something first went within it. */
export function createThroughput(): Throughput {
  // One sum a second, so that many small objects take no more room than few large ones.
  let slots: { atMs: number; bytes: number }[] = [];

  const forgetOld = (nowMs: number) => {
    slots = slots.filter(({ atMs }) => atMs > nowMs - windowMs);
  };

  return {
    sent: (bytes, nowMs) => {
      const last = slots.at(-1);
      if (last !== undefined && nowMs - last.atMs < slotMs) {
        last.bytes += bytes;
        return;
      }
      forgetOld(nowMs);
      slots.push({ atMs: nowMs, bytes });
    },
    bytesPerSecond: (nowMs) => {
      forgetOld(nowMs);
      const first = slots.at(0);
      if (first === undefined) return undefined;
      const spanMs = Math.max(slotMs, nowMs - first.atMs);
      return (slots.reduce((sum, { bytes }) => sum + bytes, 0) / spanMs) * 1000;
    },
  };
}
