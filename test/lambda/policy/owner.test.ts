import { describe, expect, it } from 'vitest';
import { ownerOf, roleName } from '../../../lambda/policy/owner.js';

const role = { executionRole: 'arn:aws:iam::111122223333:role/service-role/spark-analysts' };
const none = { ofSession: {}, ofWorkgroup: {} };
const KEYS = ['Owner', 'owner'];

describe('the owner of a session', () => {
  it.each([
    { tags: { ofSession: { owner: 'b', Owner: 'a' }, ofWorkgroup: {} }, owner: { name: 'a', from: 'tag' } },
    { tags: { ofSession: { owner: 'b' }, ofWorkgroup: { Owner: 'a' } }, owner: { name: 'b', from: 'tag' } },
    {
      tags: { ofSession: { OWNER: 'b' }, ofWorkgroup: { owner: 'team' } },
      owner: { name: 'team', from: 'workgroup-tag' },
    },
    { tags: none, owner: { name: 'spark-analysts', from: 'role' } },
  ])('is $owner.name by its $owner.from', ({ tags, owner }) => {
    expect(ownerOf(role, tags, KEYS)).toEqual(owner);
  });

  it.each(['', ' ', '\u001b\u202e', '\u200b\n'])(
    'is looked for further on where a tag shows nothing: %j',
    (value) => {
      const tags = { ofSession: { Owner: value, owner: 'b' }, ofWorkgroup: {} };
      expect(ownerOf(role, tags, KEYS)).toEqual({ name: 'b', from: 'tag' });
      expect(ownerOf(role, tags, ['Owner'])?.from).toBe('role');
    },
  );

  it('is not known where nothing names one', () => {
    expect(ownerOf({}, none, KEYS)).toBeUndefined();
    expect(ownerOf({ executionRole: undefined }, none, ['constructor', '__proto__'])).toBeUndefined();
  });
});

it('the name of a role is the end of its ARN', () => {
  expect(roleName('arn:aws:iam::111122223333:role/spark')).toBe('spark');
  expect(roleName('arn:aws:iam::111122223333:role/')).toBeUndefined();
  expect(roleName(undefined)).toBeUndefined();
});
