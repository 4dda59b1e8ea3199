import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentOf } from '../../../../../local/simulation/page/drawing/document.js';
import { html } from '../../../../../local/simulation/page/drawing/html.js';

test('whatever text is put into markup stays text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { text: markup } = html`<p title="${text}">${text}</p>`;
      expect(markup.match(/[<>"]/g)?.join('')).toBe('<""><>');
    }),
  );
});

test('markup put into markup is not escaped again', () => {
  const items = ['a&b', 'c'].map((text) => html`<li>${text}</li>`);
  expect(html`<ul>${items}${3}</ul>`.text).toBe('<ul><li>a&amp;b</li>\n<li>c</li>3</ul>');
});

test('a page has a title and says that it is HTML', () => {
  const page = documentOf('a <day>', html`<p>x</p>`);
  expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(page).toContain('<title>Athena session reaper: a &lt;day&gt;</title>');
});
