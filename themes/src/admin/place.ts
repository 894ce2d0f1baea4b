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
const KEY_ID = /^[0-9A-Za-z]{12}$/;
const OWNER = /^#\/([^/?]+)\/(users|clients)\/([^/?]+)\/[^/?]+/;

/** The place behind the fragment of an address; undefined where the console itself has something to show. */
export function parsePlace(hash: string): Place | undefined {
  const match = OURS.exec(hash);
  const realm = decoded(match?.[1]);
  if (!match || !realm) {
    return undefined;
  }
  const query = new URLSearchParams(match[3] ?? "");
  const user = query.get("user");
  const client = query.get("client");
  const key = query.get("key");
  const owner = user ? ({ type: "user", id: user } as const) : client ? ({ type: "client", id: client } as const) : undefined;
  return {
    realm,
    view: (match[2] as View | undefined) ?? "keys",
    ...(owner && { owner }),
    // Anything else might be the name of another of our resources.
    ...(key && KEY_ID.test(key) && { key }),
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
  return decoded(/^#\/([^/?]+)/.exec(hash)?.[1]);
}

/** The keys of the user or client whose page of the console is open. */
export function ownedAt(hash: string): (Place & { readonly owner: NonNullable<Place["owner"]> }) | undefined {
  const match = OWNER.exec(hash);
  const realm = decoded(match?.[1]);
  const id = decoded(match?.[3]);
  return realm && id ? { realm, view: "keys", owner: { type: match?.[2] === "users" ? "user" : "client", id } } : undefined;
}

/** Addresses are typed and cut off, too. */
function decoded(part: string | undefined): string | undefined {
  try {
    return part && decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
