/** Where two settings differ. */

export interface SettingsDifference {
  /** Dotted, e.g. `tags.enabled`. */
  readonly path: string;
  /** As JSON; missing where it is not set. */
  readonly deployed?: string;
  readonly here?: string;
}

/** In the order of the paths. A list is one value. */
export function settingsDifferences(deployed: object, here: object): readonly SettingsDifference[] {
  const [one, other] = [flat(deployed), flat(here)];
  const paths = [...new Set([...one.keys(), ...other.keys()])].sort();
  return paths.flatMap((path) => {
    const [there, ours] = [one.get(path), other.get(path)];
    if (there === ours) return [];
    return [
      { path, ...(there !== undefined && { deployed: there }), ...(ours !== undefined && { here: ours }) },
    ];
  });
}

function flat(value: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(value).flatMap(([name, inner]) => {
      const full = path === '' ? name : `${path}.${name}`;
      const isGroup = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
      return isGroup ? [...flat(inner, full)] : [[full, JSON.stringify(inner)]];
    }),
  );
}
