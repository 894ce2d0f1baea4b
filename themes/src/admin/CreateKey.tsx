import { useId, useState } from "react";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import { saveDraft } from "../shared/draft";
import type { IssuedKey } from "../shared/keys";
import { usePage } from "../shared/page";
import { useAdmin } from "./admin";
import type { OwnerName } from "./documents";
import { clearDraft, useDraft } from "./drafts";
import { KeyForm } from "./KeyForm";
import { documentOf, NEW_KEY, SHOWN, type Expiry, type KeyValues } from "./keyValues";
import { OwnerFields } from "./OwnerFields";
import { ProblemAlert } from "./ProblemAlert";
import { Reveal } from "./Reveal";
import { useSend } from "./useSend";

const EXPIRIES: readonly Expiry[] = ["default", "7", "30", "90", "365", "date", "never"];

interface Typed {
  readonly owner: OwnerName;
  readonly key: KeyValues;
}

/** Makes a key for somebody else, or for a machine. */
export function CreateKey({ onClose }: { readonly onClose: (done: string | undefined) => void }): JSX.Element {
  const { t, session } = usePage();
  const { rest, place, ownerName } = useAdmin();
  const form = useId();
  const draft = useDraft("admin-create")?.values as Typed | undefined;
  const type = place.owner?.type === "client" ? "service-account" : "user";
  const [typed, setTyped] = useState<Typed>(draft ?? { owner: { type, name: ownerName ?? "" }, key: NEW_KEY });
  const [issued, setIssued] = useState<IssuedKey>();
  const { busy, problem, send } = useSend();
  const close = (done?: string): void => {
    clearDraft();
    onClose(done);
  };
  if (issued) {
    return <Reveal issued={issued} onClose={() => close(t("apiKeysAdminCreated", { name: issued.name }))} />;
  }
  const create = async (): Promise<void> => {
    const { owner, key } = typed;
    const made = await send(() => rest.create({ ...documentOf(key, new Date()), owner: { ...owner, name: owner.name.trim() } }));
    clearDraft();
    setIssued(made);
  };
  return (
    <Dialog
      title={t(place.owner ? "apiKeysAdminCreateFor" : "apiKeysAdminCreate", { owner: ownerName ?? "" })}
      onEscape={close}
      wide
      footer={
        <>
          <Button look="primary" type="submit" form={form} busy={busy}>
            {t("apiKeysAdminCreateAction")}
          </Button>
          <Button look="link" onClick={() => close()}>
            {t("apiKeysAdminCancel")}
          </Button>
        </>
      }
    >
      <ProblemAlert problem={problem} shown={["owner", ...SHOWN]} onLeave={() => saveDraft(session.subject, { dialog: "admin-create", values: { ...typed } })} />
      <KeyForm
        id={form}
        values={typed.key}
        expiries={EXPIRIES}
        problem={problem}
        fresh
        onChange={(change) => setTyped((before) => ({ ...before, key: { ...before.key, ...change } }))}
        onSubmit={() => void create()}
      >
        {!place.owner && <OwnerFields owner={typed.owner} problem={problem} onChange={(owner) => setTyped((before) => ({ ...before, owner }))} />}
      </KeyForm>
    </Dialog>
  );
}
