// Finds circles between files and between folders.

import type { Import } from './imports.js';

type Arrow = Pick<Import, 'from' | 'to'>;

/** A shortest circle for each file that takes part in one; each circle once. */
export function fileCircles(imports: readonly Import[]): string[] {
  return circles(imports).map((circle) => drawn(circle));
}

/**
 * The same for the folders inside each folder, where whatever lies deeper counts as theirs: `local/account` and
 * `local/athena` form a circle if any file in the one imports any file in the other, and the reverse. A folder's own
 * files count as one more folder, `lambda/*`, so a part that imports from the whole that imports it forms one too.
 */
export function folderCircles(imports: readonly Import[]): string[] {
  const examples = new Map<string, string>();
  const arrows = imports.filter(isInside).map(({ from, to }) => {
    const arrow = betweenFolders(from, to);
    examples.set(drawn([arrow]), `${from} imports ${to}`);
    return arrow;
  });
  return circles(arrows).map(
    (circle) => `${drawn(circle)}: ${circle.map((arrow) => examples.get(drawn([arrow]))).join(', ')}`,
  );
}

function isInside({ from, to }: Arrow): boolean {
  return !to.startsWith('npm:') && folderOf(from) !== folderOf(to);
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/'));
}

/** The two folders in which these files lie, seen from the deepest folder that holds them both. */
function betweenFolders(from: string, to: string): Arrow {
  const [one, other] = [from.split('/'), to.split('/')];
  const parting = one.findIndex((step, depth) => step !== other[depth]);
  const seen = (steps: readonly string[]): string => {
    const isOwnFile = parting === steps.length - 1;
    return [...steps.slice(0, parting), isOwnFile ? '*' : steps[parting]].join('/');
  };
  return { from: seen(one), to: seen(other) };
}

function circles(arrows: readonly Arrow[]): (readonly Arrow[])[] {
  const leaving = new Map<string, Arrow[]>();
  for (const arrow of arrows) leaving.set(arrow.from, [...(leaving.get(arrow.from) ?? []), arrow]);
  const found = new Map<string, readonly Arrow[]>();
  for (const start of [...leaving.keys()].sort()) {
    const circle = shortestWayBack(leaving, start);
    const members = circle?.map(({ from }) => from).sort();
    if (circle && members && !found.has(members.join())) found.set(members.join(), circle);
  }
  return [...found.values()];
}

/** Breadth first, so the first way back that is found is a shortest one. */
function shortestWayBack(
  leaving: ReadonlyMap<string, readonly Arrow[]>,
  start: string,
): readonly Arrow[] | undefined {
  const ways: (readonly Arrow[])[] = [[]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const arrow of leaving.get(way.at(-1)?.to ?? start) ?? []) {
      if (arrow.to === start) return [...way, arrow];
      if (!seen.has(arrow.to)) ways.push([...way, arrow]);
      seen.add(arrow.to);
    }
  }
  return undefined;
}

function drawn(arrows: readonly Arrow[]): string {
  return [arrows[0]?.from, ...arrows.map(({ to }) => to)].join(' -> ');
}
