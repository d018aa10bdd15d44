/** The clocks of this process, for whoever wants them to be wrong. Its timers go on as they do. */
export interface WrongClock {
  /** By so much the system's clock is ahead of the right one, as where somebody or a network sets it. */
  setAhead(ms: number): void;
  /** So much time passes at once, by every clock. */
  pass(ms: number): void;
  /** As they were. */
  giveBack(): void;
}

export function wrongClock(): WrongClock {
  const RealDate = Date;
  const realNow = performance.now.bind(performance);
  let aheadMs = 0;
  let passedMs = 0;
  class WrongDate extends RealDate {
    constructor(...given: unknown[]) {
      super(...((given.length === 0 ? [WrongDate.now()] : given) as [number]));
    }
    static override now(): number {
      return RealDate.now() + aheadMs + passedMs;
    }
  }
  globalThis.Date = WrongDate as DateConstructor;
  performance.now = () => realNow() + passedMs;
  return {
    setAhead: (ms) => (aheadMs = ms),
    pass: (ms) => (passedMs += ms),
    giveBack: () => {
      globalThis.Date = RealDate;
      performance.now = realNow;
    },
  };
}
