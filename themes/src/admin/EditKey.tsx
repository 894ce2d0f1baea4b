import { useId, useState } from "react";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import type { ApiKey } from "../shared/keys";
import { usePage } from "../shared/page";
import { useAdmin } from "./admin";
import { KeyForm } from "./KeyForm";
import { documentOf, SHOWN, valuesOf, type Expiry } from "./keyValues";
import { ProblemAlert } from "./ProblemAlert";
import { useSend } from "./useSend";

const EXPIRIES: readonly Expiry[] = ["same", "7", "30", "90", "365", "date", "never"];

interface Props {
  readonly apiKey: ApiKey;
  readonly onClose: (done: string | undefined) => void;
}

/** Changes the settings of a key. */
export function EditKey({ apiKey, onClose }: Props): JSX.Element {
  const { t } = usePage();
  const { rest } = useAdmin();
  const form = useId();
  const [values, setValues] = useState(() => valuesOf(apiKey));
  const { busy, problem, send } = useSend();
  const save = async (): Promise<void> => {
    const changed = await send(() => rest.change(apiKey.id, documentOf(values, new Date())));
    if (changed) {
      onClose(t("apiKeysAdminSaved", { name: changed.name }));
    }
  };
  return (
    <Dialog
      title={t("apiKeysAdminEditTitle", { name: apiKey.name })}
      onEscape={() => onClose(undefined)}
      wide
      footer={
        <>
          <Button look="primary" type="submit" form={form} busy={busy}>
            {t("apiKeysAdminSave")}
          </Button>
          <Button look="link" onClick={() => onClose(undefined)}>
            {t("apiKeysAdminCancel")}
          </Button>
        </>
      }
    >
      <ProblemAlert problem={problem} shown={SHOWN} />
      <KeyForm
        id={form}
        values={values}
        expiries={EXPIRIES}
        problem={problem}
        onChange={(change) => setValues((before) => ({ ...before, ...change }))}
        onSubmit={() => void save()}
      />
    </Dialog>
  );
}
