import { ConfirmDialog } from "../shared/ConfirmDialog";
import { usedRecently, type ApiKey } from "../shared/keys";
import { usePage } from "../shared/page";
import { useTask } from "../shared/useTask";
import { keyService } from "./keyService";

interface Props {
  readonly apiKey: ApiKey;
  readonly now: Date;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Deletes a key; the name of a recently used key has to be typed. */
export function DeleteDialog({ apiKey, now, onClose, onDeleted }: Props): JSX.Element {
  const { t, rest, format } = usePage();
  const task = useTask();
  const confirm = (): void =>
    task.run(async () => {
      await keyService.remove(rest, apiKey);
      onDeleted();
    });
  return (
    <ConfirmDialog
      title={t("apiKeysDeleteTitle", { name: apiKey.name })}
      action={t("apiKeysDelete")}
      danger
      testId="delete"
      {...(usedRecently(apiKey, now) && { typed: { label: t("apiKeysDeleteType", { name: apiKey.name }), text: apiKey.name } })}
      task={task}
      onConfirm={confirm}
      onCancel={onClose}
    >
      <p>{t("apiKeysDeleteHelp")}</p>
      <p className="ak-strong">
        {apiKey.lastUsedAt === null
          ? t("apiKeysDeleteNeverUsed")
          : t("apiKeysDeleteLastUsed", { when: format.relative(new Date(apiKey.lastUsedAt), now) })}
      </p>
    </ConfirmDialog>
  );
}
