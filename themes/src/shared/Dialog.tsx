import { useEffect, useId, useLayoutEffect, useRef, type ReactNode } from "react";
import { pf } from "./pf";

interface Props {
  readonly title: string;
  readonly children: ReactNode;
  readonly footer: ReactNode;
  /** Esc; a dialog that must not close by it just does not. */
  readonly onEscape: () => void;
  readonly danger?: boolean;
  readonly wide?: boolean;
  readonly testId?: string | undefined;
}

/**
 * A modal dialog. The browser's own keeps the focus inside, makes the rest inert, and gives the focus back to the opener.
 * The element with `data-autofocus` is focused first; what carries none focuses the heading.
 */
export function Dialog({ title, children, footer, onEscape, danger = false, wide = false, testId }: Props): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();

  // Before paint, and closed before React removes it: a removed dialog would lose the focus instead of giving it back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    (element?.querySelector<HTMLElement>("[data-autofocus]") ?? element?.querySelector("h2"))?.focus();
    return () => element?.close();
  }, []);

  useEffect(() => {
    const element = dialog.current;
    // Browsers let a second Esc through whatever the page says; then it opens again, for it is still wanted.
    const reopen = (): void => {
      if (element?.isConnected && !element.open) {
        element.showModal();
      }
    };
    element?.addEventListener("close", reopen);
    return () => element?.removeEventListener("close", reopen);
  }, []);

  return (
    <dialog
      ref={dialog}
      className={`ak-dialog ${pf("modal-box", ...(danger ? ["danger"] : []), wide ? "md" : "sm")}`}
      aria-labelledby={heading}
      data-testid={testId}
      onCancel={(event) => {
        event.preventDefault();
        onEscape();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          event.stopPropagation();
          onEscape();
        }
      }}
    >
      <header className={`${pf("modal-box")}__header`}>
        <h2 id={heading} className={`${pf("modal-box")}__title`} tabIndex={-1}>
          {title}
        </h2>
      </header>
      <div className={`${pf("modal-box")}__body`}>{children}</div>
      <footer className={`${pf("modal-box")}__footer`}>{footer}</footer>
    </dialog>
  );
}
