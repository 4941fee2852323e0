import { authCall } from '@/lib/auth';

export interface Factor {
  id: string;
  created_at: string;
}

/** The verified authenticator of the signed-in person, if any. */
export async function findFactor(): Promise<Factor | null> {
  const { totp } = await authCall((auth) => auth.mfa.listFactors());
  return totp[0] ?? null;
}

export interface Enrolment {
  factorId: string;
  /** A `data:` address of an SVG. */
  qrCode: string;
  secret: string;
  /** The `otpauth:` address behind the code. */
  uri: string;
}

/** Begins the set-up. Half-finished earlier tries are removed first: they would only block the name. */
export async function startEnrolment(): Promise<Enrolment> {
  const { all } = await authCall((auth) => auth.mfa.listFactors());
  for (const stale of all.filter(({ status }) => status === 'unverified')) {
    // oxlint-disable-next-line no-await-in-loop -- at most a few, one after the other
    await authCall((auth) => auth.mfa.unenroll({ factorId: stale.id }));
  }
  const { id, totp } = await authCall((auth) =>
    auth.mfa.enroll({ factorType: 'totp', friendlyName: 'Authenticator app' }),
  );
  return { factorId: id, qrCode: totp.qr_code, secret: totp.secret, uri: totp.uri };
}

export async function verifyFactor(factorId: string, code: string): Promise<void> {
  await authCall((auth) => auth.mfa.challengeAndVerify({ factorId, code }));
}

export async function removeFactor(factorId: string): Promise<void> {
  await authCall((auth) => auth.mfa.unenroll({ factorId }));
  // The session still says aal2 until its token is renewed.
  await authCall((auth) => auth.refreshSession());
}
