/** Durations as people say them. */
const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 1_440;

/**
 * Minutes as people say them: `48 min`, `3 h 12 min`, `2 d 4 h`. Rounded down, so that nothing short of its
 * limit looks as if it had reached it.
 */
export function inWords(minutes: number): string {
  if (minutes < 1) return minutes > 0 ? '< 1 min' : '0 min';
  const whole = Math.floor(minutes);
  if (whole < MINUTES_PER_HOUR) return `${whole} min`;
  if (whole < MINUTES_PER_DAY) return joined(whole, MINUTES_PER_HOUR, 'h', 1, 'min');
  return joined(whole, MINUTES_PER_DAY, 'd', MINUTES_PER_HOUR, 'h');
}

function joined(minutes: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((minutes % large) / small);
  return `${Math.floor(minutes / large)} ${largeUnit}${rest > 0 ? ` ${rest} ${smallUnit}` : ''}`;
}
