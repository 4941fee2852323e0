import * as z from 'zod/mini';

const configSchema = z.object({
  supabaseUrl: z.url(),
  publishableKey: z.string().check(z.minLength(1)),
  vapidPublicKey: z.string(),
  workersUrl: z.optional(z.string()),
});

/** Where the app finds its backend. Nothing in it is secret. */
export type AppConfig = z.infer<typeof configSchema>;

let loaded: Promise<AppConfig> | undefined;

async function fetchConfig(): Promise<AppConfig> {
  const response = await fetch('/config.json', { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`config.json answered ${response.status}`);
  return configSchema.parse(await response.json());
}

/** Reads /config.json once; a failed read is tried again at the next call. */
export function loadConfig(): Promise<AppConfig> {
  loaded ??= fetchConfig().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}
