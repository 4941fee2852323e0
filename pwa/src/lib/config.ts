/** Where the app finds its backend. Nothing in it is secret. */
export interface AppConfig {
  supabaseUrl: string;
  publishableKey: string;
  vapidPublicKey: string;
}

let loaded: Promise<AppConfig> | undefined;

/** Checked by hand: this runs before anything else, and a validation library would double what it loads. */
function readConfig(value: unknown): AppConfig {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const text = (name: keyof AppConfig): string => {
    const found = fields[name];
    if (typeof found !== 'string' || found === '') throw new Error(`config.json has no ${name}`);
    return found;
  };
  return {
    supabaseUrl: new URL(text('supabaseUrl')).href.replace(/\/$/, ''),
    publishableKey: text('publishableKey'),
    vapidPublicKey: text('vapidPublicKey'),
  };
}

async function fetchConfig(): Promise<AppConfig> {
  const response = await fetch('/config.json', { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`config.json answered ${response.status}`);
  return readConfig(await response.json());
}

/** Reads /config.json once; a failed read is tried again at the next call. */
export function loadConfig(): Promise<AppConfig> {
  loaded ??= fetchConfig().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}
