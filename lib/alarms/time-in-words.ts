/** A time in words for people, rounded up: `15 minutes`, `39 hours`, `8 days`. */
export function timeInWords(minutes: number): string {
  if (minutes <= 120) return `${Math.ceil(minutes)} minutes`;
  const hours = Math.ceil(minutes / 60);
  return hours <= 72 ? `${hours} hours` : `${Math.ceil(hours / 24)} days`;
}
