import type { Orderer } from './orders.ts';
import type { DrawnPage } from './pages.ts';

/** Pages that were drawn and have not been asked for yet; each is of the one for whom it was drawn. */
export interface Previews {
  keep(owner: Orderer, page: DrawnPage): void;
  /** One of the same template and photos. */
  find(owner: Orderer, templateId: string, photoIds: readonly number[]): DrawnPage | undefined;
  get(owner: Orderer, pageId: string): DrawnPage | undefined;
  /** From now on its picture is an order's. It can be asked for again. */
  ordered(pageId: string): void;
  /** What a guest has not asked for is of no use any more. */
  forget: (visitId: string) => void;
  /** Of those that no order has. */
  unordered(): string[];
}

/** Of all owners; the oldest go first. */
const most = 200;

/** @param deps.remove the picture of a page that nobody asked for */
export function createPreviews({ remove }: { remove: (pageId: string) => void }): Previews {
  const kept = new Map<string, { owner: Orderer; page: DrawnPage; isOrdered: boolean }>();

  const isOf = (one: Orderer, other: Orderer) => one.eventId === other.eventId && one.visitId === other.visitId;

  function drop(pageId: string): void {
    const isOrdered = kept.get(pageId)?.isOrdered === true;
    kept.delete(pageId);
    if (!isOrdered) remove(pageId);
  }

  return {
    keep: (owner, page) => {
      kept.set(page.spec.pageId, { owner, page, isOrdered: false });
      if (kept.size <= most) return;
      const oldest = kept.keys().next();
      if (oldest.done !== true) drop(oldest.value);
    },
    find: (owner, templateId, photoIds) =>
      [...kept.values()].find(
        ({ owner: of, page: { spec } }) =>
          isOf(of, owner) && spec.templateId === templateId && spec.photoIds.join() === photoIds.join(),
      )?.page,
    get: (owner, pageId) => {
      const found = kept.get(pageId);
      return found !== undefined && isOf(found.owner, owner) ? found.page : undefined;
    },
    ordered: (pageId) => {
      const found = kept.get(pageId);
      if (found !== undefined) found.isOrdered = true;
    },
    forget: (visitId) => {
      for (const [pageId, { owner }] of kept) if (owner.visitId === visitId) drop(pageId);
    },
    unordered: () => [...kept].filter(([, { isOrdered }]) => !isOrdered).map(([pageId]) => pageId),
  };
}
