import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  groupTags,
  ippRequest,
  readIppAnswer,
  valueTags,
  type IppAttribute,
} from '../../main/core/printing/spoolers/cups/ippMessage.ts';

/** A message from what it says, byte by byte: `tag name value`, as RFC 8010 draws them. */
function answer(status: number, ...parts: (number | [tag: number, name: string, value: Buffer | string])[]): Buffer {
  const head = Buffer.from([2, 0, status >> 8, status & 0xff, 0, 0, 0, 1]);
  const fields = parts.map((part) => {
    if (typeof part === 'number') return Buffer.from([part]);
    const [tag, name, value] = part;
    const bytes = Buffer.from(value);
    return Buffer.concat([
      Buffer.from([tag, 0, name.length]),
      Buffer.from(name),
      Buffer.from([0, bytes.length]),
      bytes,
    ]);
  });
  return Buffer.concat([head, ...fields]);
}

const printer = answer(
  0,
  groupTags.operation,
  [valueTags.charset, 'attributes-charset', 'utf-8'],
  groupTags.printer,
  [valueTags.name, 'printer-name', 'Büro'],
  [valueTags.enum, 'printer-state', Buffer.from([0, 0, 0, 5])],
  [valueTags.integer, 'marker-levels', Buffer.from([0xff, 0xff, 0xff, 0xfd])],
  [valueTags.integer, '', Buffer.from([0, 0, 0, 40])],
  [valueTags.boolean, 'printer-is-accepting-jobs', Buffer.from([1])],
  [valueTags.resolution, 'printer-resolution-default', Buffer.from([0, 0, 0x04, 0xb0, 0, 0, 0x02, 0xd0, 3])],
  [0x34, 'media-col-default', ''],
  [0x4a, '', 'x-dimension'],
  [valueTags.integer, '', Buffer.from([0, 0, 0x27, 0xb0])],
  [0x37, '', ''],
  [0x13, 'printer-state-message', ''],
  [valueTags.textWithLanguage, 'printer-info', Buffer.from('\0\u0002fr\0\u0005Salut')],
  groupTags.end,
);

describe('an answer of IPP', () => {
  it('says what it says, and nothing of what it does not know', () => {
    const read = readIppAnswer(printer);
    expect(read?.status).toBe(0);
    expect(read?.groups.map(({ tag }) => tag)).toEqual([groupTags.operation, groupTags.printer]);
    expect(Object.fromEntries(read?.groups[1]?.attributes ?? [])).toEqual({
      'printer-name': ['Büro'],
      'printer-state': [5],
      'marker-levels': [-3, 40],
      'printer-is-accepting-jobs': [true],
      'printer-resolution-default': [{ across: 1200, along: 720 }],
      'media-col-default': [],
      'printer-state-message': [],
      'printer-info': ['Salut'],
    });
  });

  it('counts dots by the inch', () => {
    const metric = answer(
      0,
      groupTags.printer,
      [valueTags.resolution, 'r', Buffer.from([0, 0, 0, 118, 0, 0, 0, 236, 4])],
      groupTags.end,
    );
    expect(readIppAnswer(metric)?.groups[0]?.attributes.get('r')).toEqual([{ across: 300, along: 599 }]);
  });

  it('is none where it is cut off', () => {
    for (let length = 0; length < printer.length; length += 1)
      expect(readIppAnswer(printer.subarray(0, length))).toBeUndefined();
  });

  it('ends whatever comes, without an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat({ max: printer.length }), (noise, at) => {
        const broken = Buffer.from(printer);
        broken.set(noise.subarray(0, broken.length - at), at);
        readIppAnswer(broken);
        readIppAnswer(Buffer.from(noise));
      }),
    );
  });

  it('does not believe in lengths that are negative', () => {
    const backwards = Buffer.concat([answer(0, groupTags.operation), Buffer.from('44000161fffa00000000', 'hex')]);
    expect(readIppAnswer(backwards)).toBeUndefined();
  });
});

describe('a request of IPP', () => {
  it('is written as RFC 8010 says', () => {
    const bytes = ippRequest(0x0b, 7, [{ name: 'uri', type: 'uri', values: ['ipp://h/'] }]);
    expect(bytes.toString('hex')).toBe('0200000b00000007' + '01' + '45' + '0003757269' + '00086970703a2f2f682f' + '03');
  });

  it('is read again as it was written', () => {
    const attributeName = fc.string({ minLength: 1, maxLength: 9 });
    const attribute = fc.oneof(
      fc.record({
        name: attributeName,
        type: fc.constantFrom('name' as const, 'keyword' as const, 'uri' as const),
        values: fc.array(fc.string({ maxLength: 9, unit: 'binary' }), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({
        name: attributeName,
        type: fc.constant('integer' as const),
        values: fc.array(fc.integer(), { minLength: 1, maxLength: 3 }),
      }),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(attribute, { maxLength: 4, selector: ({ name }) => name }),
        (attributes: IppAttribute[]) => {
          const read = readIppAnswer(ippRequest(0x0a, 1, attributes));
          expect(read?.status).toBe(0x0a);
          expect([...(read?.groups[0]?.attributes ?? [])]).toEqual(
            attributes.map(({ name, values }) => [name, values]),
          );
        },
      ),
    );
  });
});
