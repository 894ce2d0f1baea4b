/** Dates and numbers as the language of the console writes them. */
export interface Format {
  readonly locale: string;
  number(value: number): string;
  date(moment: Date): string;
  dateTime(moment: Date): string;
  /** Such as "3 days ago" or "in 2 hours". */
  relative(moment: Date, now: Date): string;
}

const MINUTE = 60_000;
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 365 * 24 * 60 * MINUTE],
  ["month", 30 * 24 * 60 * MINUTE],
  ["day", 24 * 60 * MINUTE],
  ["hour", 60 * MINUTE],
  ["minute", MINUTE],
];

export function formatFor(language: string): Format {
  const locale = known(language);
  const numbers = new Intl.NumberFormat(locale);
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
  const times = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return {
    locale,
    number: (value) => numbers.format(value),
    date: (moment) => dates.format(moment),
    dateTime: (moment) => times.format(moment),
    relative: (moment, now) => {
      const distance = moment.getTime() - now.getTime();
      const [unit, size] = UNITS.find(([, length]) => Math.abs(distance) >= length) ?? ["minute", MINUTE];
      return relatives.format(Math.round(distance / size), unit);
    },
  };
}

/** Keycloak writes `zh_Hans` and `pt-BR` alike, and a realm may name a language that no browser knows. */
function known(language: string): string {
  const tag = language.replaceAll("_", "-");
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? "en";
  } catch {
    return "en";
  }
}
