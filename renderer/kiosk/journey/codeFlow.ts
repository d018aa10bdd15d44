import type { House } from './house.ts';

export interface CodeFlow {
  enter: () => void;
  onSubmit: (code: string) => void;
}

/** Back with a code. */
export function createCodeFlow(house: House): CodeFlow {
  const { store, booth } = house;

  async function submit(code: string): Promise<void> {
    const { scene, language } = store.getState();
    if (scene.at !== 'codeEntry' || scene.isBusy) return;
    house.change('codeEntry', { isBusy: true, fault: undefined });
    const isStaying = house.staying('codeEntry');
    const reply = await house.askWhenStarted('visit:resume', { code, language }, isStaying);
    if (!isStaying()) {
      // Nobody is there for it any more.
      if (reply.ok) void booth.ask('visit:end', { visitId: reply.value.visitId });
      return;
    }
    if (!reply.ok) {
      house.change('codeEntry', { isBusy: false, fault: reply.fault.code });
      return;
    }
    const { visitId, findings, newPhotos } = reply.value;
    const { sure, maybe, searchedPhotos: photos } = findings;
    const found = { sure, maybe, newPhotos };
    store.setState({ visit: { id: visitId, photos, shots: 0, found, hasCode: true, prints: [] } });
    if (sure.length + maybe.length === 0) house.go({ at: 'nothing', reason: 'no-match', canKeep: false });
    else house.go({ at: 'results', openId: undefined });
  }

  return {
    enter: () => house.go({ at: 'codeEntry', fault: undefined, isBusy: false }),
    onSubmit: (code) => void submit(code),
  };
}
