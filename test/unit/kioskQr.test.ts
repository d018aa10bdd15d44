import path from 'node:path';
import { expect, it } from 'vitest';
import { readCode } from '../../main/workers/vision/readCode.ts';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { qrDrawing } from '../../renderer/ui/qrDrawing.ts';
import { temporaryFolder } from '../fixtures/folders.ts';

it.each(['http://192.168.1.20:8080/g/AbCdEfGhIjKlMnOpQrStUv', 'WIFI:T:WPA;S:Mariage Léa \\; Tom;P:bienvenue;H:true;;'])(
  'a code that is drawn says what it was made of: %s',
  async (text) => {
    const { size, path: drawn } = qrDrawing(text);
    const side = String(size);
    // On a dark ground: only its own quiet zone sets it off.
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600" viewBox="-8 -8 ${String(size + 16)} ${String(size + 16)}">
      <path fill="#111" d="M-8-8h999v999h-999z"/><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${drawn}"/></svg>`;
    const file = path.join(await temporaryFolder(), 'code.png');
    await sharp(Buffer.from(svg)).png().toFile(file);
    expect(await readCode(file, 1e6)).toEqual({ ok: true, value: { text } });
  },
);
