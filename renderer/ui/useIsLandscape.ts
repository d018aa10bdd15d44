import { useSyncExternalStore } from 'react';

const query = '(orientation: landscape)';

const subscribe = (onChange: () => void): (() => void) => {
  const list = matchMedia(query);
  list.addEventListener('change', onChange);
  return () => {
    list.removeEventListener('change', onChange);
  };
};

/** Whether the screen lies, for what style sheets cannot decide. */
export const useIsLandscape = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(query).matches);
