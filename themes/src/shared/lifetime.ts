const DAY = 24 * 60 * 60 * 1000;
const UNITS: Readonly<Record<string, number>> = { Y: 365 * DAY, M: 30 * DAY, W: 7 * DAY, D: DAY };
const TIME_UNITS: Readonly<Record<string, number>> = { H: DAY / 24, M: 60_000, S: 1000 };

/** Milliseconds of an ISO-8601 duration as the server reads it (months of 30 days, years of 365); `never` has no end. */
export function lifetime(text: string): number {
  if (text === "never") {
    return Infinity;
  }
  const [date = "", time = ""] = text.replace(/^P/, "").split("T");
  return sum(date, UNITS) + sum(time, TIME_UNITS);
}

function sum(text: string, units: Readonly<Record<string, number>>): number {
  return [...text.matchAll(/(\d+(?:\.\d+)?)([A-Z])/g)].reduce(
    (all, [, count, unit]) => all + Number(count) * (units[unit ?? ""] ?? 0),
    0,
  );
}

/** Clocks differ: a page asks for a little less than the longest lifetime that the server may allow. */
const MARGIN = 5 * 60_000;

/** Never less than nine tenths, so that a lifetime of a few minutes stays one. */
export function withMargin(length: number): number {
  return length - Math.min(MARGIN, length / 10);
}

export function days(count: number): number {
  return count * DAY;
}
