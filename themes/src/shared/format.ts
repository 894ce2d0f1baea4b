/** Dates and numbers as the language of the console writes them. */
export interface Format {
  readonly locale: string;
  number(value: number): string;
  /** Credits, with all of their decimals. */
  amount(value: number): string;
  dateTime(moment: Date): string;
  /** Milliseconds as "90 days", in the largest unit of which they are whole ones. */
  length(length: number): string;
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

// Years and months are of more than one length.
const LENGTHS = UNITS.slice(2);

export function formatFor(language: string): Format {
  const locale = known(language);
  const numbers = new Intl.NumberFormat(locale);
  const amounts = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const times = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return {
    locale,
    number: (value) => numbers.format(value),
    amount: (value) => amounts.format(value),
    dateTime: (moment) => times.format(moment),
    length: (length) => {
      const [unit, size] = LENGTHS.find(([, one]) => length % one === 0) ?? ["second", 1000];
      return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(length / size);
    },
    relative: (moment, now) => {
      const distance = moment.getTime() - now.getTime();
      const [unit, size] = UNITS.find(([, length]) => Math.abs(distance) >= length) ?? ["second", Infinity];
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
