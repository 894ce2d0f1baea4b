import type { Policy } from "./documents";
import { words } from "./keyForm";

export type PolicyField = keyof Policy;

/** How a setting is put in: the server knows what is right, so this only says what it looks like. */
export type Shape =
  | { readonly kind: "choice"; readonly options: readonly string[] }
  | { readonly kind: "several"; readonly options: readonly string[] }
  | { readonly kind: "number" }
  | { readonly kind: "flag" }
  | { readonly kind: "words" }
  | { readonly kind: "text" };

export const GROUPS: readonly { readonly name: string; readonly fields: readonly PolicyField[] }[] = [
  { name: "makers", fields: ["creation", "maxKeys", "upgradeUrl", "reauthAge"] },
  { name: "keys", fields: ["brand", "env", "kinds", "defaultLifetime", "maxLifetime"] },
  { name: "reach", fields: ["scopes", "requireIp", "keycloakRest", "lockout"] },
  { name: "tokens", fields: ["client", "session", "tokenLifespan"] },
];

export const SHAPES: Readonly<Record<PolicyField, Shape>> = {
  creation: { kind: "choice", options: ["everyone", "plan", "admins"] },
  maxKeys: { kind: "number" },
  defaultLifetime: { kind: "text" },
  maxLifetime: { kind: "text" },
  brand: { kind: "text" },
  env: { kind: "choice", options: ["", "live", "test"] },
  kinds: { kind: "several", options: ["secret", "publishable"] },
  scopes: { kind: "words" },
  requireIp: { kind: "flag" },
  client: { kind: "text" },
  session: { kind: "choice", options: ["transient", "online"] },
  tokenLifespan: { kind: "text" },
  keycloakRest: { kind: "flag" },
  reauthAge: { kind: "text" },
  upgradeUrl: { kind: "text" },
  lockout: { kind: "choice", options: ["honor", "ignore"] },
};

export const FIELDS = Object.keys(SHAPES) as readonly PolicyField[];

/** What stands in the form: text for everything but flags and sets. */
export type PolicyValues = Readonly<Record<PolicyField, string | boolean | readonly string[]>>;

export function policyValues(policy: Policy): PolicyValues {
  const value = (field: PolicyField): string | boolean | readonly string[] => {
    const set = policy[field];
    switch (SHAPES[field].kind) {
      case "flag":
        return set === true;
      case "several":
        return set as readonly string[];
      case "words":
        return (set as readonly string[]).join(" ");
      default:
        return set === null ? "" : String(set);
    }
  };
  return Object.fromEntries(FIELDS.map((field) => [field, value(field)])) as PolicyValues;
}

/** The document to send. A number that is none goes as the text it is, and the server says what it should be. */
export function policyDocument(values: PolicyValues): Policy {
  const value = (field: PolicyField): unknown => {
    const typed = values[field];
    switch (SHAPES[field].kind) {
      case "number":
        return /^-?\d+$/.test(String(typed).trim()) ? Number(typed) : String(typed);
      case "words":
        return words(String(typed));
      case "flag":
      case "several":
        return typed;
      default:
        return String(typed).trim() || null;
    }
  };
  return Object.fromEntries(FIELDS.map((field) => [field, value(field)])) as unknown as Policy;
}

export function same(one: PolicyValues, other: PolicyValues): boolean {
  return FIELDS.every((field) => JSON.stringify(one[field]) === JSON.stringify(other[field]));
}
