/** What a sweep is asked to do: types, defaults, and what each value may be. `settings-schema.ts` holds them together. */

export type Mode = 'terminate' | 'report';

/** Minutes after which a session is stuck in a state, or too old in any; each off unless set. */
export interface StuckLimits {
  readonly degradedMinutes?: number;
  readonly creatingMinutes?: number;
  readonly createdMinutes?: number;
  readonly busyMinutes?: number;
  /** Since the session started, whatever its state: ends sessions in use too. */
  readonly maxAgeMinutes?: number;
}

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

/** Hours of a day, on some days of the week or on all; days or times are given. */
export interface Hours {
  /** Those on which the hours begin. */
  readonly days?: readonly Day[];
  /** `HH:MM`; given together with `to`. */
  readonly from?: string;
  /** `HH:MM`, not included; where it is before `from`, on the next day. */
  readonly to?: string;
  /** IANA. */
  readonly timezone: string;
}

/** Globs (`*`, `?`), and hours, that must all match; at least one is given. */
export interface RuleMatch {
  readonly workgroup?: string;
  readonly description?: string;
  readonly client?: string;
  readonly engine?: string;
  /** The last look alone shows this one and the next two. */
  readonly owner?: string;
  /** The name of the execution role. */
  readonly role?: string;
  /** `key=value` of a tag of the session or of its workgroup. */
  readonly tag?: string;
  readonly hours?: Hours;
}

/** The first rule that matches a session decides: it is exempt, or has its own idle limit in minutes. */
export type Rule =
  | { readonly match: RuleMatch; readonly exempt: true }
  | { readonly match: RuleMatch; readonly idleMinutes: number };

/** The accounts of an organization are swept instead of the function's own, each by a role in it. */
export interface OrganizationSettings {
  readonly memberRoleName: string;
  /** What the role's trust policy asks for. */
  readonly externalId: string;
}

export interface ReaperSettings {
  readonly mode: Mode;
  readonly idleMinutes: number;
  readonly stuck: StuckLimits;
  /** Empty: the region that the function runs in. */
  readonly regions: readonly string[];
  readonly workgroups: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  readonly rules: readonly Rule[];
  readonly tags: {
    readonly enabled: boolean;
    readonly prefix: string;
    /** What a session is whose own tags Athena says it cannot read. */
    readonly unreadable: 'end' | 'spare';
    /** Days from a session's start after which no tag exempts it any more. */
    readonly maxExemptDays?: number;
  };
  readonly owner: {
    /** The tags that name whose a session is, the first that it has before the others. */
    readonly tagKeys: readonly string[];
    /** Whether CloudTrail is asked who started a session that was ended and has no such tag. */
    readonly cloudTrail: boolean;
  };
  /** What is believed though Athena does not promise it. */
  readonly trust: { readonly lastModified: boolean };
  /** Sessions are reported this many minutes before they are due; 0 is off. */
  readonly warnMinutes: number;
  /** Minutes between two sweeps, so that a warning is given once though nothing is remembered. */
  readonly sweepIntervalMinutes: number;
  readonly maxTerminationsPerSweep: number;
  /** Whether a workgroup need not be listed while what the process has seen of it shows that nothing there is due. */
  readonly skipQuietWorkgroups: boolean;
  /** US dollars for one DPU-hour. */
  readonly dpuHourPrice: number;
  /** What is sent beside the report, and what it refers to. */
  readonly notify: {
    /** Whether each session that ended, or is due soon, has an event of its own. */
    readonly sessionEvents: boolean;
    /** Whether the report has its digest as a message in a chat, too. */
    readonly chat: boolean;
    /** The address of the page for owners of sessions; null names the page alone. */
    readonly guideUrl: string | null;
  };
  readonly organization?: OrganizationSettings;
}

