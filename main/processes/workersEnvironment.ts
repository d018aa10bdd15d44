/** What lets the booth in elsewhere, or opens what it keeps: docs/cloud.md, README.md. */
const secrets: ReadonlySet<string> = new Set([
  ...['FINDME_CLOUD_KEY_ID', 'FINDME_CLOUD_KEY', 'FINDME_MAIL_PASSWORD', 'FINDME_API_TOKEN'],
  'FINDME_PASSPHRASE',
]);

/** The environment of whoever works for core: what opens other doors than theirs is not in it. Some of them read pictures that come from anywhere. */
export const workersEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !secrets.has(name)));
