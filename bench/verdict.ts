/** What was promised of a ratio, and whether that is kept. */
export const verdict = (ratio: number, limit: number | undefined): string =>
  limit === undefined ? '' : `${limit.toFixed(1)} ${ratio <= limit ? 'met' : 'NOT MET'}`;
