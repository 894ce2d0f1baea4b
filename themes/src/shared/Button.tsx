import type { ButtonHTMLAttributes } from "react";
import { pf } from "./pf";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: "primary" | "secondary" | "danger" | "link" | "plain";
  /** Something is under way: it shows a spinner and does nothing, but keeps the focus. */
  readonly busy?: boolean;
}

export function Button({ look = "secondary", busy = false, children, onClick, className, ...rest }: Props): JSX.Element {
  return (
    <button
      type="button"
      {...rest}
      className={[pf("button", look, ...(busy ? ["in-progress"] : [])), className].filter(Boolean).join(" ")}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) {
          event.preventDefault();
        } else {
          onClick?.(event);
        }
      }}
    >
      {busy && <Spinner size="sm" />}
      {children}
    </button>
  );
}

export function Spinner({ size, label }: { readonly size: "sm" | "lg"; readonly label?: string }): JSX.Element {
  const name = label ? { role: "progressbar", "aria-label": label } : { "aria-hidden": true };
  return (
    <svg className={`${pf("spinner", size)} ak-spinner`} viewBox="0 0 100 100" {...name}>
      <circle className={`${pf("spinner")}__path`} cx="50" cy="50" r="45" fill="none" />
    </svg>
  );
}
