// A FindMe web service: guests who have agreed, their selfies, what they were found in, and that they were erased. What is supposed of the service stands in
// resources/findme/openapi.json, unverified, and is done in mapping.ts alone.
export { createFindmeCarrier } from './findmeCarrier.ts';
export type { FindmeCarrier } from './findmeCarrier.ts';
export { createFindmeRecords } from './records.ts';
export type { FindmeRecords, KnownGuest } from './records.ts';
