import { expect, it } from 'vitest';
import { studyPage } from '../../../../local/simulation/page/study-page.js';

it('a study is drawn with a point for each limit', () => {
  const points = [10, 30].map((idleMinutes) => ({
    idleMinutes,
    saved: 100 / idleMinutes,
    ended: 5,
    foundEnded: 2,
  }));
  const text = studyPage({ options: { profile: 'dbt', seed: 7, hours: 7 }, without: 50, points });
  for (const label of ['10 min', '30 min']) expect(text).toContain(label);
});
