/** What the npm package exports: the construct, and the configuration for whoever reads it without the CDK. */
export { ConfigError, type ReaperConfig, type ReaperConfigInput, readReaperConfig } from './config.js';
export { AthenaSessionReaper, type AthenaSessionReaperProps } from './session-reaper.js';
