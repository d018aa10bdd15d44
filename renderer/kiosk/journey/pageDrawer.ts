import type { KioskReply, Photo } from '../../../preload/index.ts';
import type { House } from './house.ts';

/**
 * Has the sheet on show drawn. One is drawn at a time: what was wanted meanwhile is asked for when that has come, and only the last of it.
 *
 * @returns the verb that looks what is wanted now
 */
export function createPageDrawer(house: House): () => Promise<void> {
  const { store } = house;
  /** The guest for whom one is being drawn. */
  let drawingInRun: number | undefined;

  return async () => {
    const { run } = store.getState();
    if (drawingInRun === run) return;
    drawingInRun = run;
    while (await drawNext());
    if (drawingInRun === run) drawingInRun = undefined;
  };

  /** @returns whether there may be another to draw */
  async function drawNext(): Promise<boolean> {
    const { visit, scene } = store.getState();
    if (visit === undefined || scene.at !== 'printSheet' || scene.pages.has(scene.templateId)) return false;
    const { photos, templateId } = scene;
    const photoIds = photos.map(({ id }) => id);
    const reply = await house.askOfVisit('print:page', { visitId: visit.id, templateId, photoIds });
    if (reply === undefined) return false;
    keep(photos, templateId, reply);
    return true;
  }

  function keep(photos: readonly Photo[], templateId: string, reply: KioskReply<'print:page'>): void {
    const { scene } = store.getState();
    // Other photos, another sheet.
    if (scene.at !== 'printSheet' || scene.photos !== photos) return;
    const pages = new Map(scene.pages).set(templateId, reply.ok ? reply.value : 'failed');
    const isShown = scene.templateId === templateId;
    house.change('printSheet', reply.ok || !isShown ? { pages } : { pages, fault: reply.fault.code });
  }
}
