import { useId, useState } from "react";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import { useStay } from "../shared/dom";
import { findDraft } from "../shared/draft";
import type { IssuedKey } from "../shared/keys";
import { usePage } from "../shared/page";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useDraft } from "../shared/useDraft";
import { useTask } from "../shared/useTask";
import { useAdmin, type Admin } from "./admin";
import type { OwnerName } from "./documents";
import { KeyForm } from "./KeyForm";
import { documentOf, NEW_KEY, SHOWN, type Expiry, type KeyValues } from "./keyValues";
import { OwnerFields } from "./OwnerFields";
import { Reveal } from "./Reveal";

const DRAFT = "admin-create";
const EXPIRIES: readonly Expiry[] = ["default", "7", "30", "90", "365", "date", "never"];

interface Props {
  readonly onClose: (done: string | undefined) => void;
}

interface Typed {
  readonly owner: OwnerName;
  readonly key: KeyValues;
}

/** Makes a key for somebody else, or for a machine, and shows it. */
export function CreateKey({ onClose }: Props): JSX.Element {
  const { t } = usePage();
  const [issued, setIssued] = useState<IssuedKey>();
  return issued ? (
    <Reveal issued={issued} onClose={() => onClose(t("apiKeysAdminCreated", { name: issued.name }))} />
  ) : (
    <Form onClose={onClose} onIssued={setIssued} />
  );
}

/** Whether somebody had to leave the dialog to sign in again. */
export function wasLeft(subject: string | undefined): boolean {
  return findDraft(subject)?.dialog === DRAFT;
}

function Form({ onClose, onIssued }: Props & { readonly onIssued: (key: IssuedKey) => void }): JSX.Element {
  const { t, session } = usePage();
  const admin = useAdmin();
  const { rest, place, ownerName } = admin;
  const form = useId();
  const task = useTask();
  const [typed, setTyped] = useState<Typed>(() => before(session.subject) ?? nothingFor(admin));
  const forget = useDraft(DRAFT, { ...typed });
  useStay(task.busy);
  const close = (): void => {
    // What is under way may end in a key, which has to be shown.
    if (task.busy) {
      return;
    }
    forget();
    onClose(undefined);
  };
  const create = (): void =>
    task.run(async () => {
      const { owner, key } = typed;
      const issued = await rest.create({ ...documentOf(key, new Date()), owner: { ...owner, name: owner.name.trim() } });
      forget();
      onIssued(issued);
    });
  return (
    <Dialog
      title={t(place.owner ? "apiKeysAdminCreateFor" : "apiKeysAdminCreate", { owner: ownerName ?? "" })}
      onEscape={close}
      wide
      footer={
        <>
          <Button look="primary" type="submit" form={form} busy={task.busy}>
            {t("apiKeysAdminCreateAction")}
          </Button>
          <Button look="link" onClick={close}>
            {t("apiKeysCancel")}
          </Button>
        </>
      }
    >
      <ProblemAlert problem={task.problem} shown={["owner", "owner.name", ...SHOWN]} />
      <KeyForm
        id={form}
        values={typed.key}
        expiries={EXPIRIES}
        problem={task.problem}
        fresh
        onChange={(change) => setTyped({ ...typed, key: { ...typed.key, ...change } })}
        onSubmit={create}
      >
        {!place.owner && <OwnerFields owner={typed.owner} problem={task.problem} onChange={(owner) => setTyped({ ...typed, owner })} />}
      </KeyForm>
    </Dialog>
  );
}

function before(subject: string | undefined): Typed | undefined {
  const draft = findDraft(subject);
  return draft?.dialog === DRAFT ? (draft.values as unknown as Typed) : undefined;
}

function nothingFor({ place, ownerName }: Admin): Typed {
  return { owner: { type: place.owner?.type === "client" ? "service-account" : "user", name: ownerName ?? "" }, key: NEW_KEY };
}
