import { useState } from 'react';
import type { Fault, Result, StaffMethod, StaffReply, StaffRequest } from '../../preload/index.ts';
import type { StaffLine } from './desk.ts';

export interface Doing {
  isBusy: boolean;
  fault: Fault | undefined;
  /** @param done only where it has worked */
  run: <M extends StaffMethod>(
    method: M,
    payload: StaffRequest<M>,
    done?: (value: StaffReply<M> extends Result<infer T> ? T : never) => void,
  ) => void;
  forget: () => void;
}

/** One thing at a time that staff do, and what became of it. */
export function useDo(line: StaffLine): Doing {
  const [isBusy, setIsBusy] = useState(false);
  const [fault, setFault] = useState<Fault>();
  return {
    isBusy,
    fault,
    run: (method, payload, done) => {
      setIsBusy(true);
      setFault(undefined);
      void line.ask(method, payload).then((reply) => {
        setIsBusy(false);
        const result = reply as Result<never>;
        if (result.ok) done?.(result.value);
        else setFault(result.fault);
      });
    },
    forget: () => setFault(undefined),
  };
}
