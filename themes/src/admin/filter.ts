import type { KeyStatus } from "../shared/keys";
import type { Filter } from "./documents";

const DAY = 24 * 60 * 60 * 1000;

/** What somebody chose above the list. */
export interface Choice {
  readonly q: string;
  readonly status: KeyStatus | "";
  readonly use: "" | "never" | "30" | "90";
  readonly expiry: "" | "7" | "30";
  readonly owner: { readonly id: string; readonly name: string } | undefined;
}

export const NO_CHOICE: Choice = { q: "", status: "", use: "", expiry: "", owner: undefined };

/** Days become moments only here, so that a question always counts from when it is asked. */
export function filterOf(choice: Choice, now: Date): Filter {
  const day = (days: number): string => new Date(now.getTime() + days * DAY).toISOString();
  return {
    ...(choice.q.trim() && { q: choice.q.trim() }),
    ...(choice.status && { status: choice.status }),
    ...(choice.use === "never" && { neverUsed: true }),
    ...((choice.use === "30" || choice.use === "90") && { unusedSince: day(-Number(choice.use)) }),
    ...(choice.expiry && { expiringBefore: day(Number(choice.expiry)) }),
    ...(choice.owner && { owner: choice.owner.id }),
  };
}

/** What has ended for good cannot be revoked again. */
export function revocable(filter: Filter): boolean {
  return filter.status !== "revoked" && filter.status !== "exposed";
}
