import type { ReactNode } from 'react';
import type {
  Advice,
  Consent,
  Engine,
  FaultCode,
  FrameBox,
  GalleryAddress,
  OrderProgress,
  Photo,
  PickUp,
  PrintAccess,
  PrintPage,
  TemplateLook,
} from '../../../preload/index.ts';

// [Note: Screens] A screen shows what it is given and says what was touched; it asks nobody anything and starts nothing. What it is given
// is made by the journey. Texts are looked up by the screen itself, in the guest's language.

/** Why the camera shows nothing. */
export type CameraFault = Extract<FaultCode, `camera.${string}`>;

/** The event as a guest sees it. */
export interface EventLook {
  name: string;
  logoUrl: string | undefined;
  /** Pictures that the event's owner chose for the attract screen; may be none. */
  attractUrls: readonly string[];
}

/** A network that a phone joins by scanning. */
export interface WifiLook {
  name: string;
  /** Empty for a network that is open to all. */
  password: string;
  /** What the QR code says. */
  code: string;
}

/** How a guest takes the selfie on the phone instead. */
export interface OwnPhoneLook {
  startUrl: string;
  wifi: WifiLook | undefined;
}

export interface AttractProps {
  event: EventLook;
  engine: Engine;
  mayBrowse: boolean;
  /** undefined where phones are not wanted, or cannot reach the booth. */
  ownPhone: OwnPhoneLook | undefined;
  onStart: () => void;
  onBrowse: () => void;
  onCode: () => void;
}

export interface ConsentProps {
  /** In the guest's language; recorded word for word. */
  consent: Consent;
  /** Where a refusal leads: to all photos by time, or back to the beginning. */
  mayBrowse: boolean;
  onAccept: () => void;
  onRefuse: () => void;
}

export interface SeenFace {
  /** Fractions of the camera's frame, not mirrored. */
  box: FrameBox;
  isSubject: boolean;
}

export type CameraPhase =
  | { at: 'opening' }
  /** `isPatient`: it has taken long enough, and the guest may take the picture whatever the advice. */
  | { at: 'guiding'; advice: Advice; faces: readonly SeenFace[]; isPatient: boolean }
  /** Several faces: each who agrees touches their own, then the picture is taken. */
  | { at: 'choosing'; faces: readonly SeenFace[] }
  | { at: 'counting'; secondsLeft: 3 | 2 | 1; faces: readonly SeenFace[] }
  /** A few frames are being taken: hold still. */
  | { at: 'shooting'; faces: readonly SeenFace[] }
  | { at: 'unavailable'; fault: CameraFault };

export interface CameraProps {
  phase: CameraPhase;
  /** The live picture, mirrored, filling the box that it is put into (object-fit: cover is the screen's to mind: see `picture`). */
  video: ReactNode;
  /** Width divided by height of the upright picture. */
  aspect: number;
  /** The face is dark: the screen around the picture becomes a lamp. */
  isLit: boolean;
  onTouchFace: (index: number) => void;
  /** Takes the picture now; in 'choosing' of everybody chosen. */
  onShoot: () => void;
  onCancel: () => void;
}

export interface SearchingProps {
  /** The guest's own picture of a moment ago, mirrored as it was seen. */
  stillUrl: string | undefined;
  photos: number;
}

export interface ResultsProps {
  sure: readonly Photo[];
  maybe: readonly Photo[];
  /** Came since the guest's last visit; 0 for a first one. */
  newPhotos: number;
  /** The photo that is shown large. */
  openId: number | undefined;
  /** The gallery for the phone could not be made. */
  fault: FaultCode | undefined;
  /** To have the photos on the phone; undefined where there is no gallery for it. */
  onShare: (() => void) | undefined;
  /** To have them on paper; undefined where nothing can be printed. */
  onPrint: (() => void) | undefined;
  /** The same for the photo that is shown large; undefined where nothing shows a single photo. */
  onPrintPhoto: ((id: number) => void) | undefined;
  onOpen: (id: number) => void;
  onClose: () => void;
  onAnswer: (id: number, isMe: boolean) => void;
  onAgain: () => void;
  onFinish: () => void;
  /** To have everything deleted that is kept of the guest. */
  onErase: () => void;
}

export interface NothingProps {
  /** no-match: seen well, in no photo yet. no-face: the picture was of no use. all-rejected: the guest is in none of those offered. failed: the search broke off */
  reason: 'no-match' | 'no-face' | 'all-rejected' | 'failed';
  mayBrowse: boolean;
  onAgain: () => void;
  onBrowse: () => void;
  /** A code to come back with; undefined where there is nothing to keep. */
  onKeep: (() => void) | undefined;
  /** The code could not be kept. */
  fault: FaultCode | undefined;
  /** undefined where nothing is known of the guest. */
  onErase: (() => void) | undefined;
  onLeave: () => void;
}

export interface BrowseHour {
  /** Local, 'YYYY-MM-DDTHH'. */
  hour: string;
  photos: number;
}

