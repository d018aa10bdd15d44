import type { KioskSettings } from './state.ts';

/** Whether a guest can have what was found on the phone: here and now, or from anywhere later. */
export const mayShare = ({ phones, home }: KioskSettings): boolean => phones?.mayShare === true || home !== undefined;
