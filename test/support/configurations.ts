import type { ReaperConfigInput } from '../../lib/config/config.js';

/** Configurations that are synthesized by the tests: each changes what the template holds. */
export const CONFIGURATIONS = {
  'the default': {},
  'report mode': { mode: 'report' },
  'many regions': {
    regions: ['eu-west-1', 'eu-central-1', 'us-east-1', 'us-west-2', 'ap-southeast-2'],
  },
  'exclusions and exemptions': {
    workgroups: { include: ['team-?', 'etl-*'], exclude: ['etl-core', 'team-x'] },
    rules: [
      { match: { workgroup: 'etl-prod-*' }, exempt: true },
      { match: { workgroup: 'team-*', description: 'dbt: *' }, idleMinutes: 60 },
      { match: { workgroup: 'team-b' }, exempt: true },
    ],
  },
  'a topic of its own': { notify: { topicArn: 'arn:aws:sns:eu-west-1:111122223333:operations' } },
  'e-mail addresses': { notify: { emails: ['data-platform@example.com', 'on-call@example.com'] } },
  'session events': { notify: { sessionEvents: true } },
  'a chat': { notify: { chat: true } },
  'a KMS key': {
    kmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-1111-2222-333344445555',
  },
  'a permissions boundary': { permissionsBoundary: 'developer-boundary' },
  'no tags': { tags: { enabled: false } },
  'office hours': { schedule: 'cron(0/10 8-18 ? * MON-FRI *)', timezone: 'Europe/Berlin' },
} as const satisfies Record<string, ReaperConfigInput>;
