import type { KioskRequest } from '../../../preload/index.ts';
import type { CameraState } from '../camera/index.ts';
import type { House } from './house.ts';

/** Lets staff see how the camera is. */
export function reportCamera({ booth, camera }: Pick<House, 'booth' | 'camera'>): void {
  let said: string | undefined;
  camera.onState((state) => {
    const now = wordOf(state);
    if (now === undefined || now === said) return;
    said = now;
    void booth.ask('camera:state', { camera: now });
  });
}

function wordOf(state: CameraState): KioskRequest<'camera:state'>['camera'] | undefined {
  switch (state.at) {
    case 'closed':
      return 'idle';
    case 'opening':
      return undefined;
    case 'live':
      return 'live';
    case 'unavailable':
      return state.fault;
  }
}
