import { useReducer, type ReactNode } from "react";
import { Alert } from "./Alert";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { useLeaveGuard, useStay } from "./dom";
import type { IssuedKey } from "./keys";
import { usePage } from "./page";
import { Secret } from "./Secret";

interface Props {
  readonly issued: IssuedKey;
  readonly title: string;
  readonly warning: string;
  /** Accessible name of the input with the key. */
  readonly label: string;
  /** Text before the key. */
  readonly intro?: string;
  /** Content after the key. */
  readonly children?: ReactNode;
  readonly onDone: () => void;
}

/**
 * Shows a new key once. Only one button closes the dialog. The key is then removed from the state of the parent, from the
 * properties of two components and from the document.
 */
export function RevealDialog({ issued, title, warning, label, intro, children, onDone }: Props): JSX.Element {
  const { t } = usePage();
  const [asked, ask] = useReducer(() => true, false);
  useLeaveGuard(true);
  useStay(true, ask);
  return (
    <Dialog
      title={title}
      wide
      testId="reveal"
      onEscape={ask}
      footer={
        <Button look="primary" onClick={onDone} data-testid="done">
          {t("apiKeysRevealDone")}
        </Button>
      }
    >
      <div className="ak-stack">
        <Alert severity="warning" title={warning} />
        {intro && <p>{intro}</p>}
        <Secret value={issued.key} label={label} />
        <div role="status">{asked && <p className="ak-strong">{t("apiKeysRevealAsk")}</p>}</div>
        {children}
      </div>
    </Dialog>
  );
}
