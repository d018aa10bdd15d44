import { useCallback, useEffect, useState } from 'react';
import { fail, type PrintPage, type Result, type StaffRequest } from '../../../preload/index.ts';
import type { StaffLine } from '../desk.ts';

/**
 * Has a sheet drawn, and another as soon as it is to be another.
 *
 * @param wanted undefined: none
 * @returns `drawn`: undefined until it is there, however many others were asked for meanwhile
 */
export function useSheet(
  line: StaffLine,
  wanted: StaffRequest<'prints:page'> | undefined,
): { drawn: Result<PrintPage> | undefined; again: () => void } {
  const [last, setLast] = useState<{ of: string; page: Result<PrintPage> }>();
  const [round, setRound] = useState(0);
  const again = useCallback(() => {
    setLast(undefined);
    setRound((now) => now + 1);
  }, []);
  const asked = wanted && JSON.stringify(wanted);

  useEffect(() => {
    if (asked === undefined) return undefined;
    let isWanted = true;
    void line.ask('prints:page', JSON.parse(asked) as StaffRequest<'prints:page'>).then((page) => {
      if (isWanted) setLast({ of: asked, page: page.ok ? page : fail(page.fault.code, page.fault.detail) });
    });
    return () => {
      isWanted = false;
    };
  }, [line, asked, round]);

  return { drawn: last?.of === asked ? last?.page : undefined, again };
}
