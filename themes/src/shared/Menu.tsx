import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Kebab } from "./icons";
import { pf } from "./pf";

export interface MenuItem {
  readonly label: string;
  readonly danger?: boolean;
  readonly onSelect: () => void;
}

/** The actions of one row behind a button with three dots. */
export function Menu({ label, items }: { readonly label: string; readonly items: readonly MenuItem[] }): JSX.Element {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);
  const entries = (): HTMLElement[] => [...(root.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];

  useEffect(() => {
    if (!open) {
      return undefined;
    }
    entries()[0]?.focus();
    const outside = (event: Event): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) {
        setOpen(false);
      }
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [open]);

  const select = (item: MenuItem): void => {
    // The focus goes back first, so that a dialog opened by the item gives it back to the button.
    toggle.current?.focus();
    setOpen(false);
    item.onSelect();
  };

  const steer = (event: KeyboardEvent): void => {
    const all = entries();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      all[(next + all.length) % all.length]?.focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      toggle.current?.focus();
      setOpen(false);
    }
  };

  return (
    <div className="ak-menu" ref={root}>
      <button
        ref={toggle}
        type="button"
        className={pf("menu-toggle", "plain", ...(open ? ["expanded"] : []))}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={label}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" && !open) {
            event.preventDefault();
            setOpen(true);
          }
        }}
      >
        <Kebab />
      </button>
      {open && (
        <div className={`ak-menu__list ${pf("menu")}`} onKeyDown={steer}>
          <div className={`${pf("menu")}__content`}>
            <ul className={`${pf("menu")}__list`} role="menu" aria-label={label}>
              {items.map((item) => (
                <li key={item.label} role="none" className={`${pf("menu")}__list-item${item.danger ? " pf-m-danger" : ""}`}>
                  <button type="button" role="menuitem" tabIndex={-1} className={`${pf("menu")}__item`} onClick={() => select(item)}>
                    <span className={`${pf("menu")}__item-main`}>
                      <span className={`${pf("menu")}__item-text`}>{item.label}</span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </div>
  );
}
