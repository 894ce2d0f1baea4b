import type { DailyUsage } from "../shared/keys";
import type { DailyApiUsage } from "./documents";

export interface UseOfApi {
  readonly api: string | null;
  readonly accepted: number;
  readonly rejected: number;
  readonly credits: number;
}

/** Credits are counted in millionths, so that sums are exact. */
const MICROS = 1_000_000;

function count(rejected: DailyApiUsage["rejected"]): number {
  return Object.values(rejected).reduce((all, one) => all + one, 0);
}

/** Days at any API, as the chart shows them. */
export function daily(uses: readonly DailyApiUsage[]): Pick<DailyUsage, "days"> {
  const days = new Map<string, { accepted: number; rejected: number }>();
  for (const { day, accepted, rejected } of uses) {
    const sum = days.get(day) ?? { accepted: 0, rejected: 0 };
    sum.accepted += accepted;
    sum.rejected += count(rejected);
    days.set(day, sum);
  }
  return { days: [...days].map(([day, sum]) => ({ day, ...sum })) };
}

/** Sums of each API, the most used first; none where no use names an API. */
export function byApi(uses: readonly DailyApiUsage[]): readonly UseOfApi[] {
  const sums = new Map<string | null, { accepted: number; rejected: number; micros: number }>();
  for (const { api, accepted, rejected, credits } of uses) {
    const sum = sums.get(api) ?? { accepted: 0, rejected: 0, micros: 0 };
    sum.accepted += accepted;
    sum.rejected += count(rejected);
    sum.micros += Math.round(credits * MICROS);
    sums.set(api, sum);
  }
  if ([...sums.keys()].every((api) => api === null)) {
    return [];
  }
  return [...sums]
    .map(([api, { accepted, rejected, micros }]) => ({ api, accepted, rejected, credits: micros / MICROS }))
    .sort((one, other) => other.accepted - one.accepted || other.rejected - one.rejected);
}

/** How often keys were refused, by reason, most frequent first. */
export function refusals(uses: readonly DailyApiUsage[]): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const { rejected } of uses) {
    Object.entries(rejected).forEach(([reason, times]) => sums.set(reason, (sums.get(reason) ?? 0) + times));
  }
  return [...sums].sort(([, one], [, other]) => other - one);
}
