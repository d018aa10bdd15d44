/** A guest's gallery, as this phone remembers it. */
export interface KeptVisit {
  token: string;
  /** ISO 8601; nothing is known of an opened code's end. */
  expiresAt?: string;
}

export interface Kept {
  /** @param eventCode where it is not known, the visit that was kept last counts */
  visitOf: (eventCode: string | undefined) => KeptVisit | undefined;
  keep: (eventCode: string | undefined, visit: KeptVisit) => void;
  forget: (token: string) => void;
}

const place = 'findme.visits';

/**
 * The galleries of this phone, by the code of their event. A browser that keeps nothing only makes a guest type a code again.
 *
 * @param storage throws where the guest has forbidden it
 */
export const createKept = (storage: () => Storage, now: () => number): Kept => {
  const read = (): [string, KeptVisit][] => {
    try {
      return visitsOf(JSON.parse(storage().getItem(place) ?? '[]')).filter(([, visit]) => isValid(visit, now()));
    } catch {
      return [];
    }
  };
  const write = (visits: readonly [string, KeptVisit][]): void => {
    try {
      storage().setItem(place, JSON.stringify(visits));
    } catch {
      // Private browsing, or no room.
    }
  };
  return {
    visitOf: (eventCode) => {
      const visits = read().filter(([code]) => eventCode === undefined || isSame(code, eventCode));
      return visits.map(([, visit]) => visit).pop();
    },
    keep: (eventCode = '', visit) => {
      write([...read().filter(([code]) => !isSame(code, eventCode)), [eventCode, visit]]);
    },
    forget: (token) => {
      write(read().filter(([, visit]) => visit.token !== token));
    },
  };
};

/** As the server compares them. */
const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const isValid = (visit: KeptVisit, now: number): boolean =>
  visit.expiresAt === undefined || Date.parse(visit.expiresAt) > now;

/** Of what a browser has kept, which another version of these pages may have written. */
const visitsOf = (found: unknown): [string, KeptVisit][] => (Array.isArray(found) ? found.filter(isEntry) : []);

const isEntry = (entry: unknown): entry is [string, KeptVisit] => {
  if (!Array.isArray(entry) || entry.length !== 2) return false;
  const [code, visit] = entry as unknown[];
  return typeof code === 'string' && typeof visit === 'object' && visit !== null && hasToken(visit);
};

const hasToken = (visit: object): boolean => 'token' in visit && typeof visit.token === 'string';
