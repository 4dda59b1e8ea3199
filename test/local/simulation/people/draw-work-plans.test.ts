import { expect, it } from 'vitest';
import { drawWorkPlans } from '../../../../local/simulation/people/draw-work-plans.js';
import { PROFILES } from '../../../../local/simulation/people/profiles.js';

it('a seed decides what people do', () => {
  expect(drawWorkPlans(PROFILES.team, 7, 24)).toEqual(drawWorkPlans(PROFILES.team, 7, 24));
  expect(drawWorkPlans(PROFILES.team, 8, 24)).not.toEqual(drawWorkPlans(PROFILES.team, 7, 24));
});
