import type { ApiKey } from "../shared/keys";
import { usePage } from "../shared/page";
import { useAdmin } from "./admin";
import { Confirm } from "./Confirm";
import { useSend } from "./useSend";

const DISABLE = {
  title: "apiKeysAdminDisableTitle",
  text: "apiKeysAdminDisableText",
  action: "apiKeysAdminDisable",
  done: "apiKeysAdminDisabled",
};
const ENABLE = {
  title: "apiKeysAdminEnableTitle",
  text: "apiKeysAdminEnableText",
  action: "apiKeysAdminEnable",
  done: "apiKeysAdminEnabled",
};

interface Props {
  readonly apiKey: ApiKey;
  readonly onClose: (done: string | undefined) => void;
}

/** Disables a key, which its owner cannot undo, or enables it again. */
export function SwitchKey({ apiKey, onClose }: Props): JSX.Element {
  const { t } = usePage();
  const { rest } = useAdmin();
  const { busy, problem, send } = useSend();
  const words = apiKey.enabled ? DISABLE : ENABLE;
  const confirm = async (): Promise<void> => {
    const changed = await send(() => rest.change(apiKey.id, { enabled: !apiKey.enabled }));
    if (changed) {
      onClose(t(words.done, { name: apiKey.name }));
    }
  };
  return (
    <Confirm
      title={t(words.title, { name: apiKey.name })}
      action={t(words.action)}
      busy={busy}
      problem={problem}
      onConfirm={() => void confirm()}
      onCancel={() => onClose(undefined)}
    >
      <p>{t(words.text)}</p>
    </Confirm>
  );
}
