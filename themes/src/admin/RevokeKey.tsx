import type { ApiKey } from "../shared/keys";
import { Moment } from "../shared/Moment";
import { usePage } from "../shared/page";
import { useAdmin } from "./admin";
import { Confirm } from "./Confirm";
import { useSend } from "./useSend";

const MONTH = 30 * 24 * 60 * 60 * 1000;

interface Props {
  readonly apiKey: ApiKey;
  readonly onClose: (done: string | undefined) => void;
}

/** Ends a key for good; one that is in use has to be named first. */
export function RevokeKey({ apiKey, onClose }: Props): JSX.Element {
  const { t } = usePage();
  const { rest } = useAdmin();
  const { busy, problem, send } = useSend();
  const now = new Date();
  const inUse = apiKey.lastUsedAt !== null && now.getTime() - Date.parse(apiKey.lastUsedAt) < MONTH;
  const confirm = async (): Promise<void> => {
    const done = await send(async () => {
      await rest.revoke(apiKey.id);
      return true;
    });
    if (done) {
      onClose(t("apiKeysAdminRevoked", { name: apiKey.name }));
    }
  };
  return (
    <Confirm
      title={t("apiKeysAdminRevokeTitle", { name: apiKey.name })}
      action={t("apiKeysAdminRevoke")}
      danger
      {...(inUse && { typed: { label: t("apiKeysAdminTypeName", { name: apiKey.name }), text: apiKey.name } })}
      busy={busy}
      problem={problem}
      onConfirm={() => void confirm()}
      onCancel={() => onClose(undefined)}
    >
      <p>{t("apiKeysAdminRevokeText")}</p>
      <p>
        {t("apiKeysAdminLastUsed")}: <Moment at={apiKey.lastUsedAt} now={now} never={t("apiKeysAdminNever")} />
      </p>
    </Confirm>
  );
}
