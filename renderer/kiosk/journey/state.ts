import type {
  Engine,
  FaultCode,
  GalleryAddress,
  Kiosk,
  Language,
  OrderProgress,
  Photo,
  PrintPage,
} from '../../../preload/index.ts';
import type { BrowseHour, CameraPhase, ComingPrints, NothingProps, PrintOverProps } from '../screens/props.ts';

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
  | {
      at: 'share';
      here?: GalleryAddress | undefined;
      home?: GalleryAddress | undefined;
      code: string;
      expiresOn: string;
      secondsLeft: number;
    }
  /** Which photos go on a sheet: their ids, in the order in which they were touched. `left`: see SheetScene. */
  | { at: 'printChoose'; chosen: readonly number[]; left: number | undefined }
  | SheetScene
  /** The sheet waits for the code that it is paid with. */
  | { at: 'printVoucher'; sheet: SheetScene; isBusy: boolean; fault: FaultCode | undefined }
  /** The order itself is one of the visit's prints. `secondsLeft`: until the guest is taken for gone. */
  | { at: 'printing'; orderId: string; page: PrintPage; secondsLeft: number }
  /** No more sheets; `from` is where the guest goes back to. */
  | { at: 'printOver'; reason: PrintOverProps['reason']; from: Scene }
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
  /** `hasCode`: the guest has taken one along, so not everything is gone. `prints`: sheets of theirs are still to come. */
  | { at: 'goodbye'; hasCode: boolean; prints?: ComingPrints | undefined; erasedFaces?: number }
  | { at: 'pause' };

/** One sheet as it will be, and how many of it. */
export interface SheetScene {
  at: 'printSheet';
  /** Where the guest goes back to. */
  from: Scene;
  /** In the order in which they lie on the sheet. */
  photos: readonly Photo[];
  templateId: string;
  /** What was drawn since the guest is here, by its template. */
  pages: ReadonlyMap<string, PrintPage | 'failed'>;
  /** How many more sheets the guest may have; undefined where that is not limited. */
  left: number | undefined;
  copies: number;
  /** It is being ordered. */
  isBusy: boolean;
  /** It could not be drawn, or not be ordered. */
  fault: FaultCode | undefined;
}

/** What is known of the guest, from consent until they leave. */
export interface Visit {
  id: string;
  /** How many there are to be searched. */
  photos: number;
  /** How often they were photographed. */
  shots: number;
  found: { sure: readonly Photo[]; maybe: readonly Photo[]; newPhotos: number } | undefined;
  /** Of what was found last. */
  hasCode: boolean;
  /** There was one of what was found before: it goes on opening that. */
  hadCode?: boolean;
  /** What the guest has ordered, each as far as it is. */
  prints: readonly OrderProgress[];
}

/** Whether the guest has taken anything along that goes on opening photos. */
export const hasAnyCode = (visit: Visit | undefined): boolean => visit?.hasCode === true || visit?.hadCode === true;

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
