/** Names PatternFly's style classes in the generation that the console loads, which its own elements show. */
let prefix: string | undefined;

function patternfly(): string {
  // Before the console has drawn anything the generation is unknown, and nothing is cached.
  prefix ??= ["pf-v6", "pf-v5"].find((one) => document.querySelector(`[class*="${one}-"]`));
  return prefix ?? "pf-v5";
}

/** `pf("button", "primary")` is `pf-v5-c-button pf-m-primary`. */
export function pf(block: string, ...modifiers: readonly string[]): string {
  return [`${patternfly()}-c-${block}`, ...modifiers.map((modifier) => `pf-m-${modifier}`)].join(" ");
}

/** The class of text for screen readers only. */
export function screenReader(): string {
  return `${patternfly()}-screen-reader`;
}
