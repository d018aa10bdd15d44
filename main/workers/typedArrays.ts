import { z } from 'zod';

// z.instanceof would insist on an ArrayBuffer behind the view, which nothing here depends on.
export const float32Schema = z.custom<Float32Array>((value) => value instanceof Float32Array, 'a Float32Array');
export const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'a Uint8Array');
