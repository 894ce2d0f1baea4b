/** Where in the admin console one is, as far as it is ours. Filters are not part of it; whose keys are shown is. */
export interface Place {
  readonly realm: string;
  readonly view: View;
  /** The only owner: the id of a user or of a client. */
  readonly owner?: { readonly type: "user" | "client"; readonly id: string };
  /** The key that is looked at. */
  readonly key?: string;
}

export type View = "keys" | "policy" | "plans";

const OURS = /^#\/([^/?]+)\/api-keys(?:\/(policy|plans))?\/?(?:\?(.*))?$/;
const OWNER = /^#\/([^/?]+)\/(users|clients)\/([^/?]+)\/[^/?]+/;

/** The place behind the fragment of an address; undefined where the console itself has something to show. */
export function parsePlace(hash: string): Place | undefined {
  const match = OURS.exec(hash);
  if (!match) {
    return undefined;
  }
  const query = new URLSearchParams(match[3] ?? "");
  const user = query.get("user");
  const client = query.get("client");
  const key = query.get("key");
  const owner = user ? ({ type: "user", id: user } as const) : client ? ({ type: "client", id: client } as const) : undefined;
  return {
    realm: decodeURIComponent(match[1] ?? ""),
    view: (match[2] as View | undefined) ?? "keys",
    ...(owner && { owner }),
    ...(key && { key }),
  };
}

/** The fragment of the address of a place. */
export function hashOf({ realm, view, owner, key }: Place): string {
  const query = new URLSearchParams();
  if (owner) {
    query.set(owner.type, owner.id);
  }
  if (key) {
    query.set("key", key);
  }
  const text = query.toString();
  return `#/${encodeURIComponent(realm)}/api-keys${view === "keys" ? "" : `/${view}`}${text && `?${text}`}`;
}

/** The realm that any place of the console is about, ours or not. */
export function realmOf(hash: string): string | undefined {
  const realm = /^#\/([^/?]+)/.exec(hash)?.[1];
  return realm && decodeURIComponent(realm);
}

/** The keys of the user or client whose page of the console is open. */
export function ownedAt(hash: string): (Place & { readonly owner: NonNullable<Place["owner"]> }) | undefined {
  const [, realm, folder, id] = OWNER.exec(hash) ?? [];
  const type = folder === "users" ? "user" : "client";
  return realm && id ? { realm: decodeURIComponent(realm), view: "keys", owner: { type, id: decodeURIComponent(id) } } : undefined;
}
