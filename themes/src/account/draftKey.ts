import type { TextKey } from "../generated/textKeys";
import type { KeyKind, NewKey, SelfServicePolicy } from "../shared/keys";
import { words } from "../shared/words";
import { endOf, expiryChoices, usualExpiry, type Expiry } from "./expiry";

/** The input of the form for a new key. */
export interface DraftKey {
  readonly name: string;
  readonly description: string;
  readonly kind: KeyKind;
  readonly expiry: Expiry;
  readonly date: string;
  /** Whether the key may do only what its scopes say, or all that its owner may. */
  readonly access: "scopes" | "all";
  readonly scopes: readonly string[];
  readonly ips: string;
  readonly origins: string;
}

export type DraftFaults = Readonly<Partial<Record<"name" | "date" | "scopes" | "ips" | "origins", TextKey>>>;

export function emptyDraft(terms: SelfServicePolicy): DraftKey {
  return {
    name: "",
    description: "",
    kind: terms.kinds[0] ?? "secret",
    expiry: usualExpiry(terms),
    date: "",
    access: terms.scopes.length > 0 ? "scopes" : "all",
    scopes: [],
    ips: "",
    origins: "",
  };
}

/** What was typed before, as far as the policy still allows it. */
export function restoredDraft(terms: SelfServicePolicy, before: Partial<DraftKey> = {}): DraftKey {
  const draft = { ...emptyDraft(terms), ...before };
  return {
    ...draft,
    kind: terms.kinds.includes(draft.kind) ? draft.kind : emptyDraft(terms).kind,
    expiry: expiryChoices(terms).includes(draft.expiry) ? draft.expiry : usualExpiry(terms),
    access: terms.scopes.length > 0 ? draft.access : "all",
    scopes: draft.scopes.filter((scope) => terms.scopes.includes(scope)),
  };
}

/** Faults that need no request; values are keys of texts. */
export function faultsOf(draft: DraftKey, terms: SelfServicePolicy, now: Date): DraftFaults {
  const end = endOf(draft.expiry, draft.date, terms, now);
  return {
    ...(draft.name.trim() === "" && { name: "apiKeysNameMissing" }),
    ...(end === undefined && { date: "apiKeysDateMissing" }),
    ...(end && end <= now && { date: "apiKeysDatePast" }),
    ...(draft.access === "scopes" && draft.scopes.length === 0 && { scopes: "apiKeysScopesMissing" }),
    ...(needsIps(draft, terms) && words(draft.ips).length === 0 && { ips: "apiKeysIpsMissing" }),
    ...(draft.kind === "publishable" && words(draft.origins).length === 0 && { origins: "apiKeysOriginsMissing" }),
  };
}

export function needsIps(draft: DraftKey, terms: SelfServicePolicy): boolean {
  return terms.requireIp && draft.kind === "secret";
}

export function newKey(draft: DraftKey, terms: SelfServicePolicy, now: Date): NewKey {
  // The server computes the default lifetime by its own clock.
  const end = draft.expiry === usualExpiry(terms) && draft.expiry !== "custom" ? undefined : endOf(draft.expiry, draft.date, terms, now);
  return {
    name: draft.name.trim(),
    description: draft.description.trim() || null,
    kind: draft.kind,
    ...(end !== undefined && { expiresAt: end?.toISOString() ?? null }),
    scopes: draft.access === "scopes" ? draft.scopes : [],
    allowedIps: words(draft.ips),
    allowedOrigins: draft.kind === "publishable" ? words(draft.origins) : [],
  };
}
