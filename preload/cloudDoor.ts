// From what a guest holds to the door of their gallery in the cloud. See [Note: Cloud galleries]. Apart from the schemas, so that a phone loads no zod; by
// WebCrypto, which the phone's page and Node.js both have.

const context = 'findme cloud gallery 1';
const idBytes = 16;
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
// What OWASP asks for PBKDF2 with HMAC-SHA-256 (Password Storage Cheat Sheet, 2023); on a phone half a second or so. The code has 60 bits: at a million
// phones' speed all of them take longer than there is electricity.
const iterations = 600_000;

/** By what a door is found, and what opens it. */
export interface DoorKeys {
  /** 32 hexadecimal digits. */
  id: string;
  /** 32 bytes, for AES-256-GCM. */
  key: Uint8Array<ArrayBuffer>;
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(new TextEncoder().encode(text));

/** Of a link's token: all 2^128 cannot be tried, however quick a try is (HKDF, RFC 5869). */
export const doorOfToken = (token: string): Promise<DoorKeys> => parted(bytesOf(token));

/** Of a claim code, 12 characters without spaces or hyphens, in capitals: stretched first (PBKDF2, RFC 8018). */
export async function doorOfCode(code: string): Promise<DoorKeys> {
  const secret = await crypto.subtle.importKey('raw', bytesOf(code), 'PBKDF2', false, ['deriveBits']);
  const stretched = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(context), iterations },
    secret,
    keyBytes * 8,
  );
  return parted(new Uint8Array(stretched));
}

async function parted(secret: Uint8Array<ArrayBuffer>): Promise<DoorKeys> {
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: bytesOf(context) },
    material,
    (idBytes + keyBytes) * 8,
  );
  const derived = new Uint8Array(bits);
  const id = [...derived.subarray(0, idBytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { id, key: derived.slice(idBytes) };
}

/** Keys of objects, from the bucket's prefix on. @param days after which the bucket lets go of them */
export const doorPath = (days: number, id: string): string => `galleries/${String(days)}d/doors/${id}.json`;
export const contentsPath = (days: number, id: string): string => `galleries/${String(days)}d/contents/${id}.json`;
export const galleryDaysPath = 'gallery/days.json';

/** The page that opens galleries: a key without an ending, to be typed. */
export const galleryPagePath = 'g';
/** What follows `#` in the address of a guest's gallery: no server gets to see it. */
export const galleryFragment = (days: number, token: string): string => `${String(days)}.${token}`;

/**
 * Opens what was sealed for a place.
 *
 * @param place the object's own key
 * @param sealed nonce, tag and ciphertext, base 64
 * @returns undefined for what was not sealed with this key for this place, or has been changed since
 */
export async function openSealed(
  key: Uint8Array<ArrayBuffer>,
  place: string,
  sealed: string,
): Promise<string | undefined> {
  const bytes = Uint8Array.from(atob(sealed), (char) => char.charCodeAt(0));
  const nonce = bytes.subarray(0, nonceBytes);
  const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
  // WebCrypto wants the tag at the end.
  const ciphertext = new Uint8Array(bytes.length - nonceBytes);
  ciphertext.set(bytes.subarray(nonceBytes + tagBytes));
  ciphertext.set(tag, bytes.length - nonceBytes - tagBytes);
  const opener = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: nonce, additionalData: bytesOf(place) },
      opener,
      ciphertext,
    );
    return new TextDecoder().decode(plain);
  } catch {
    return undefined;
  }
}
