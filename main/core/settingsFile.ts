import type { Logger } from 'pino';
import type { NewEventSettings, Result } from '../../preload/index.ts';
import type { Config } from './config/index.ts';
import type { Branding, BoothEvent, Events } from './events/index.ts';

/** Makes the event that the settings file names if there is none, and lets what the file says of it go over what it has. */
export function applySettingsFile(events: Events, config: Config, log: Logger): void {
  if (config.event === undefined) return;
  const { code, name, accent, retentionDays, wifi } = config.event;
  const { languages, mayBrowse } = config.kiosk;
  const event = events.open(code);
  const { folders } = event.settings;
  const more = config.sources.folders.filter(({ path }) => !folders.some((own) => own.path === path));
  const part: Partial<NewEventSettings> = {
    ...(name === undefined ? {} : { name }),
    ...(accent === undefined ? {} : { accent }),
    ...(retentionDays === undefined ? {} : { retentionDays }),
    ...(wifi === undefined ? {} : { wifi }),
    ...(languages === undefined ? {} : { languages }),
    ...(more.length === 0 ? {} : { folders: [...folders, ...more] }),
    ...(mayBrowse === undefined ? {} : { may: { ...event.settings.may, browse: mayBrowse } }),
  };
  say(events.apply(event.id, part), log);
  if (events.active() === undefined) say(events.activate(event.id), log);
}

/** The same for its pictures, which have to be looked at first. One that cannot be read is left out. */
export async function dressEvent(events: Events, branding: Branding, config: Config, log: Logger): Promise<void> {
  if (config.event === undefined) return;
  const { code, logo, attractPictures } = config.event;
  const picture = async (file: string): Promise<string[]> => {
    const added = await branding.add(file);
    if (!added.ok) log.warn({ file, fault: added.fault }, 'a picture of the event cannot be shown');
    return added.ok ? [added.value] : [];
  };
  const shownLogo = logo === undefined ? undefined : (await picture(logo)).at(0);
  const shown = attractPictures && (await Promise.all(attractPictures.map(picture))).flat();
  if (shownLogo === undefined && shown === undefined) return;
  const event = events.open(code);
  const part = {
    ...(shownLogo === undefined ? {} : { logo: shownLogo }),
    ...(shown === undefined ? {} : { attractPictures: shown }),
  };
  say(events.apply(event.id, part), log);
}

function say(outcome: Result<BoothEvent>, log: Logger): void {
  if (!outcome.ok) log.error({ fault: outcome.fault }, 'the settings’ event cannot be set up');
}
