import type { TextKey } from "../generated/textKeys";
import type { ApiKey, KeyKind, NewKey } from "../shared/keys";
import { endOfDay } from "../shared/days";
import { days, withMargin } from "../shared/lifetime";
import { words } from "../shared/words";

export type Expiry = "default" | "7" | "30" | "90" | "365" | "date" | "never" | "same";

/** The input of the form of a key. */
export interface KeyValues {
  readonly name: string;
  readonly description: string;
  readonly kind: KeyKind;
  readonly expiry: Expiry;
  readonly date: string;
  readonly scopes: string;
  readonly audiences: string;
  readonly allowedIps: string;
  readonly allowedOrigins: string;
}

export const NEW_KEY: KeyValues = {
  name: "",
  description: "",
  kind: "secret",
  expiry: "default",
  date: "",
  scopes: "",
  audiences: "",
  allowedIps: "",
  allowedOrigins: "",
};

/** Fields whose faults the form shows next to them. */
export const SHOWN = ["name", "description", "kind", "expiresAt", "scopes", "audiences", "allowedIps", "allowedOrigins"] as const;

/** Lists of words, with what they are called and what belongs there. */
export const LISTS = [
  ["scopes", "apiKeysAdminScopes", "apiKeysAdminScopesHelp"],
  ["audiences", "apiKeysAdminAudiences", "apiKeysAdminAudiencesHelp"],
  ["allowedIps", "apiKeysAdminAllowedIps", "apiKeysAdminAllowedIpsHelp"],
  ["allowedOrigins", "apiKeysAdminAllowedOrigins", "apiKeysAdminAllowedOriginsHelp"],
] as const;

export const EXPIRY_TEXT: Readonly<Record<Expiry, TextKey>> = {
  default: "apiKeysAdminExpiryDefault",
  same: "apiKeysAdminExpirySame",
  date: "apiKeysAdminExpiryDate",
  never: "apiKeysNoExpiry",
  "7": "apiKeysAdminInDays",
  "30": "apiKeysAdminInDays",
  "90": "apiKeysAdminInDays",
  "365": "apiKeysAdminInDays",
};

export function valuesOf(key: ApiKey): KeyValues {
  return {
    name: key.name,
    description: key.description ?? "",
    kind: key.kind,
    expiry: "same",
    date: "",
    scopes: key.scopes.join(" "),
    audiences: key.audiences.join(" "),
    allowedIps: key.allowedIps.join(" "),
    allowedOrigins: key.allowedOrigins.join(" "),
  };
}

/** The document to send, without an expiry that the form does not change. */
export function documentOf(values: KeyValues, now: Date): NewKey {
  const expiresAt = endOf(values, now);
  return {
    name: values.name.trim(),
    description: values.description.trim() || null,
    kind: values.kind,
    ...(expiresAt !== undefined && { expiresAt }),
    scopes: words(values.scopes),
    audiences: words(values.audiences),
    allowedIps: words(values.allowedIps),
    allowedOrigins: words(values.allowedOrigins),
  };
}

/** The changed settings only: others may have changed the rest meanwhile. */
export function changesOf(values: KeyValues, key: ApiKey, now: Date): Partial<NewKey> {
  const before: Readonly<Record<string, unknown>> = { ...documentOf(valuesOf(key), now) };
  const wanted = Object.entries(documentOf(values, now));
  return Object.fromEntries(wanted.filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])));
}

/** The end of the key: null for none, undefined where the server decides or nothing changes. */
export function endOf({ expiry, date }: KeyValues, now: Date): string | null | undefined {
  switch (expiry) {
    case "default":
    case "same":
      return undefined;
    case "never":
      return null;
    case "date":
      // What is no day goes as it is, and the server says so.
      return endOfDay(date)?.toISOString() ?? date;
    default:
      return new Date(now.getTime() + withMargin(days(Number(expiry)))).toISOString();
  }
}
