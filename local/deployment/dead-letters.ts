/** The queue of what could not be started, or failed. */
import { NotFound } from './not-found.js';
import { configAt, type Place } from './place.js';
import type { DeployedSchedule } from './schedule.js';
import type { DeployedReaper } from './stack.js';

/** @returns how many there are, about. @throws NotFound where schedule and stack name no queue. */
export async function countDeadLetters(
  { resources }: DeployedReaper,
  { deadLetterArn = '' }: Pick<DeployedSchedule, 'deadLetterArn'>,
  place: Place,
): Promise<number> {
  const queueName = deadLetterArn.split(':').at(-1);
  const urls = resources.flatMap(({ type, physicalId }) => (type === 'AWS::SQS::Queue' ? [physicalId] : []));
  const QueueUrl = urls.find((url) => url.split('/').at(-1) === queueName);
  if (QueueUrl === undefined) throw new NotFound('the stack has no queue that the schedule names');
  const { GetQueueAttributesCommand, SQSClient } = await import('@aws-sdk/client-sqs');
  // The endpoint of the Region, or the one that is configured: the URL of a queue knows of no other.
  const client = new SQSClient({ ...configAt(place), useQueueUrlAsEndpoint: false });
  const command = new GetQueueAttributesCommand({
    QueueUrl,
    AttributeNames: ['ApproximateNumberOfMessages'],
  });
  const { Attributes } = await client.send(command, { abortSignal: place.signal });
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
}
