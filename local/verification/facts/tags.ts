/** Findings on tags. */
import type { World } from '../../athena/index.js';
import type { Observations } from '../experiment/observations.js';
import { answered, type Finding, fromSeen, open, reasonOf } from './finding.js';

/** Whether the tags of a session can be read by its ARN. */
export function sessionTagsFinding({ sessionTags, ownTagKeys }: Observations): Finding<World['sessionTags']> {
  if (sessionTags.kind === 'seen') {
    const missing = ownTagKeys.filter((key) => !(key in sessionTags.value));
    if (missing.length === 0)
      return answered('read', `the tags that it was started with: ${ownTagKeys.join(', ')}`);
    return open(`the answer lacks tags that the session was started with: ${missing.join(', ')}`);
  }
  if (sessionTags.kind === 'failed') {
    const { code, operation, message } = sessionTags.failure;
    const isAnswer = code === 'InvalidRequestException' || code === 'ResourceNotFoundException';
    if (operation === 'ListTagsForResource' && isAnswer) return answered(code, message);
  }
  return open(reasonOf(sessionTags));
}

/** Whether the workgroup's tags were copied to the session, which did not say whether it wants them. */
export function workgroupTagsFinding(seen: Observations): Finding<World['workgroupTags']> {
  return fromSeen(seen.workgroupTags, (tags) => {
    const copyable = Object.keys(tags).filter(
      (key) => !key.startsWith('aws:') && !seen.ownTagKeys.includes(key),
    );
    if (copyable.length === 0) return open('the workgroup has no tag that could be copied');
    return fromSeen(seen.sessionTags, (own) => {
      const copied = copyable.filter((key) => own[key] === tags[key]);
      if (copied.length === copyable.length)
        return answered('copied', `the session has ${copied.join(', ')}`);
      if (copied.length === 0)
        return answered('not-copied', `the session has none of ${copyable.join(', ')}`);
      return open(`some were copied (${copied.join(', ')}), others were not`);
    });
  });
}

/**
 * A Deny by the session's tag shows only where whoever verifies has one. That nothing was denied never shows that it
 * holds for workgroups only: which policies the caller has, nobody says.
 */
export function denyBySessionTagFinding(seen: Observations): Finding<World['denyBySessionTag']> {
  return fromSeen(seen.ending, ({ deniedBefore }) => {
    const [exemptKey = ''] = seen.ownTagKeys;
    if (deniedBefore === undefined)
      return open(
        `TerminateSession was not denied, though the session was started with ${exemptKey}=true: these credentials ` +
          'have no Deny by that tag, or it holds for the tag of a workgroup only; it takes credentials with the ' +
          "Deny of the function's role, which are not at hand",
      );
    return fromSeen(seen.workgroupTags, (tags) => {
      const onWorkgroup = Object.keys(tags).some((key) => key.toLowerCase() === exemptKey.toLowerCase());
      if (onWorkgroup) return open('it was denied, but the workgroup has the tag too');
      return answered('holds', `TerminateSession was denied while the session had ${exemptKey}=true`);
    });
  });
}
