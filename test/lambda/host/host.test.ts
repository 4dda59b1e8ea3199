import { describe, expect, it } from 'vitest';
import { accountOf } from '../../../lambda/host/host.js';
import { SettingsError } from '../../../lambda/settings/read-settings.js';

describe('the account of a function', () => {
  it.each([
    ['arn:aws:lambda:eu-west-1:111122223333:function:reaper', 'aws', '111122223333'],
    ['arn:aws-cn:lambda:cn-north-1:022222222222:function:reaper:3', 'aws-cn', '022222222222'],
    ['arn:aws-us-gov:lambda:us-gov-west-1:222222222222:function:reaper:live', 'aws-us-gov', '222222222222'],
  ])('of %s is read from its ARN', (arn, partition, accountId) => {
    expect(accountOf(arn)).toEqual({ partition, accountId });
  });

  it.each([
    '',
    'reaper',
    'prefix arn:aws:lambda:eu-west-1:111122223333:function:reaper',
    'arn:aws:lambda:eu-west-1:11112222333:function:reaper',
    'arn:aws:lambda:eu-west-1::function:reaper',
    'arn:aws:lambda:eu-west-1:1111222233334:function:reaper',
    'arn:aws:lambda:eu-west-1:11112222333x:function:reaper',
    'arn::lambda:eu-west-1:111122223333:function:reaper',
    'arn:aws:iam::111122223333:role/reaper',
    'arn:aws:lambda:eu-west-1:111122223333:function:',
  ])('of %j is never guessed', (arn) => {
    expect(() => accountOf(arn)).toThrow(SettingsError);
  });

  it('that is not known is explained by place, what was found and what is allowed', () => {
    expect(() => accountOf('arn:aws:lambda:eu-west-1::function:reaper')).toThrow(
      'The context of the invocation cannot be used:\n' +
        '  - invokedFunctionArn: found "arn:aws:lambda:eu-west-1::function:reaper"; ' +
        'allowed: arn:<partition>:lambda:<region>:<account id of 12 digits>:function:<name>',
    );
  });
});
