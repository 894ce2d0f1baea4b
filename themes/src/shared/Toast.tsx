import { useEffect, useState } from "react";
import { Button } from "./Button";
import { Check, Cross } from "./icons";
import { usePage } from "./page";
import { pf } from "./pf";

/** As long as Keycloak's own toasts stay. */
const SHOWN = 8_000;

export interface Notice {
  readonly text: string;
  /** What can be done about it; such a toast stays until it is closed or replaced. */
  readonly action?: { readonly label: string; readonly onSelect: () => void } | undefined;
}

/** Shows what was done, wherever the page is scrolled to, and looks as Keycloak's own toasts do. Screen readers have a region of their own. */
export function Toast({ notice, onClose }: { readonly notice: Notice; readonly onClose: () => void }): JSX.Element {
  const { t } = usePage();
  const [read, setRead] = useState(false);
  useEffect(() => {
    if (read || notice.action) {
      return undefined;
    }
    const timer = setTimeout(onClose, SHOWN);
    return () => clearTimeout(timer);
  }, [notice, read, onClose]);
  const alert = pf("alert");
  return (
    <ul className={pf("alert-group", "toast")}>
      <li className={`${pf("alert-group")}__item`}>
        <div
          className={pf("alert", "success")}
          data-testid="toast"
          onMouseEnter={() => setRead(true)}
          onMouseLeave={() => setRead(false)}
          onFocus={() => setRead(true)}
          onBlur={() => setRead(false)}
        >
          <div className={`${alert}__icon`}>
            <Check />
          </div>
          <p className={`${alert}__title ak-strong`}>
            <span className="ak-hidden">{t("apiKeysAlertSuccess")}</span>
            {notice.text}
          </p>
          <div className={`${alert}__action`}>
            <Button look="plain" aria-label={t("apiKeysClose")} onClick={onClose}>
              <Cross />
            </Button>
          </div>
          {notice.action && (
            <div className={`${alert}__action-group ak-actions`}>
              <Button
                look="link"
                data-testid="undo"
                onClick={() => {
                  onClose();
                  notice.action?.onSelect();
                }}
              >
                {notice.action.label}
              </Button>
            </div>
          )}
        </div>
      </li>
    </ul>
  );
}
