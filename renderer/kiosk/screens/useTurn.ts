import { useEffect, useState } from 'react';

/** Counts up by one every so often, from the given number; stays there where motion is not wanted or nothing changes. */
export const useTurn = (from: number, everyMs: number, isTurning: boolean): number => {
  const [turn, setTurn] = useState(from);
  useEffect(() => {
    if (!isTurning || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const timer = setInterval(() => {
      setTurn((last) => last + 1);
    }, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [everyMs, isTurning]);
  return turn;
};
