import type { ApiKey } from "../shared/keys";
import { usePage } from "../shared/page";
import { useAdmin } from "./admin";
import { Confirm } from "./Confirm";
import { useSend } from "./useSend";

interface Props {
  readonly apiKey: ApiKey;
  readonly onClose: (done: string | undefined) => void;
}

/** Disables a key, which its owner cannot undo, or enables it again. */
export function SwitchKey({ apiKey, onClose }: Props): JSX.Element {
  const { t } = usePage();
  const { rest } = useAdmin();
  const { busy, problem, send } = useSend();
  const verb = apiKey.enabled ? "Disable" : "Enable";
  const confirm = async (): Promise<void> => {
    const changed = await send(() => rest.change(apiKey.id, { enabled: !apiKey.enabled }));
    if (changed) {
      onClose(t(`apiKeysAdmin${verb}d`, { name: apiKey.name }));
    }
  };
  return (
    <Confirm
      title={t(`apiKeysAdmin${verb}Title`, { name: apiKey.name })}
      action={t(`apiKeysAdmin${verb}`)}
      busy={busy}
      problem={problem}
      onConfirm={() => void confirm()}
      onCancel={() => onClose(undefined)}
    >
      <p>{t(`apiKeysAdmin${verb}Text`)}</p>
    </Confirm>
  );
}