/** What applies where nothing is said. */
export const DEFAULT_SETTINGS: ReaperSettings = {
  mode: 'terminate',
  idleMinutes: 30,
  stuck: {},
  regions: [],
  workgroups: { include: ['*'], exclude: [] },
  rules: [],
  tags: { enabled: true, prefix: 'session-reaper', unreadable: 'end' },
  owner: { tagKeys: ['AmazonDataZoneSessionOwner', 'Owner', 'owner'], cloudTrail: false },
  trust: { lastModified: false },
  warnMinutes: 0,
  sweepIntervalMinutes: 5,
  maxTerminationsPerSweep: 100,
  skipQuietWorkgroups: true,
  dpuHourPrice: 0.35,
  notify: { sessionEvents: false, chat: false, guideUrl: null },
};

/** Smallest and largest value of each number, both allowed. */
export const RANGES = {
  /** Minutes, up to a week. */
  limitMinutes: { min: 1, max: 10_080, integer: true },
  maxExemptDays: { min: 1, max: 365, integer: true },
  warnMinutes: { min: 0, max: 1_440, integer: true },
  sweepIntervalMinutes: { min: 1, max: 10_080, integer: true },
  maxTerminationsPerSweep: { min: 1, max: 10_000, integer: true },
  dpuHourPrice: { min: 0, max: 100, integer: false },
} as const;

/** What text settings may look like, and how that is said in an error. */
export const PATTERNS = {
  region: { regex: /^[a-z]{2,}(-[a-z]+)+-\d$/, allowed: 'a region name such as "eu-west-1"' },
  /** A workgroup name is `[a-zA-Z0-9._-]{1,128}` by the service's model. */
  workgroupGlob: {
    regex: /^[a-zA-Z0-9._*?-]{1,128}$/,
    allowed: 'a workgroup name of 1 to 128 letters, digits, ".", "_", "-", with "*" and "?" as wildcards',
  },
  /** A description has 1 to 1,024 characters by the service's model. */
  descriptionGlob: {
    regex: /^.{1,1024}$/s,
    allowed: 'text of 1 to 1024 characters, with "*" and "?" as wildcards',
  },
  /** Owners, tags and what Athena calls its engines: no more than a tag's key and value together. */
  textGlob: {
    regex: /^.{1,400}$/s,
    allowed: 'text of 1 to 400 characters, with "*" and "?" as wildcards',
  },
  tagGlob: {
    regex: /^[^=]*[=*].{0,399}$/s,
    allowed: 'a tag as "key=value", with "*" and "?" as wildcards',
  },
  time: { regex: /^([01]\d|2[0-3]):[0-5]\d$/, allowed: 'a time from "00:00" to "23:59"' },
  accountId: { regex: /^\d{12}$/, allowed: 'an account id of 12 digits' },
  /** A role name has at most 64 characters; the hub's own role is named after it, with `-hub-<region>` added. */
  roleName: { regex: /^[\w+=,.@-]{1,44}$/, allowed: '1 to 44 letters, digits or _+=,.@-' },
  externalId: {
    regex: /^[\w+=,.@:/-]{2,1224}$/,
    allowed: '2 to 1224 letters, digits or _+=,.@:/-',
  },
  /** A tag key has at most 128 characters; `:idle-minutes` is added. `aws:` is reserved. */
  tagPrefix: {
    regex: /^(?!aws:)[a-zA-Z0-9_.:/=+@-]{1,100}$/,
    allowed: '1 to 100 letters, digits or _.:/=+@-, not beginning with "aws:"',
  },
  /** An alarm's description, which can hold one, may have 1,024 characters; a line of a digest 760. */
  url: {
    regex: /^https:\/\/[^\s"<>()\\]{1,499}[^\s"<>()\\#]$/,
    allowed: 'an https address of up to 500 characters after "https://", without "#", or null',
  },
  tagKey: {
    regex: /^[\p{L}\p{Zs}\p{N}_.:/=+@-]{1,128}$/u,
    allowed: 'a tag key of 1 to 128 letters, digits, blanks or _.:/=+@-',
  },
} as const;

/** What an invocation may ask for: less than what is deployed, never more. */
export interface Narrowing {
  readonly mode?: 'report';
  readonly regions?: readonly string[];
  readonly workgroups?: readonly string[];
}

/** Settings as one sweep uses them: the regions are named, and an event may have narrowed the workgroups. */
export interface SweepSettings extends ReaperSettings {
  readonly onlyWorkgroups: readonly string[];
}
