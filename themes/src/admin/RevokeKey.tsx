import { usedRecently, type ApiKey } from "../shared/keys";
import { RelativeTime } from "../shared/RelativeTime";
import { usePage } from "../shared/page";
import { useAdmin } from "./admin";
import { ConfirmDialog } from "../shared/ConfirmDialog";
import { useTask } from "../shared/useTask";

interface Props {
  readonly apiKey: ApiKey;
  readonly onClose: (done: string | undefined) => void;
}

/** Ends a key for good; one that is in use has to be named first. */
export function RevokeKey({ apiKey, onClose }: Props): JSX.Element {
  const { t } = usePage();
  const { rest } = useAdmin();
  const task = useTask();
  const now = new Date();
  const confirm = (): void =>
    task.run(async () => {
      await rest.revoke(apiKey.id);
      onClose(t("apiKeysAdminRevoked", { name: apiKey.name }));
    });
  return (
    <ConfirmDialog
      title={t("apiKeysAdminRevokeTitle", { name: apiKey.name })}
      action={t("apiKeysAdminRevoke")}
      danger
      {...(usedRecently(apiKey, now) && { typed: { label: t("apiKeysAdminTypeName", { name: apiKey.name }), text: apiKey.name } })}
      task={task}
      onConfirm={confirm}
      onCancel={() => onClose(undefined)}
    >
      <p>{t("apiKeysAdminRevokeText")}</p>
      <p>
        {t("apiKeysLastUsed")}: <RelativeTime at={apiKey.lastUsedAt} now={now} never={t("apiKeysAdminNever")} />
      </p>
    </ConfirmDialog>
  );
}
