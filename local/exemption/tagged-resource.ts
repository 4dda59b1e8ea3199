/** A session or a workgroup whose tags are read and changed with the caller's own credentials. */
import { type AthenaClient, TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-athena';
import type { SessionService } from '../../lambda/athena/session-service.js';
import type { Tags } from '../../lambda/policy/session.js';
import { retriedCall } from '../account/retried-call.js';
import type { TagPlace } from './exemptions-in-tags.js';

export interface ResourceName {
  readonly workGroup: string;
  /** Missing for the workgroup itself. */
  readonly sessionId?: string;
}

export class TaggedResource {
  readonly place: TagPlace;

  /**
   * @param client of the region of `service`; it does not retry by itself.
   * @param arn of the resource.
   */
  constructor(
    readonly name: ResourceName,
    readonly service: SessionService,
    private readonly client: AthenaClient,
    readonly arn: string,
  ) {
    this.place = name.sessionId === undefined ? 'workgroup' : 'session';
  }

  /** Undefined where Athena says that there is nothing to read at the ARN of a session. Rejects for any other reason. */
  async tags(signal: AbortSignal): Promise<Tags | undefined> {
    const { workGroup, sessionId } = this.name;
    if (sessionId === undefined) return this.service.workgroupTags(workGroup, signal, { fresh: true });
    const { tags, readable } = await this.service.sessionTags(workGroup, sessionId, signal);
    return readable ? tags : undefined;
  }

  async tag(key: string, value: string, signal: AbortSignal): Promise<void> {
    const command = new TagResourceCommand({ ResourceARN: this.arn, Tags: [{ Key: key, Value: value }] });
    await retriedCall('TagResource', signal, (options) => this.client.send(command, options));
  }

  async untag(keys: readonly string[], signal: AbortSignal): Promise<void> {
    const command = new UntagResourceCommand({ ResourceARN: this.arn, TagKeys: [...keys] });
    await retriedCall('UntagResource', signal, (options) => this.client.send(command, options));
  }
}