export interface BrowseProps {
  /** undefined: still being asked. */
  hours: readonly BrowseHour[] | undefined;
  hour: string | undefined;
  photos: readonly Photo[];
  hasMore: boolean;
  openId: number | undefined;
  /** Photos that were asked for did not come. */
  fault: FaultCode | undefined;
  onHour: (hour: string) => void;
  /** The end of what is there came into sight. */
  onMore: () => void;
  onOpen: (id: number) => void;
  onClose: () => void;
  /** With the face after all. */
  onStart: () => void;
  onLeave: () => void;
}

export interface CodeEntryProps {
  /** Of the codes that guests are given now. */
  codeLength: 8 | 12;
  fault: FaultCode | undefined;
  isBusy: boolean;
  onSubmit: (code: string) => void;
  onLeave: () => void;
}

export interface KeptCodeProps {
  /** Crockford characters; shown in groups of four. */
  code: string;
  /** Where it opens the photos from anywhere; undefined where it does so here alone. */
  homeAddress: string | undefined;
  /** 'YYYY-MM-DD' */
  expiresOn: string;
  onDone: () => void;
}

/** The guest's own gallery, to be opened on the phone. */
export interface ShareProps {
  /** Where it is now, in the booth's own network; undefined where phones cannot reach that. */
  here: GalleryAddress | undefined;
  /** Where it is from anywhere, by and by. One of the two is always there. */
  home: GalleryAddress | undefined;
  wifi: WifiLook | undefined;
  /** For those who cannot scan. */
  code: string;
  /** 'YYYY-MM-DD' */
  expiresOn: string;
  /** Until the screen says goodbye by itself. */
  secondsLeft: number;
  onBack: () => void;
  onDone: () => void;
}

export interface FinishProps {
  photos: number;
  /** Something was taken along that goes on opening photos. */
  hasCode: boolean;
  /** undefined where there is no gallery for a phone. */
  onShare: (() => void) | undefined;
  /** undefined once the code has been given. */
  onKeep: (() => void) | undefined;
  /** The code could not be kept, or the gallery not be made. */
  fault: FaultCode | undefined;
  onErase: () => void;
  onBack: () => void;
  onDone: () => void;
}

/** The guest wants to be deleted. */
export interface EraseProps {
  /** The face goes out of the event's index, too. */
  withFaces: boolean;
  isBusy: boolean;
  fault: FaultCode | undefined;
  onWithFaces: (withFaces: boolean) => void;
  onConfirm: () => void;
  onBack: () => void;
}

/** Which photos go on the paper. */
export interface PrintChooseProps {
  photos: readonly Photo[];
  /** What so many photos can become. */
  templates: readonly TemplateLook[];
  /** Ids, in the order in which they will lie on the sheet. */
  chosen: readonly number[];
  onTouch: (id: number) => void;
  onContinue: () => void;
  onBack: () => void;
}

/** The sheet itself, and how many of it. */
export interface PrintSheetProps {
  photos: readonly Photo[];
  /** Those that show so many photos. */
  templates: readonly TemplateLook[];
  templateId: string;
  /** undefined while it is being drawn. */
  page: PrintPage | 'failed' | undefined;
  copies: number;
  /** How many more the guest may have; undefined where that is not limited. */
  left: number | undefined;
  access: PrintAccess;
  /** As it is said, with its currency; may be empty. */
  price: string;
  isBusy: boolean;
  fault: FaultCode | undefined;
  onTemplate: (id: string) => void;
  onCopies: (copies: number) => void;
  /** Has it drawn again. */
  onRetry: () => void;
  onPrint: () => void;
  onBack: () => void;
}

/** The code that prints are paid with. */
export type PrintVoucherProps = Omit<CodeEntryProps, 'codeLength'>;

/** How far the sheets of an order are. */
export interface PrintingProps {
  order: OrderProgress;
  page: PrintPage;
  /** Where they come out. */
  pickUp: PickUp;
  /** Of one sheet; empty where nothing is paid. */
  price: string;
  /** Until the screen says goodbye by itself. */
  secondsLeft: number;
  /** Another one. */
  onAgain: (() => void) | undefined;
  onBack: () => void;
  onDone: () => void;
}

/** There are no more sheets. */
export interface PrintOverProps {
  /** guest: this one has had theirs. event: all have. */
  reason: 'guest' | 'event';
  onBack: () => void;
}

/** Sheets that a guest who leaves is still to have. unpaid: they have to be paid first. */
export type ComingPrints = 'coming' | 'unpaid';

/** A moment of thanks; what the guest has not taken along is gone already. */
export interface GoodbyeProps {
  /** The guest has a code that opens the photos again. */
  hasCode: boolean;
  /** Where the guest has asked for it: how many of their faces were taken out of the index; undefined where they have not. */
  erasedFaces: number | undefined;
  /** What is still to come on paper, and where; undefined where there is nothing. */
  prints: { state: ComingPrints; pickUp: PickUp } | undefined;
  onDone: () => void;
}

/** Over whatever screen the guest has left alone. */
export interface IdleProps {
  secondsLeft: number;
  onStay: () => void;
  onLeave: () => void;
}
