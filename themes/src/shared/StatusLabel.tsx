import { Check, Clock, Cross, Pause, Turn, Warning } from "./icons";
import type { ApiKey } from "./keys";
import { days } from "./lifetime";
import { usePage } from "./page";

export type Shown = ApiKey["status"] | "expiring" | "suspended";

/** What is worth saying about a key now: one that is not accepted, or ends within a week, says so. */
export function shownStatus(key: ApiKey, now: Date): Shown {
  if (key.suspended) {
    return "suspended";
  }
  const ends = key.expiresAt === null ? Infinity : Date.parse(key.expiresAt);
  return key.status === "active" && ends - now.getTime() <= days(7) ? "expiring" : key.status;
}

const LOOKS: Readonly<Record<Shown, { readonly text: string; readonly colour: string; readonly Shape: () => JSX.Element }>> = {
  active: { text: "apiKeysStatusActive", colour: "green", Shape: Check },
  expiring: { text: "apiKeysStatusExpiring", colour: "gold", Shape: Warning },
  expired: { text: "apiKeysStatusExpired", colour: "grey", Shape: Clock },
  disabled: { text: "apiKeysStatusDisabled", colour: "grey", Shape: Pause },
  suspended: { text: "apiKeysStatusSuspended", colour: "gold", Shape: Pause },
  rotating: { text: "apiKeysStatusRotating", colour: "blue", Shape: Turn },
  exposed: { text: "apiKeysStatusExposed", colour: "red", Shape: Warning },
  revoked: { text: "apiKeysStatusRevoked", colour: "grey", Shape: Cross },
};

/** A word and a shape; the colour only repeats them. */
export function StatusLabel({ apiKey, now }: { readonly apiKey: ApiKey; readonly now: Date }): JSX.Element {
  const { t } = usePage();
  const { text, colour, Shape } = LOOKS[shownStatus(apiKey, now)];
  return (
    <span className={`ak-label ak-label--${colour}`}>
      <Shape />
      {t(text)}
    </span>
  );
}
