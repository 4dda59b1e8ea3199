// The plan of the house: which folder may import which. Nothing else in the repository says it.

import type { Import } from './imports.js';

/**
 * What each folder may import beside itself; for a file the longest name that fits holds. Folders that are not named
 * (tests, benchmarks) may import everything.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'lambda/contract': [],
  'lambda/policy': ['lambda/contract'],
  'lambda/settings': ['lambda/contract'],
  'lambda/athena': ['lambda/contract', 'lambda/policy'],
  'lambda/reporting': ['lambda/contract', 'lambda/policy', 'types of lambda/athena'],
  'lambda/sweep': ['lambda/contract', 'lambda/policy', 'lambda/athena', 'lambda/reporting'],
  'lambda/cloudtrail': ['lambda/contract', 'lambda/athena', 'lambda/reporting'],
  'lambda/events': ['lambda/contract', 'lambda/athena', 'lambda/reporting'],
  'lambda/host': [
    ...['lambda/contract', 'lambda/settings', 'lambda/athena', 'lambda/reporting'],
    ...['types of lambda/sweep', 'types of lambda/events', 'types of lambda/cloudtrail'],
  ],
  'lambda/organization': [
    ...['lambda/contract', 'lambda/settings', 'lambda/athena'],
    ...['lambda/reporting', 'lambda/sweep', 'lambda/host', 'lambda/events'],
  ],
  lambda: [],
  lib: ['lambda/contract'],
  local: ['lambda', 'lib'],
  tools: ['lambda', 'lib', 'local'],
};

/** Packages that are too large for the function, or make no sense where there is nothing to deploy. */
const NEVER_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  lambda: ['npm:aws-cdk-lib', 'npm:constructs'],
};

const PLANNED = Object.keys(MAY_IMPORT).sort((one, other) => other.length - one.length);

/** A sentence for each import that the plan does not allow. */
export function arrowsAgainstThePlan(imports: readonly Import[]): string[] {
  return imports.flatMap(({ from, to, typesOnly }) => {
    const packages = Object.entries(NEVER_IMPORTS).find(([folder]) => isIn(from, folder))?.[1] ?? [];
    if (packages.some((name) => isIn(to, name))) {
      return [`${from} imports ${to}, but its folder never imports ${packages.join(' or ')}`];
    }
    const folder = PLANNED.find((name) => isIn(from, name));
    if (folder === undefined || to.startsWith('npm:')) return [];
    const allowed = [folder, ...(MAY_IMPORT[folder] ?? [])];
    const may = (name: string): boolean =>
      isIn(to, name) || (typesOnly && isIn(to, name.replace('types of ', '')));
    return allowed.some(may)
      ? []
      : [`${from} imports ${to}, but ${folder}/ may import only ${allowed.join(', ')}`];
  });
}

function isIn(name: string, folder: string): boolean {
  return name === folder || name.startsWith(`${folder}/`);
}
