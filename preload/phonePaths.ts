import type { PhotoSize } from './api.ts';

// Apart from the rest of [Note: Phones' API], so that a phone loads none of what validates it.

/** `photos`: the gallery is another now. `gone`: it has been withdrawn or erased. */
export const galleryEventNames = ['photos', 'gone'] as const;
/** Told whenever a selfie's job is in another state. */
export const selfieEventName = 'job';

/** Where phones find things, from the server's root on. */
export const phonePaths = {
  event: '/api/event',
  register: '/api/register-with-event-code',
  uploadSelfie: '/api/upload-selfie',
  selfieJob: (jobId: string) => `/api/selfie-jobs/${jobId}`,
  selfieJobEvents: (jobId: string) => `/api/selfie-jobs/${jobId}/events`,
  open: '/api/open-gallery',
  gallery: (token: string) => `/api/galleries/${token}`,
  galleryEvents: (token: string) => `/api/galleries/${token}/events`,
  answer: (token: string) => `/api/galleries/${token}/answers`,
  /** With names in the place of values it is the pattern of all of them, as with every other. */
  photo: (token: string, photoId: number | ':photoId', size: PhotoSize | ':size') =>
    `/api/galleries/${token}/photos/${String(photoId)}/${size}`,
  zip: (token: string) => `/api/galleries/${token}/photos.zip`,
  /** The pages. */
  startPage: '/',
  galleryPage: (token: string) => `/g/${token}`,
} as const;
