import type { KeyStatus } from "../shared/keys";
import { days } from "../shared/lifetime";
import type { Filter } from "./documents";

/** What somebody chose above the list. */
export interface Choice {
  readonly q: string;
  readonly status: KeyStatus | "";
  readonly use: "" | "never" | "30" | "90";
  readonly expiry: "" | "7" | "30";
  /** Without an id somebody asked for an owner whom nobody found. */
  readonly owner: { readonly id: string | undefined; readonly name: string } | undefined;
}

export const NO_CHOICE: Choice = { q: "", status: "", use: "", expiry: "", owner: undefined };

/** Days become moments only here, so that a question always counts from when it is asked. */
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

/** Whether nothing can be found, so that nobody mistakes the keys of all for those of one. */
export function findsNothing(choice: Choice): boolean {
  return choice.owner !== undefined && choice.owner.id === undefined;
}

/** What has ended for good cannot be revoked again. */
export function revocable(filter: Filter): boolean {
  return filter.status !== "revoked";
}
