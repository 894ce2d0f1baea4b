import { useState } from "react";
import type { TextKey } from "../generated/textKeys";
import { alive, type ApiKey } from "../shared/keys";
import { Menu, type MenuItem } from "../shared/Menu";
import { usePage } from "../shared/page";
import { useAdmin } from "./admin";
import { EditKey } from "./EditKey";
import { RevokeKey } from "./RevokeKey";
import { RotateKey } from "./RotateKey";
import { SwitchKey } from "./SwitchKey";

type Action = "edit" | "switch" | "rotate" | "revoke";

interface Props {
  readonly apiKey: ApiKey;
  readonly onChanged: (text: string | undefined) => void;
}

/** What can be done with one key by this administrator; nothing at all is offered that would only be refused. */
export function KeyActions({ apiKey, onChanged }: Props): JSX.Element | null {
  const { t } = usePage();
  const { access } = useAdmin();
  const [action, setAction] = useState<Action>();
  const item = (name: Action, label: TextKey, danger = false): MenuItem => ({ label: t(label), danger, onSelect: () => setAction(name) });
  const close = (text: string | undefined): void => {
    setAction(undefined);
    onChanged(text);
  };
  if (!access.manageKeys || !(alive(apiKey) || apiKey.status === "expired")) {
    return null;
  }
  const items = [
    item("edit", "apiKeysAdminEdit"),
    ...(alive(apiKey) ? [item("switch", apiKey.enabled ? "apiKeysDisable" : "apiKeysEnable")] : []),
    ...(access.issueKeys && apiKey.status === "active" ? [item("rotate", "apiKeysRotate")] : []),
    item("revoke", "apiKeysAdminRevoke", true),
  ];
  return (
    <>
      <Menu label={t("apiKeysActionsOf", { name: apiKey.name })} items={items} />
      {action === "edit" && <EditKey apiKey={apiKey} onClose={close} />}
      {action === "switch" && <SwitchKey apiKey={apiKey} onClose={close} />}
      {action === "rotate" && <RotateKey apiKey={apiKey} onClose={close} />}
      {action === "revoke" && <RevokeKey apiKey={apiKey} onClose={close} />}
    </>
  );
}
