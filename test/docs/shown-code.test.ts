/** Settings and code on the pages are as good as they look: settings can be used, code is part of an example. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readReaperConfig } from '../../lib/config/config.js';
import { codeOn } from './pages.js';
import { firstLineMissing } from './shown-output.js';

describe.each(['README.md', 'docs/configuration.md'])('%s', (page) => {
  test('shows settings that can be used, where the CDK finds them', () => {
    const [cdkJson = ''] = codeOn(readFileSync(page, 'utf8')).blocks('json');

    expect(() => readReaperConfig(JSON.parse(cdkJson).context.reaper)).not.toThrow();
  });
});

describe('docs/faq.md', () => {
  const { blocks, spans } = codeOn(readFileSync('docs/faq.md', 'utf8'));
  const rules = spans.filter((span) => span.startsWith('{ "match"')).map((rule) => `{ "rules": [${rule}] }`);
  const keys = spans.filter((span) => /^"\w+": /.test(span)).map((key) => `{ ${key} }`);

  test.each([...blocks('json'), ...rules, ...keys])('shows settings that can be used: %s', (settings) => {
    expect(() => readReaperConfig(JSON.parse(settings))).not.toThrow();
  });

  test('shows an exempting rule, a key and a rule with a limit', () => {
    expect([blocks('json').length, rules.length, keys.length].every((found) => found > 0)).toBe(true);
  });
});

test('the code in docs/operating.md is part of an example, which is compiled and synthesized', () => {
  const [code = ''] = codeOn(readFileSync('docs/operating.md', 'utf8')).blocks('ts');

  expect(code).toContain('new AthenaSessionReaper(');
  expect(firstLineMissing(code, readFileSync('examples/own-app/app.ts', 'utf8'))).toBeUndefined();
});
