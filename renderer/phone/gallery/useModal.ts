import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';

interface Modal {
  ref: RefObject<HTMLDivElement | null>;
  tabIndex: -1;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** What makes an element one that is over everything: the focus stays in it and goes back after it, Escape leaves it. */
export const useModal = (onLeave: () => void): Modal => {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    ref.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return {
    ref,
    tabIndex: -1,
    onKeyDown: (event) => {
      if (event.key === 'Escape') onLeave();
      if (event.key !== 'Tab') return;
      const stops = [...(ref.current?.querySelectorAll<HTMLElement>('button, a[href], [tabindex="0"]') ?? [])];
      const last = stops[stops.length - 1];
      const [from, to] = event.shiftKey ? [stops[0], last] : [last, stops[0]];
      if (document.activeElement !== from && document.activeElement !== ref.current) return;
      event.preventDefault();
      to.focus();
    },
  };
};
