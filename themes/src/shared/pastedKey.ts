/** The public part of a key, which is its prefix and its id, and after it some of the secret. */
const SECRET = /([a-z][a-z0-9]{1,9}_[sp]k_(?:(?:live|test)_)?[0-9A-Za-z]{12})[0-9A-Za-z]+/g;

/** Whether a text holds a whole key, or so much of one that it must not get into an address. */
export function holdsSecret(text: string): boolean {
  return text.search(SECRET) >= 0;
}

/** The text with nothing but the public part of each key in it, by which lists can be searched. */
export function withoutSecrets(text: string): string {
  return text.replace(SECRET, "$1");
}
