/** Figures as people read them. */

/** Three significant digits at least, grouped by thousands. */
export function formatNumber(value: number): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 1 ? 1 : 2;
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

export function dollars(value: number): string {
  return value.toLocaleString('en-US', { style: 'currency', currency: 'USD' });
}

/** How much of a whole a part is; of nothing it is nothing. */
export function percentOf(part: number, whole: number): string {
  const share = whole === 0 ? 0 : part / whole;
  return share.toLocaleString('en-US', { style: 'percent', maximumFractionDigits: 0 });
}

/** `1 simulated hour` */
export function simulatedHours(hours: number): string {
  return `${hours} simulated ${hours === 1 ? 'hour' : 'hours'}`;
}

/** `14:05`, UTC. */
export function clockTime(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** For the labels of an axis, where there is little room: `120K`. */
export function axisNumber(value: number): string {
  return Math.abs(value) < 10_000
    ? formatNumber(value)
    : value.toLocaleString('en-US', { notation: 'compact' });
}

/** With its sign, e.g. `+12.3`. */
export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${formatNumber(Math.abs(value))}`;
}
