// The mean of seven days, day by day: people train in weeks, so that of a shorter or longer time goes up and down with them.
const N_DAYS = 7;

/** For each day that of the seven up to it; null while there are fewer. */
export function weekMean(values: readonly number[]): (number | null)[] {
  let sum = 0;
  return values.map((value, at) => {
    sum += value - (values[at - N_DAYS] ?? 0);
    return at < N_DAYS - 1 ? null : sum / N_DAYS;
  });
}
