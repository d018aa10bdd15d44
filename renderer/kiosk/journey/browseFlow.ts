import type { House } from './house.ts';

/** Photos that are asked for at once: several screens full. */
const pageSize = 60;

export interface BrowseFlow {
  enter: () => void;
  onHour: (hour: string) => void;
  onMore: () => void;
  onOpen: (openId: number) => void;
  onClose: () => void;
}

/** All photos by the hour in which they were taken, for who does not want to show their face. */
export function createBrowseFlow(house: House): BrowseFlow {
  const { store, booth } = house;
  let isAsking = false;

  async function enter(): Promise<void> {
    house.go({ at: 'browse', hours: undefined, hour: undefined, photos: [], hasMore: false, openId: undefined });
    const isStaying = house.staying('browse');
    const reply = await house.askWhenStarted('browse:hours', {}, isStaying);
    if (!isStaying()) return;
    const hours = reply.ok ? reply.value : [];
    house.change('browse', { hours });
    // What happened last is what most come for.
    const latest = hours.at(-1);
    if (latest !== undefined) choose(latest.hour);
  }

  function choose(hour: string): void {
    house.change('browse', { hour, photos: [], hasMore: true, openId: undefined, fault: undefined });
    isAsking = false;
    void more();
  }

  async function more(): Promise<void> {
    const { scene } = store.getState();
    if (isAsking || scene.at !== 'browse' || scene.hour === undefined || !scene.hasMore) return;
    const { hour, photos } = scene;
    isAsking = true;
    const isStaying = house.staying('browse');
    const reply = await booth.ask('browse:photos', { hour, offset: photos.length, limit: pageSize });
    // Another hour begins with another list.
    const { scene: now } = store.getState();
    if (!isStaying() || now.at !== 'browse' || now.photos !== photos) return;
    isAsking = false;
    if (!reply.ok) {
      house.change('browse', { hasMore: false, fault: reply.fault.code });
      return;
    }
    house.change('browse', { photos: [...photos, ...reply.value], hasMore: reply.value.length === pageSize });
  }

  return {
    enter: () => void enter(),
    onHour: choose,
    onMore: () => void more(),
    onOpen: (openId) => house.change('browse', { openId }),
    onClose: () => house.change('browse', { openId: undefined }),
  };
}
