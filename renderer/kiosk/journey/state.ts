import type { Engine, FaultCode, Kiosk, Language, Photo } from '../../../preload/index.ts';
import type { BrowseHour, CameraPhase, NothingProps } from '../screens/props.ts';

/** Where the guest is. */
export type Scene =
  /** Nothing is known of the event yet: an empty stage. */
  | { at: 'dark' }
  | { at: 'attract' }
  | { at: 'consent' }
  /** `aspect`: width divided by height of the upright picture. */
  | { at: 'camera'; phase: CameraPhase; isLit: boolean; aspect: number }
  | { at: 'searching'; stillUrl: string | undefined }
  | { at: 'results'; openId: number | undefined; fault?: FaultCode | undefined }
  /** `canKeep`: the guest was seen well enough for a code to be of use. */
  | { at: 'nothing'; reason: NothingProps['reason']; canKeep: boolean; fault?: FaultCode }
  | { at: 'finish'; fault?: FaultCode | undefined }
  /** The guest wants to be deleted; `from` is where they go back to. */
  | { at: 'erase'; from: Scene; withFaces: boolean; isBusy: boolean; fault: FaultCode | undefined }
  | { at: 'keptCode'; code: string; expiresOn: string }
  /** `secondsLeft`: until the guest is taken for gone. */
  | { at: 'share'; url: string; shortAddress: string; code: string; expiresOn: string; secondsLeft: number }
  | {
      at: 'browse';
      hours: readonly BrowseHour[] | undefined;
      hour: string | undefined;
      photos: readonly Photo[];
      hasMore: boolean;
      openId: number | undefined;
      fault?: FaultCode | undefined;
    }
  | { at: 'codeEntry'; fault: FaultCode | undefined; isBusy: boolean }
  /** `hasCode`: the guest has taken one along, so not everything is gone. */
  | { at: 'goodbye'; hasCode: boolean; erasedFaces?: number }
  | { at: 'pause' };

/** What is known of the guest, from consent until they leave. */
export interface Visit {
  id: string;
  /** How many there are to be searched. */
  photos: number;
  /** How often they were photographed. */
  shots: number;
  found: { sure: readonly Photo[]; maybe: readonly Photo[]; newPhotos: number } | undefined;
  hasCode: boolean;
}

/** What is set for the event; what changes by itself is not in it. */
export type KioskSettings = Omit<Kiosk, 'engine'>;

export interface KioskState {
  /** Counts the guests. With each, the page is built anew, and what was under way for the last one finds nobody. */
  run: number;
  kiosk: KioskSettings | undefined;
  engine: Engine;
  language: Language;
  isHighContrast: boolean;
  scene: Scene;
  visit: Visit | undefined;
  /** The guest has left the kiosk alone and is being asked. */
  idleSecondsLeft: number | undefined;
}

/** A kiosk that no guest has touched. */
export const initialState = (kiosk: KioskSettings | undefined, engine: Engine, scene: Scene): KioskState => ({
  run: 0,
  kiosk,
  engine,
  language: kiosk?.languages[0] ?? 'fr',
  isHighContrast: false,
  scene,
  visit: undefined,
  idleSecondsLeft: undefined,
});
