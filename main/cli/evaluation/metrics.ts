// Terms of ISO/IEC 19795-1: search (identification) with a threshold, micro-averaged over (probe, photo) pairs.

/** One probe, and the comparison score of every photo in which any face was found. */
export interface ProbeScores {
  probe: string;
  person: string;
  /** Photo to best score; undefined where the probe shows no usable face. */
  scores: ReadonlyMap<string, number> | undefined;
  /** Photo to its face of that score, by the store's id. */
  faces?: ReadonlyMap<string, number>;
}

/** Photo to the people it shows. */
export type PhotoLabels = ReadonlyMap<string, readonly string[]>;

export interface SearchFigures {
  recall: number;
  precision: number;
  fpir: number;
  fnir: number;
}

export interface Miss {
  probe: string;
  photo: string;
  /** null where no face was found in the photo, or none in the probe. */
  score: number | null;
}

export interface FalseHit {
  probe: string;
  photo: string;
  score: number;
}

/** A fraction of nothing: 1 where it would be a success to have nothing, by the caller's word. */
const fraction = (part: number, whole: number, ofNothing: number): number => (whole === 0 ? ofNothing : part / whole);

const photosOfPerson = (labels: PhotoLabels, person: string): string[] =>
  [...labels].filter(([, people]) => people.includes(person)).map(([photo]) => photo);

/** The scores of the photos that show the probe's person, and of all others in which there is a face. */
export function scoresByLabel(probes: readonly ProbeScores[], labels: PhotoLabels): Record<'own' | 'others', number[]> {
  const own: number[] = [];
  const others: number[] = [];
  for (const { person, scores } of probes) {
    for (const [photo, score] of scores ?? [])
      (labels.get(photo)?.includes(person) === true ? own : others).push(score);
  }
  return { own, others };
}

/** Probes of people in no photo. */
export const strangersAmong = (probes: readonly ProbeScores[], labels: PhotoLabels): number =>
  probes.filter(({ person }) => photosOfPerson(labels, person).length === 0).length;

/** Recall, precision, FPIR and FNIR at a threshold. */
export function figuresAt(threshold: number, probes: readonly ProbeScores[], labels: PhotoLabels): SearchFigures {
  let wanted = 0;
  let returned = 0;
  let right = 0;
  let mated = 0;
  let matedMissed = 0;
  let strangers = 0;
  let strangersHit = 0;
  for (const { person, scores } of probes) {
    const own = photosOfPerson(labels, person);
    const hits = [...(scores ?? [])].filter(([, score]) => score >= threshold).map(([photo]) => photo);
    const ownHits = hits.filter((photo) => own.includes(photo)).length;
    wanted += own.length;
    returned += hits.length;
    right += ownHits;
    if (own.length === 0) {
      strangers += 1;
      if (hits.length > 0) strangersHit += 1;
    } else {
      mated += 1;
      if (ownHits === 0) matedMissed += 1;
    }
  }
  return {
    recall: fraction(right, wanted, 1),
    precision: fraction(right, returned, 1),
    fpir: fraction(strangersHit, strangers, 0),
    fnir: fraction(matedMissed, mated, 0),
  };
}

/** Of the probes of people in some photo, the share whose best photo shows the person, whatever the score. */
export function rank1(probes: readonly ProbeScores[], labels: PhotoLabels): number {
  const mated = probes.filter(({ person }) => photosOfPerson(labels, person).length > 0);
  const right = mated.filter(({ person, scores }) => {
    const best = [...(scores ?? [])].sort(([, a], [, b]) => b - a).at(0);
    return best !== undefined && (labels.get(best[0]) ?? []).includes(person);
  });
  return fraction(right.length, mated.length, 1);
}

/** What was missed and what was wrongly returned at a threshold; the nearest misses and the worst hits first. */
export function errorsAt(
  threshold: number,
  probes: readonly ProbeScores[],
  labels: PhotoLabels,
): { misses: Miss[]; falseHits: FalseHit[] } {
  const misses: Miss[] = [];
  const falseHits: FalseHit[] = [];
  for (const { probe, person, scores } of probes) {
    for (const [photo, people] of labels) {
      const score = scores?.get(photo);
      const isHit = score !== undefined && score >= threshold;
      const isOwn = people.includes(person);
      if (isOwn && !isHit) misses.push({ probe, photo, score: score ?? null });
      if (!isOwn && isHit) falseHits.push({ probe, photo, score });
    }
  }
  misses.sort((a, b) => (b.score ?? -2) - (a.score ?? -2));
  falseHits.sort((a, b) => b.score - a.score);
  return { misses, falseHits };
}
