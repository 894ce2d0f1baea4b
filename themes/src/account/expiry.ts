import { endOfDay, inputDate } from "../shared/days";
import { days, lifetime, withMargin } from "../shared/lifetime";
import type { SelfServicePolicy } from "../shared/keys";

/** Numbers are days; `default` is a lifetime of the policy that is none of the others. */
export type Expiry = "7" | "30" | "60" | "90" | "365" | "custom" | "default" | "never";

const PRESETS: readonly Expiry[] = ["7", "30", "60", "90", "365"];

/** What the policy lets people choose. */
export function expiryChoices(terms: SelfServicePolicy): readonly Expiry[] {
  const most = lifetime(terms.maxLifetime);
  const choices: readonly Expiry[] = [
    ...PRESETS.filter((choice) => days(Number(choice)) <= most),
    "custom",
    ...(most === Infinity ? (["never"] as const) : []),
  ];
  return choices.includes(usual(terms)) ? choices : ["default", ...choices];
}

/** The policy's own lifetime, as one of the choices. */
export function usualExpiry(terms: SelfServicePolicy): Expiry {
  return expiryChoices(terms).find((choice) => choice === usual(terms)) ?? "default";
}

function usual(terms: SelfServicePolicy): Expiry {
  const length = lifetime(terms.defaultLifetime);
  const wanted = length === Infinity ? "never" : String(length / days(1));
  return PRESETS.find((choice) => choice === wanted) ?? (wanted === "never" ? "never" : "default");
}

/** When a key made now would end; `null` for never, `undefined` where a date is still missing. */
export function endOf(choice: Expiry, date: string, terms: SelfServicePolicy, now: Date): Date | null | undefined {
  switch (choice) {
    case "never":
      return null;
    case "custom":
      return endOnDay(date, terms, now);
    case "default":
      return lifetime(terms.defaultLifetime) === Infinity ? null : after(now, lifetime(terms.defaultLifetime));
    default:
      return earlier(after(now, days(Number(choice))), latestEnd(terms, now));
  }
}

/** The last day that may be chosen, as date inputs write it; nothing where any may. */
export function lastDay(terms: SelfServicePolicy, now: Date): string | undefined {
  const latest = latestEnd(terms, now);
  return latest && inputDate(latest);
}

/** The end of that day. The last day that may be chosen ends when the policy says; a later day is the server's to refuse. */
function endOnDay(date: string, terms: SelfServicePolicy, now: Date): Date | undefined {
  const end = endOfDay(date);
  const latest = latestEnd(terms, now);
  // Days are compared as days: they have 23 to 25 hours where clocks change.
  const lastEnd = latest && endOfDay(inputDate(latest));
  return end && lastEnd && end <= lastEnd ? earlier(end, latest) : end;
}

/** The latest end that the policy allows; undefined where it allows any. */
function latestEnd(terms: SelfServicePolicy, now: Date): Date | undefined {
  const most = lifetime(terms.maxLifetime);
  return most === Infinity ? undefined : after(now, withMargin(most));
}

function earlier(end: Date, latest: Date | undefined): Date {
  return latest && latest < end ? latest : end;
}

function after(moment: Date, length: number): Date {
  return new Date(moment.getTime() + length);
}
