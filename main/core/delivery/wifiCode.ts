import type { EventSettings } from '../../../preload/index.ts';

/** What a phone's camera takes for an invitation into a network: the form that ZXing began and phones read. */
export function wifiCode({ name, password, isHidden }: NonNullable<EventSettings['wifi']>): string {
  const security = password === '' ? 'nopass' : 'WPA';
  const secret = password === '' ? '' : `P:${escaped(password)};`;
  return `WIFI:T:${security};S:${escaped(name)};${secret}${isHidden ? 'H:true;' : ''};`;
}

const escaped = (text: string): string => text.replace(/[\\;,":]/g, (character) => `\\${character}`);
