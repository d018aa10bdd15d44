import { useCallback, useEffect, useState } from 'react';
import type { Fault, Result, StaffEvents, StaffMethod, StaffReply, StaffRequest } from '../../preload/index.ts';
import type { StaffLine } from './desk.ts';

type Value<M extends StaffMethod> = StaffReply<M> extends Result<infer T> ? T : never;

export interface Asked<T> {
  /** What was answered last; undefined until then. */
  value: T | undefined;
  fault: Fault | undefined;
  again: () => void;
}

/**
 * Asks core when a view is shown, and again whenever there may be something new.
 *
 * @param options.everyMs asks again after so long, for as long as the view is shown
 * @param options.on events after which it is asked again
 */
export function useAsked<M extends StaffMethod>(
  line: StaffLine,
  method: M,
  payload: StaffRequest<M>,
  options: { everyMs?: number; on?: keyof StaffEvents } = {},
): Asked<Value<M>> {
  const { everyMs, on } = options;
  const [answer, setAnswer] = useState<{ value?: Value<M>; fault?: Fault }>({});
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((now) => now + 1), []);
  const asked = JSON.stringify(payload);

  useEffect(() => {
    let isShown = true;
    void line.ask(method, JSON.parse(asked) as StaffRequest<M>).then((reply) => {
      if (!isShown) return;
      const result = reply as Result<Value<M>>;
      setAnswer((before) => (result.ok ? { value: result.value } : { ...before, fault: result.fault }));
    });
    return () => {
      isShown = false;
    };
  }, [line, method, asked, round]);

  useEffect(() => {
    if (everyMs === undefined) return undefined;
    const timer = setInterval(again, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, again]);

  useEffect(() => (on === undefined ? undefined : line.onEvent(on, again)), [line, on, again]);

  return { value: answer.value, fault: answer.fault, again };
}
