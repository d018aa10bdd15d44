// What the windows share: the look (tokens, type, themes), the parts that every screen is made of, and the texts.
// Importing it brings the style sheets along.
import './fonts.css';
import './tokens.css';
import './tones.css';
import './base.css';

export { applyTheme } from './applyTheme.ts';
export { themeOf } from './theme.ts';
export { Button } from './Button.tsx';
export { Chrome, useChrome } from './chromeContext.ts';
export type { ChromeState } from './chromeContext.ts';
export { CodeSlots } from './CodeSlots.tsx';
export { FaceRing } from './FaceRing.tsx';
export type { RingState } from './FaceRing.tsx';
export { useFormats } from './formats.ts';
export { Headline, Lead } from './Headline.tsx';
export { HourRail } from './HourRail.tsx';
export * as icons from './icons.tsx';
export { Keypad } from './Keypad.tsx';
export { Mosaic } from './Mosaic.tsx';
export { Notice } from './Notice.tsx';
export { Overlay } from './Overlay.tsx';
export { Paper } from './Paper.tsx';
export { Print } from './Print.tsx';
export { ProgressLine } from './ProgressLine.tsx';
export { QrCode } from './QrCode.tsx';
export { SecondsRing } from './SecondsRing.tsx';
export { Sheet } from './Sheet.tsx';
export { Shelf } from './Shelf.tsx';
export { Spoken } from './Spoken.tsx';
export { Stage } from './Stage.tsx';
export { Stepper } from './Stepper.tsx';
export { createTexts, languageNames } from './texts.ts';
export { stacksOf } from './stacks.ts';
export type { Stack } from './stacks.ts';
export { Tile } from './Tile.tsx';
export { useIsLandscape } from './useIsLandscape.ts';
export { Viewer } from './Viewer.tsx';
