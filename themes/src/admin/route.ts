/** An address of the API key pages in the admin console. It names the owner of the shown keys but no filters. */
export interface Route {
  readonly realm: string;
  readonly view: View;
  /** The only owner: the id of a user or of a client. */
  readonly owner?: { readonly type: "user" | "client"; readonly id: string };
  /** The key whose details are shown. */
  readonly key?: string;
}

export type View = "keys" | "policy" | "plans";

const OURS = /^#\/([^/?]+)\/api-keys(?:\/(policy|plans))?\/?(?:\?(.*))?$/;
const KEY_ID = /^[0-9A-Za-z]{12}$/;
const OWNER = /^#\/([^/?]+)\/(users|clients)\/([^/?]+)\/[^/?]+/;

/** Parses the fragment of an address; undefined where it belongs to the console itself. */
export function parseRoute(hash: string): Route | undefined {
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

/** Writes a route as the fragment of an address. */
export function hashOf({ realm, view, owner, key }: Route): string {
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

/** The realm of any address of the console. */
export function realmOf(hash: string): string | undefined {
  return decoded(/^#\/([^/?]+)/.exec(hash)?.[1]);
}

/** The route to the keys of the user or client whose page of the console is open. */
export function ownerRoute(hash: string): (Route & { readonly owner: NonNullable<Route["owner"]> }) | undefined {
  const match = OWNER.exec(hash);
  const realm = decoded(match?.[1]);
  const id = decoded(match?.[3]);
  return realm && id ? { realm, view: "keys", owner: { type: match?.[2] === "users" ? "user" : "client", id } } : undefined;
}

/** Typed or truncated addresses may not decode. */
function decoded(part: string | undefined): string | undefined {
  try {
    return part && decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
