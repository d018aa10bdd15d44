/** As the SDK has requests and answers. */
export interface Message {
  headers: Record<string, string>;
  body?: unknown;
}

export const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && 'headers' in value && typeof value.headers === 'object';
