import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wifiCode } from '../../main/core/delivery/wifiCode.ts';

/** Reads it as a phone does: fields that end with a semicolon, and a backslash that takes its meaning from what follows. */
function decoded(code: string): Record<string, string> {
  if (!code.startsWith('WIFI:')) throw new Error('no network');
  const fields: Record<string, string> = {};
  let at = 'WIFI:'.length;
  while (code[at] !== ';') {
    const colon = code.indexOf(':', at);
    if (colon < 0) throw new Error('it does not end');
    const key = code.slice(at, colon);
    let value = '';
    for (at = colon + 1; code[at] !== ';'; at += 1) {
      if (at >= code.length) throw new Error('it does not end');
      if (code[at] === '\\') at += 1;
      value += code[at];
    }
    if (key in fields) throw new Error(`${key} is there twice`);
    fields[key] = value;
    at += 1;
  }
  if (at !== code.length - 1) throw new Error('something follows');
  return fields;
}

describe('the code of a network', () => {
  it('has what phones look for', () => {
    expect(wifiCode({ name: 'Wedding', password: 'long enough', isHidden: false })).toBe(
      'WIFI:T:WPA;S:Wedding;P:long enough;;',
    );
  });

  it('says so of one that is open to all, and has no password then', () => {
    expect(decoded(wifiCode({ name: 'Guests', password: '', isHidden: false }))).toEqual({ T: 'nopass', S: 'Guests' });
  });

  it('says so of one that is hidden', () => {
    const code = wifiCode({ name: 'Guests', password: 'secret 12', isHidden: true });
    expect(decoded(code)).toEqual({ T: 'WPA', S: 'Guests', P: 'secret 12', H: 'true' });
  });

  it.each(['\\', ';', ',', '"', ':'])('escapes %s', (character) => {
    const code = wifiCode({ name: `a${character}b`, password: '', isHidden: false });
    expect(code).toBe(`WIFI:T:nopass;S:a\\${character}b;;`);
  });

  it('brings back every name and every password, whatever is in them', () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom('\\', ';', ',', '"', ':', 'é', ' '), fc.string()) });
    fc.assert(
      fc.property(text, text, fc.boolean(), (name, password, isHidden) => {
        expect(decoded(wifiCode({ name, password, isHidden }))).toEqual({
          ...{ T: password === '' ? 'nopass' : 'WPA', S: name },
          ...(password === '' ? {} : { P: password }),
          ...(isHidden ? { H: 'true' } : {}),
        });
      }),
    );
  });
});
