/** The consoles bring PatternFly's style sheet; which generation, their own elements tell. */
let prefix: string | undefined;

function patternfly(): string {
  // Before the console has drawn anything there is nothing to be told, and nothing to be remembered.
  prefix ??= ["pf-v6", "pf-v5"].find((one) => document.querySelector(`[class*="${one}-"]`));
  return prefix ?? "pf-v5";
}

/** `pf("button", "primary")` is `pf-v5-c-button pf-m-primary`. */
export function pf(block: string, ...modifiers: readonly string[]): string {
  return [`${patternfly()}-c-${block}`, ...modifiers.map((modifier) => `pf-m-${modifier}`)].join(" ");
}

/** What only screen readers are told. */
export function screenReader(): string {
  return `${patternfly()}-screen-reader`;
}
