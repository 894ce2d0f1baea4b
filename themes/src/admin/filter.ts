import type { KeyStatus } from "../shared/keys";
import { days } from "../shared/lifetime";
import type { Filter } from "./documents";

/** The selected filters. */
export interface Choice {
  readonly q: string;
  readonly status: KeyStatus | "";
  readonly use: "" | "never" | "30" | "90";
  readonly expiry: "" | "7" | "30";
  /** Without an id no owner has this name. */
  readonly owner: { readonly id: string | undefined; readonly name: string } | undefined;
}

export const NO_CHOICE: Choice = { q: "", status: "", use: "", expiry: "", owner: undefined };

/** Converts days to instants when the request is sent. */
export function filterOf(choice: Choice, now: Date): Filter {
  const day = (count: number): string => new Date(now.getTime() + days(count)).toISOString();
  return {
    ...(choice.q.trim() && { q: choice.q.trim() }),
    ...(choice.status && { status: choice.status }),
    ...(choice.use === "never" && { neverUsed: true }),
    ...((choice.use === "30" || choice.use === "90") && { unusedSince: day(-Number(choice.use)) }),
    ...(choice.expiry && { expiringBefore: day(Number(choice.expiry)) }),
    ...(choice.owner?.id && { owner: choice.owner.id }),
  };
}

/** Whether the list must be empty, because a request without the unknown owner would find the keys of all. */
export function findsNothing(choice: Choice): boolean {
  return choice.owner !== undefined && choice.owner.id === undefined;
}

/** What has ended for good cannot be revoked again. */
export function revocable(filter: Filter): boolean {
  return filter.status !== "revoked";
}
