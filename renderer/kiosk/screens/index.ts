// What a guest sees: one component a screen, each showing what it is given [Note: Screens].
import './scale.css';

export { Attract } from './Attract.tsx';
export { Browse } from './Browse.tsx';
export { Camera } from './Camera.tsx';
export { CodeEntry } from './CodeEntry.tsx';
export { Consent } from './Consent.tsx';
export { Erase } from './Erase.tsx';
export { Finish } from './Finish.tsx';
export { Goodbye } from './Goodbye.tsx';
export { Idle } from './Idle.tsx';
export { KeptCode } from './KeptCode.tsx';
export { Nothing } from './Nothing.tsx';
export { Pause } from './Pause.tsx';
export { PrintChoose } from './PrintChoose.tsx';
export { PrintOver } from './PrintOver.tsx';
export { PrintSheet } from './PrintSheet.tsx';
export { PrintVoucher } from './PrintVoucher.tsx';
export { Printing } from './Printing.tsx';
export { Results } from './Results.tsx';
export { Searching } from './Searching.tsx';
export { Share } from './Share.tsx';
export type * from './props.ts';
