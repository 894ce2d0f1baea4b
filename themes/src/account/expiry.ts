import { days, lifetime } from "../shared/lifetime";
import type { Terms } from "../shared/keys";

/** Numbers are days; `default` is a lifetime of the policy that is none of the others. */
export type Expiry = "7" | "30" | "60" | "90" | "365" | "custom" | "default" | "never";

const PRESETS: readonly Expiry[] = ["7", "30", "60", "90", "365"];
/** Clocks differ: a key that is to live as long as the policy allows at all asks for a little less. */
const MARGIN = 5 * 60 * 1000;

/** What the policy lets people choose. */
export function expiryChoices(terms: Terms): readonly Expiry[] {
  const most = lifetime(terms.maxLifetime);
  const choices: readonly Expiry[] = [
    ...PRESETS.filter((choice) => days(Number(choice)) <= most),
    "custom",
    ...(most === Infinity ? (["never"] as const) : []),
  ];
  return choices.includes(usual(terms)) ? choices : ["default", ...choices];
}

/** The policy's own lifetime, as one of the choices. */
export function usualExpiry(terms: Terms): Expiry {
  return expiryChoices(terms).find((choice) => choice === usual(terms)) ?? "default";
}

function usual(terms: Terms): Expiry {
  const length = lifetime(terms.defaultLifetime);
  const wanted = length === Infinity ? "never" : String(length / days(1));
  return PRESETS.find((choice) => choice === wanted) ?? (wanted === "never" ? "never" : "default");
}

/** When a key made now would end; `null` for never, `undefined` where a date is still missing. */
export function endOf(choice: Expiry, date: string, terms: Terms, now: Date): Date | null | undefined {
  switch (choice) {
    case "never":
      return null;
    case "custom":
      return within(endOfDay(date), terms, now);
    case "default":
      return lifetime(terms.defaultLifetime) === Infinity ? null : after(now, lifetime(terms.defaultLifetime));
    default:
      return within(after(now, days(Number(choice))), terms, now);
  }
}

/** The last day that may be chosen, as date inputs write it; nothing where any may. */
export function lastDay(terms: Terms, now: Date): string | undefined {
  const most = lifetime(terms.maxLifetime);
  return most === Infinity ? undefined : inputDate(after(now, most));
}

export function inputDate(moment: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** On the last day the policy allows, the end of that day may be too late by hours; what is days too late stays wrong. */
function within(end: Date | undefined, terms: Terms, now: Date): Date | undefined {
  const most = lifetime(terms.maxLifetime);
  if (!end || most === Infinity) {
    return end;
  }
  const limit = after(now, most - MARGIN);
  return end > limit && end < after(limit, days(1)) ? limit : end;
}

function after(moment: Date, length: number): Date {
  return new Date(moment.getTime() + length);
}

/** The last moment of a day where the reader is: a key that ends on Friday works on Friday. */
function endOfDay(date: string): Date | undefined {
  const [year, month, day] = date.split("-").map(Number);
  return year && month && day ? new Date(year, month - 1, day, 23, 59, 59) : undefined;
}
