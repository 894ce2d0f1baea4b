import type { TextKey } from "../generated/textKeys";
import type { Environment } from "./host";

/** A text of the page in the language of the console; `{{name}}` stands for a value. */
export type Text<Key extends string = TextKey> = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/** @param lists the first that has a text counts */
export function textsOf<Key extends string = TextKey>(...lists: readonly Readonly<Record<string, string>>[]): Text<Key> {
  return (key, values = {}) => {
    const found = lists.find((list) => Object.hasOwn(list, key))?.[key] ?? key;
    return found.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => String(Object.hasOwn(values, name) ? values[name] : whole));
  };
}

/** English now is better than another language some time. */
const PATIENCE = 10_000;

/** What realm administrators changed comes before what the provider ships; English is built in. */
export async function loadTexts<Key extends string = TextKey>(
  host: Environment,
  console: "account" | "admin",
  locale: string,
  english: Readonly<Record<string, string>>,
): Promise<Text<Key>> {
  const base = host.adminBaseUrl ?? host.serverBaseUrl;
  try {
    const answer = await fetch(`${base}/resources/${encodeURIComponent(host.realm)}/${console}/${encodeURIComponent(locale)}`, {
      signal: AbortSignal.timeout(PATIENCE),
    });
    const list = answer.ok ? ((await answer.json()) as readonly { key: string; value: string }[]) : [];
    const ours = list.filter((entry) => entry.key.startsWith("apiKeys"));
    return textsOf(Object.fromEntries(ours.map((entry) => [entry.key, entry.value])), english);
  } catch {
    return textsOf(english);
  }
}
