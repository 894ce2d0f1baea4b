import type { TextKey } from "../generated/textKeys";
import type { Text } from "../shared/texts";
import { words } from "../shared/words";
import type { Policy, PolicyFieldSchema, PolicySchema } from "./documents";

/** What stands in the form: text for everything but flags and sets. */
export type PolicyValue = string | boolean | readonly string[];
export type PolicyValues = Readonly<Record<string, PolicyValue>>;

/** A setting of the policy as the form shows it. */
export interface PolicySetting {
  readonly field: string;
  readonly group: string;
  readonly kind: "flag" | "number" | "choice" | "several" | "words" | "text";
  /** The values to choose from; empty for none. */
  readonly options: readonly string[];
  /** What a valid value is, in English. */
  readonly rule: string;
}

export function settingsOf(schema: PolicySchema): readonly PolicySetting[] {
  return Object.entries(schema.properties).map(([field, one]) => ({
    field,
    group: one["x-group"],
    kind: kindOf(one),
    options: (one.items?.enum ?? one.enum ?? []).map((option) => option ?? ""),
    rule: one.description,
  }));
}

function kindOf({ type, enum: choices, items }: PolicyFieldSchema): PolicySetting["kind"] {
  switch (type) {
    case "boolean":
      return "flag";
    case "integer":
      return "number";
    case "array":
      return items?.enum ? "several" : "words";
    default:
      return choices ? "choice" : "text";
  }
}

/** The settings by group, in the order of the schema. */
export function groupsOf(settings: readonly PolicySetting[]): readonly (readonly [string, readonly PolicySetting[]])[] {
  const names = [...new Set(settings.map((setting) => setting.group))];
  return names.map((name) => [name, settings.filter((setting) => setting.group === name)]);
}

/** Finds the texts of the policy by the names that the server gives: `maxKeys` is `apiKeysPolicyMaxKeys`. */
export function policyText(t: Text, names: readonly string[], otherwise: string): string {
  const key = `apiKeysPolicy${names.map((name) => name.charAt(0).toUpperCase() + name.slice(1)).join("")}`;
  const text = t(key as TextKey);
  return text === key ? otherwise : text;
}

export function policyValues(policy: Policy, settings: readonly PolicySetting[]): PolicyValues {
  const value = ({ field, kind }: PolicySetting): PolicyValue => {
    const set: unknown = policy[field as keyof Policy];
    switch (kind) {
      case "flag":
        return set === true;
      case "several":
        return set as readonly string[];
      case "words":
        return (set as readonly string[]).join(" ");
      default:
        return String(set ?? "");
    }
  };
  return Object.fromEntries(settings.map((setting) => [setting.field, value(setting)]));
}

/** The document to send. A number that is none goes as the text it is, and the server says what it should be. */
export function policyDocument(values: PolicyValues, settings: readonly PolicySetting[]): Policy {
  const value = ({ field, kind }: PolicySetting): unknown => {
    const typed = values[field];
    switch (kind) {
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
  return Object.fromEntries(settings.map((setting) => [setting.field, value(setting)])) as unknown as Policy;
}

/** What differs from what is in force. */
export function editsOf(values: PolicyValues, inForce: PolicyValues): PolicyValues {
  return Object.fromEntries(Object.entries(values).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(inForce[field])));
}

/** What is in force with edits that were made before, as far as there still are such settings. */
export function edited(inForce: PolicyValues, edits: Readonly<Record<string, unknown>>): PolicyValues {
  const fitting = Object.keys(inForce).filter((field) => typeof edits[field] === typeof inForce[field]);
  return { ...inForce, ...Object.fromEntries(fitting.map((field) => [field, edits[field] as PolicyValue])) };
}
