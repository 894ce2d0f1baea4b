import type { ApiKey } from "../shared/keys";
import { usePage } from "../shared/page";
import { useAdmin } from "./admin";
import { ConfirmDialog } from "../shared/ConfirmDialog";
import { useTask } from "../shared/useTask";

const DISABLE = {
  title: "apiKeysAdminDisableTitle",
  text: "apiKeysAdminDisableText",
  action: "apiKeysDisable",
  done: "apiKeysAdminDisabled",
} as const;
const ENABLE = {
  title: "apiKeysAdminEnableTitle",
  text: "apiKeysAdminEnableText",
  action: "apiKeysEnable",
  done: "apiKeysAdminEnabled",
} as const;

interface Props {
  readonly apiKey: ApiKey;
  readonly onClose: (done: string | undefined) => void;
}

/** Disables a key, which its owner cannot undo, or enables it again. */
export function SwitchKey({ apiKey, onClose }: Props): JSX.Element {
  const { t } = usePage();
  const { rest } = useAdmin();
  const task = useTask();
  const words = apiKey.enabled ? DISABLE : ENABLE;
  const confirm = (): void =>
    task.run(async () => {
      await rest.change(apiKey.id, { enabled: !apiKey.enabled });
      onClose(t(words.done, { name: apiKey.name }));
    });
  return (
    <ConfirmDialog
      title={t(words.title, { name: apiKey.name })}
      action={t(words.action)}
      task={task}
      onConfirm={confirm}
      onCancel={() => onClose(undefined)}
    >
      <p>{t(words.text)}</p>
    </ConfirmDialog>
  );
}
