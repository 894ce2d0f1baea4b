import { useReducer } from "react";
import { Alert } from "../shared/Alert";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import { useLeaveGuard, useStay } from "../shared/dom";
import type { IssuedKey } from "../shared/keys";
import { usePage } from "../shared/page";
import { Secret } from "../shared/Secret";

interface Props {
  readonly issued: IssuedKey;
  readonly onClose: () => void;
}

/** The only sight of a new key. One button closes it, and nothing else does. */
export function Reveal({ issued, onClose }: Props): JSX.Element {
  const { t } = usePage();
  const [asked, ask] = useReducer(() => true, false);
  useLeaveGuard(true);
  useStay(true, ask);
  return (
    <Dialog
      title={t("apiKeysAdminRevealTitle")}
      onEscape={ask}
      wide
      testId="reveal"
      footer={
        <Button look="primary" onClick={onClose}>
          {t("apiKeysRevealDone")}
        </Button>
      }
    >
      <Alert severity="warning" title={t("apiKeysAdminRevealWarning", { owner: issued.owner.name ?? issued.owner.id })} />
      <p className="ak-gap">{t("apiKeysAdminRevealText", { name: issued.name })}</p>
      <Secret value={issued.key} label={t("apiKeysAdminRevealLabel")} />
      <div role="status">{asked && <p className="ak-strong">{t("apiKeysRevealAsk")}</p>}</div>
    </Dialog>
  );
}
