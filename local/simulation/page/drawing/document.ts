import { type Html, html } from './html.js';
import { STYLE } from './style.js';

/** A page that needs nothing but itself. */
export function documentOf(title: string, body: Html): string {
  const page = html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Athena session reaper: ${title}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;
  return `<!doctype html>\n${page.text}`;
}
