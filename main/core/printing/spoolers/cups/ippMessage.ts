// IPP as bytes (RFC 8010, section 3): as much of it as is asked of CUPS. Read here and not by a package, because what comes may be cut off or come from
// anybody: lengths are held against what is there, and dots per inch are no text.

/** What a value is (RFC 8010, section 3.5.2): its tag. */
export const valueTags = {
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  resolution: 0x32,
  textWithLanguage: 0x35,
  nameWithLanguage: 0x36,
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  charset: 0x47,
  language: 0x48,
} as const;

/** Where groups of attributes begin, and where the last of them ends (RFC 8010, section 3.5.1). */
export const groupTags = { operation: 0x01, job: 0x02, end: 0x03, printer: 0x04 } as const;

/** An attribute as it is asked with. */
export interface IppAttribute {
  name: string;
  type: 'integer' | 'boolean' | 'name' | 'keyword' | 'uri' | 'charset' | 'language';
  values: readonly (string | number | boolean)[];
}

/** Dots per inch, whatever the unit was that they were said in. */
export interface Resolution {
  across: number;
  along: number;
}

export type IppValue = string | number | boolean | Resolution;

/** The attributes of one thing by their names; no values: it is not known, or none of a kind that we read. */
export type IppAttributes = ReadonlyMap<string, readonly IppValue[]>;

export interface IppAnswer {
  /** Up to 0xff it was done (RFC 8011, appendix B). */
  status: number;
  groups: readonly { tag: number; attributes: IppAttributes }[];
}

const firstValueTag = 0x10;
const collectionBegins = 0x34;
const collectionEnds = 0x37;
const dotsPerCentimetre = 4;

/** A request of version 2.0 that brings its operation's attributes and no document. */
export function ippRequest(operation: number, requestId: number, attributes: readonly IppAttribute[]): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt8(2, 0);
  head.writeUInt16BE(operation, 2);
  head.writeUInt32BE(requestId, 4);
  head.writeUInt8(groupTags.operation, 8);
  const parts = attributes.flatMap(({ name, type, values }) =>
    values.flatMap((value, index) => [
      Buffer.from([valueTags[type]]),
      // All values but the first go without a name.
      ...field(Buffer.from(index === 0 ? name : '')),
      ...field(valueBytes(value)),
    ]),
  );
  return Buffer.concat([head, ...parts, Buffer.from([groupTags.end])]);
}

function field(bytes: Buffer): [length: Buffer, bytes: Buffer] {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return [length, bytes];
}

function valueBytes(value: string | number | boolean): Buffer {
  if (typeof value === 'string') return Buffer.from(value);
  if (typeof value === 'boolean') return Buffer.from([value ? 1 : 0]);
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** @returns undefined for what is no whole answer */
export function readIppAnswer(bytes: Buffer): IppAnswer | undefined {
  if (bytes.length < 9) return undefined;
  const groups: { tag: number; attributes: Map<string, IppValue[]> }[] = [];
  let values: IppValue[] = [];
  let collections = 0;
  let at = 8;
  while (at < bytes.length) {
    const tag = bytes.readUInt8(at);
    at += 1;
    if (tag === groupTags.end) return { status: bytes.readUInt16BE(2), groups };
    if (tag < firstValueTag) {
      groups.push({ tag, attributes: new Map() });
      continue;
    }
    const name = fieldAt(bytes, at);
    if (name === undefined) return undefined;
    const value = fieldAt(bytes, name.end);
    if (value === undefined) return undefined;
    at = value.end;
    // What is in a collection has no names of its own, and nothing that we ask for is one.
    if (tag === collectionEnds) collections -= 1;
    else if (collections === 0) {
      if (name.bytes.length > 0) {
        values = [];
        groups.at(-1)?.attributes.set(name.bytes.toString(), values);
      }
      const read = readValue(tag, value.bytes);
      if (read !== undefined) values.push(read);
    }
    if (tag === collectionBegins) collections += 1;
  }
  return undefined;
}

/** Bytes that come after their number. @returns undefined where they are not all there */
function fieldAt(bytes: Buffer, at: number): { bytes: Buffer; end: number } | undefined {
  if (at + 2 > bytes.length) return undefined;
  const end = at + 2 + bytes.readUInt16BE(at);
  return end > bytes.length ? undefined : { bytes: bytes.subarray(at + 2, end), end };
}

/** @returns undefined for what is not known, and for kinds of values that we do not read */
function readValue(tag: number, bytes: Buffer): IppValue | undefined {
  switch (tag) {
    case valueTags.integer:
    case valueTags.enum:
      return bytes.length === 4 ? bytes.readInt32BE(0) : undefined;
    case valueTags.boolean:
      return bytes.length === 1 ? bytes.readUInt8(0) !== 0 : undefined;
    case valueTags.resolution: {
      if (bytes.length !== 9) return undefined;
      const perInch = bytes.readUInt8(8) === dotsPerCentimetre ? 2.54 : 1;
      return {
        across: Math.round(bytes.readInt32BE(0) * perInch),
        along: Math.round(bytes.readInt32BE(4) * perInch),
      };
    }
    case valueTags.textWithLanguage:
    case valueTags.nameWithLanguage: {
      const language = fieldAt(bytes, 0);
      return language && fieldAt(bytes, language.end)?.bytes.toString();
    }
    // All others from here on are text (RFC 8010, section 3.5.2).
    default:
      return tag >= valueTags.text ? bytes.toString() : undefined;
  }
}
