import { afterEach, describe, expect, it, vi } from 'vitest';
import { accessKeyOf, serveSts } from '../../support/organization/sts.js';

const ACCOUNT = '222222222222';
const REQUEST = {
  RoleArn: `arn:aws:iam::${ACCOUNT}:role/Member`,
  RoleSessionName: 'test',
  ExternalId: 'session-reaper-of-example',
  DurationSeconds: 900,
  Policy: '{}',
};

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  await close?.();
});

/** The function's own STS client, made anew, on a stub of STS. */
async function served(options: Partial<Parameters<typeof serveSts>[0]> = {}) {
  const sts = await serveSts({ externalId: REQUEST.ExternalId, ...options });
  close = sts.close;
  vi.stubEnv('AWS_ENDPOINT_URL_STS', sts.url);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAHUB');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'loopback-only');
  vi.resetModules();
  const { assumeRole } = await import('../../../lambda/organization/assume-role.js');
  return { sts, assumeRole };
}

describe('the credentials of a role', () => {
  it('come from the STS of the region, and end when it says', async () => {
    const { sts, assumeRole } = await served();
    const begun = Date.now();
    const { expiration, ...keys } = await assumeRole(REQUEST, 'ap-south-1');
    expect(keys).toEqual({
      accessKeyId: accessKeyOf(ACCOUNT),
      secretAccessKey: 'loopback-only',
      sessionToken: 'loopback-only',
    });
    expect(expiration?.getTime()).toBeGreaterThan(begun + 890_000);
    expect(sts.signedFor).toEqual(['ap-south-1']);
  });

  it('without an end have none', async () => {
    const { assumeRole } = await served({ lacking: 'Expiration' });
    expect(await assumeRole(REQUEST, 'eu-west-1')).not.toHaveProperty('expiration');
  });

  it.each(['AccessKeyId', 'SecretAccessKey', 'SessionToken'] as const)(
    'without %s are none',
    async (lacking) => {
      const { assumeRole } = await served({ lacking });
      await expect(assumeRole(REQUEST, 'eu-west-1')).rejects.toThrow(
        `STS gave no credentials for ${REQUEST.RoleArn}`,
      );
    },
  );

  it('are asked for once: who needs them asks again', async () => {
    const { sts, assumeRole } = await served({ throttling: 1 });
    await expect(assumeRole(REQUEST, 'eu-west-1')).rejects.toThrow('Rate exceeded');
    expect(sts.calls).toHaveLength(1);
  });
});
