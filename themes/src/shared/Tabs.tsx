import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

export interface Tab {
  readonly name: string;
  readonly content: ReactNode;
}

/** Arrow keys move between the tabs, as the ARIA pattern has it. */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }): JSX.Element {
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);

  const steer = (event: KeyboardEvent): void => {
    const forward = getComputedStyle(event.currentTarget).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      event.preventDefault();
      const next = (at + (event.key === forward ? 1 : tabs.length - 1)) % tabs.length;
      setAt(next);
      list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
    }
  };

  return (
    <div className="ak-tabs">
      <div role="tablist" aria-label={label} ref={list} onKeyDown={steer}>
        {tabs.map((tab, index) => (
          <button
            key={tab.name}
            type="button"
            role="tab"
            id={`${id}-${index}`}
            aria-selected={index === at}
            aria-controls={`${id}-panel`}
            tabIndex={index === at ? 0 : -1}
            onClick={() => setAt(index)}
          >
            {tab.name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${at}`}>
        {tabs[at]?.content}
      </div>
    </div>
  );
}
