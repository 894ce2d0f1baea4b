import type { TextKey } from "../generated/textKeys";
import { Check, Clock, Cross, Pause, Turn, Warning } from "./icons";
import { mayToggle, type ApiKey } from "./keys";
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

const LOOKS: Readonly<Record<Shown, { readonly text: TextKey; readonly colour: string; readonly Shape: () => JSX.Element }>> = {
  active: { text: "apiKeysStatusActive", colour: "green", Shape: Check },
  expiring: { text: "apiKeysStatusExpiring", colour: "gold", Shape: Warning },
  expired: { text: "apiKeysStatusExpired", colour: "grey", Shape: Clock },
  disabled: { text: "apiKeysStatusDisabled", colour: "grey", Shape: Pause },
  suspended: { text: "apiKeysStatusSuspended", colour: "gold", Shape: Pause },
  rotating: { text: "apiKeysStatusRotating", colour: "blue", Shape: Turn },
  revoked: { text: "apiKeysStatusRevoked", colour: "grey", Shape: Cross },
};

/** Until when a replaced key still works, which is before it expires; and who disabled a key that its owner cannot enable. */
export function StatusNote({ apiKey }: { readonly apiKey: ApiKey }): JSX.Element | null {
  const { t, format } = usePage();
  const text = !mayToggle(apiKey)
    ? t("apiKeysDisabledByAdministrator")
    : apiKey.status === "rotating" && apiKey.graceUntil
      ? t("apiKeysRotatingUntil", { time: format.dateTime(new Date(apiKey.graceUntil)) })
      : undefined;
  return text ? <small className="ak-muted ak-block">{text}</small> : null;
}

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
